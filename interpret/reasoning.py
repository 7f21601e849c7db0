"""What a model thinks aloud before it answers, taken out of the answer: <think> ... </think>, in pieces cut anywhere."""

from typing import Final

_OPENINGS: Final = ("<think>", "<thinking>")
_CLOSINGS: Final = ("</think>", "</thinking>")


class Thinking:
    """Takes an answer in pieces and gives it back without what is thought; holds back only what may begin a tag."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, piece: str) -> str:
        """What of the pieces so far is answer and was not given before."""
        text = self._held + piece
        said: list[str] = []
        while True:
            tags = _CLOSINGS if self._inside else _OPENINGS
            at, tag = min(((text.find(tag), tag) for tag in tags if tag in text), default=(-1, ""))
            if at < 0:
                break
            if not self._inside:
                said.append(text[:at])
            text = text[at + len(tag) :]
            self._inside = not self._inside
        self._held = _beginning(text, _CLOSINGS if self._inside else _OPENINGS)
        if not self._inside:
            said.append(text[: len(text) - len(self._held)])
        return "".join(said)

    def finish(self) -> str:
        """What was held back and is no tag after all."""
        held, self._held = self._held, ""
        return "" if self._inside else held


def without_thinking(answer: str) -> str:
    """The whole answer of a model that closes a tag it never opened, as where the template of a server opened it."""
    for tag in _CLOSINGS:
        answer = answer.rpartition(tag)[2]
    return answer


def _beginning(text: str, tags: tuple[str, ...]) -> str:
    """The end of the text that may be the beginning of a tag."""
    longest = max(map(len, tags)) - 1
    for start in range(max(0, len(text) - longest), len(text)):
        if any(tag.startswith(text[start:]) for tag in tags):
            return text[start:]
    return ""
