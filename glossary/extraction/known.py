"""What the term base knows already, under keys that join scripts, inflections and spellings."""

from collections.abc import Iterable

from glossary.concept import Concept
from glossary.extraction.tokens import Language
from lang.fold import term_key
from lang.inflection import english_key


class Known:
    """The terms of some concepts, rejected ones as well: what was rejected once is not proposed again.

    `pairs` are the first terms of each concept that is not rejected, (English, Chinese).
    """

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._keys: dict[Language, set[str]] = {"en": set(), "zh": set()}
        self.pairs: list[tuple[str, str]] = []
        self.met: set[str] = set()
        for concept in concepts:
            self._add(concept)

    def _add(self, concept: Concept) -> None:
        for term in concept.terms:
            if term.language == "zh":
                self._keys["zh"].add(key_of(term.text, "zh"))
            elif term.language == "en":
                self._keys["en"].add(key_of(term.text, "en"))
        if concept.state != "rejected":
            chinese = concept.texts("zh")[:1]
            self.pairs += [(english, text) for english in concept.texts("en")[:1] for text in chinese]

    def has(self, key: str, language: Language) -> bool:
        """Whether a term with this key (see key_of) is known; those met are counted in `met`."""
        if key not in self._keys[language]:
            return False
        self.met.add(key)
        return True


def key_of(text: str, language: Language) -> str:
    """The key that a term shares with its forms in other scripts, numbers and spellings."""
    return term_key(text) if language == "zh" else english_key(text)
