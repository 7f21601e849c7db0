"""What a form holds, and the concept it stands for."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from glossary.concept import Concept, Status, Term
from lang.errors import YuqiaoError
from lang.script import has_han
from lang.tags import tag_of_text

_PARTED: Final = re.compile("[;；]")


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of the form as typed: several spellings of a language are parted by semicolons, the preferred one first."""

    chinese: str = ""
    english: str = ""
    domain: str = ""
    status: Status = "preferred"
    definition: str = ""
    note: str = ""
    source: str = ""
    avoid: str = ""

    def chinese_texts(self) -> list[str]:
        """The Chinese spellings."""
        return parted(self.chinese)

    def english_texts(self) -> list[str]:
        """The English renderings."""
        return parted(self.english)


def parted(field: str) -> list[str]:
    """The texts of a field, trimmed, each once."""
    return list(dict.fromkeys(filter(None, (" ".join(text.split()) for text in _PARTED.split(field)))))


def check_entry(entry: Entry) -> None:
    """YuqiaoError, in words for the person at the form, where a field cannot be taken."""
    if not entry.chinese_texts():
        raise YuqiaoError("The Chinese term is missing.", "Type it in the first field, in either script.")
    if not entry.english_texts():
        raise YuqiaoError("The English term is missing.", "Part several renderings by ; with the preferred one first.")
    for text in entry.chinese_texts():
        if not has_han(text):
            raise YuqiaoError(f"“{text}” has no Chinese character.", "It seems to belong in the English field.")
    for text in entry.english_texts() + parted(entry.avoid):
        if has_han(text):
            raise YuqiaoError(f"“{text}” has Chinese characters.", "It seems to belong in the Chinese field.")


def entry_of(concept: Concept) -> Entry:
    """The form's fields for a concept."""
    english = concept.of_language("en")
    return Entry(
        chinese="; ".join(concept.texts("zh")),
        english="; ".join(concept.texts("en")),
        domain=concept.domain,
        status=english[0].status if english else "preferred",
        definition=concept.definition,
        note=concept.note,
        source=concept.source,
        avoid="; ".join(concept.deprecated_texts("en")),
    )


def concept_of(entry: Entry, before: Concept) -> Concept:
    """The concept changed as the form says; what the form does not show (tags, parts of speech, notes of terms) stays."""
    was = entry_of(before)
    terms = list(before.terms)
    if entry.chinese != was.chinese:
        terms = _replaced(terms, "zh", entry.chinese_texts(), "preferred")
    if (entry.english, entry.status) != (was.english, was.status):
        terms = _replaced(terms, "en", entry.english_texts(), entry.status)
    if entry.avoid != was.avoid:
        terms = _with_avoided(terms, parted(entry.avoid))
    changed = replace(
        before,
        domain=entry.domain.strip(),
        definition=entry.definition.strip(),
        note=entry.note.strip(),
        source=entry.source.strip(),
    )
    return changed if terms == list(before.terms) else changed.with_terms(terms)


def _replaced(terms: list[Term], language: Literal["zh", "en"], texts: list[str], status: Status) -> list[Term]:
    """The terms of a language in the order typed: the first has the status, an English one after it is at best admitted."""
    made: list[Term] = []
    for index, text in enumerate(texts):
        known = [term for term in terms if term.language == language and term.text == text and term.status != "deprecated"]
        fresh = [Term(text, tag_of_text(language, text), "admitted")]
        for term in known or fresh:
            if index == 0:
                made.append(replace(term, status=status))
            else:
                demoted = language == "en" and term.status == "preferred"
                made.append(replace(term, status="admitted") if demoted else term)
    avoided = [term for term in terms if term.language == language and term.status == "deprecated" and term.text not in texts]
    others = [term for term in terms if term.language != language]
    return [*made, *avoided, *others] if language == "zh" else [*others, *made, *avoided]


def _with_avoided(terms: list[Term], texts: list[str]) -> list[Term]:
    kept = [term for term in terms if term.language != "en" or term.status != "deprecated" or term.text in texts]
    there = {term.text for term in kept if term.status == "deprecated"}
    return [*kept, *(Term(text, "en", "deprecated") for text in texts if text not in there)]
