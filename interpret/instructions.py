"""What a language model is told: a fixed instruction first, so that servers keep it read, and behind it what changes."""

from typing import Final

from interpret.engine import Request

_INSTRUCTION: Final = """\
You interpret speeches on public policy from {source} into {target}; what you write is shown on the screen of the hall at once.
Translate the text under "Text" and nothing else. Answer with the translation alone: no notes, no quotation marks around it, \
no alternatives, no {source}.
Render each term under "Terms" as it is given there; change its form only where grammar asks for it. Where several \
renderings are given, take the first unless another fits better.
Write each number as under "Numbers": Chinese counts by 萬 (ten thousand) and 億 (hundred million).
Under "Similar" are sentences as they were translated before: follow their wording where the text says the same.
Under "Before" is what was said just now: it tells what the text refers to and is not translated again.
The text may be cut off or have words misheard: translate what is there and add nothing.\
"""
_LANGUAGES: Final = {"zh": "Chinese", "en": "English"}


def instruction(request: Request) -> str:
    """The part that is the same for all requests of a direction."""
    source = request.source
    target = "en" if source == "zh" else "zh"
    return _INSTRUCTION.format(source=_LANGUAGES[source], target=_LANGUAGES[target])


def question(request: Request) -> str:
    """The part that changes: what was said before, similar sentences with the likest last, numbers, terms, and the text."""
    parts: list[str] = []
    if request.context:
        parts.append("Before:\n" + "\n".join(f"{source} => {target}" for source, target in request.context))
    if request.matches:
        likest_last = sorted(request.matches, key=lambda match: match.score)
        parts.append("Similar:\n" + "\n".join(f"{match.source} => {match.target}" for match in likest_last))
    numbers = dict.fromkeys(f"{number.text} = {number.rendering}" for number in request.numbers)
    if numbers:
        parts.append("Numbers:\n" + "\n".join(numbers))
    terms = dict.fromkeys(f"{term.text} = {' / '.join(term.renderings)}" for term in request.terms if term.renderings)
    if terms:
        parts.append("Terms:\n" + "\n".join(terms))
    if request.missed:
        parts.append("Your last answer was wrong in this; put it right:\n" + "\n".join(request.missed))
    parts.append(f"Text:\n{request.text}")
    return "\n\n".join(parts)


def messages(request: Request) -> list[dict[str, str]]:
    """The request as the messages of a chat."""
    return [{"role": "system", "content": instruction(request)}, {"role": "user", "content": question(request)}]
