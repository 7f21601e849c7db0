"""Changes of a concept's terms, by the words a user gives: prefer this form, do not use that one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from glossary.concept import Concept, Status, Term
from lang.errors import NotFoundError, YuqiaoError
from lang.script import has_han
from lang.tags import tag_of_text


@dataclass(frozen=True, slots=True)
class TermEdits:
    """What to do to a concept's terms, in this order: replace a language's, respell, admit, deprecate, remove, prefer."""

    chinese: Sequence[str] | None = None
    english: Sequence[str] | None = None
    respell: Sequence[tuple[str, str]] = ()
    admit: Sequence[str] = ()
    deprecate: Sequence[str] = ()
    remove: Sequence[str] = ()
    prefer: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    """New values of the concept's domain, definition, note and source."""

    def applied_to(self, concept: Concept) -> Concept:
        """The concept with the edits made; NotFoundError where a form to respell, remove or prefer is none of its own."""
        terms = list(concept.terms)
        for language, texts in (("zh", self.chinese), ("en", self.english)):
            if texts is not None:
                terms = _replaced(terms, language, texts)
        for old, new in self.respell:
            terms = _respelt(terms, old, new)
        for text in self.admit:
            terms = _with_status(terms, text, "admitted")
        for text in self.deprecate:
            terms = _with_status(terms, text, "deprecated")
        for text in self.remove:
            _require(terms, text)
            terms = [term for term in terms if term.text != text]
        if self.prefer is not None:
            terms = _preferred(terms, self.prefer)
        return replace(concept, **self.fields).with_terms(terms)  # type: ignore[arg-type]

    def applied_where_it_fits(self, concept: Concept) -> Concept:
        """The same for one of many concepts: forms to respell, deprecate, remove or prefer that it has not are passed over."""
        own = {term.text for term in concept.terms}
        fitting = replace(
            self,
            respell=[(old, new) for old, new in self.respell if _tag_and_text(concept.terms, old)[1] in own],
            deprecate=[text for text in self.deprecate if text in own],
            remove=[text for text in self.remove if text in own],
            prefer=self.prefer if self.prefer in own else None,
        )
        return fitting.applied_to(concept)


def _replaced(terms: list[Term], language: str, texts: Sequence[str]) -> list[Term]:
    if not texts:
        raise YuqiaoError("A concept needs a term in both languages.", "Give at least one.")
    known = {term.text: term for term in terms if term.language == language}
    made: list[Term] = []
    tags: set[str] = set()
    for text in texts:
        old = known.get(text)
        tag = old.lang if old else tag_of_text(language, text)
        # Traditional and simplified are each preferred in their script; further forms of one script are admitted.
        status: Status = "admitted" if tag in tags else "preferred"
        tags.add(tag)
        made.append(replace(old, status=status) if old else Term(text, tag, status))
    return [*made, *(t for t in terms if t.language != language or (t.status == "deprecated" and t.text not in texts))]


def _respelt(terms: list[Term], old: str, new: str) -> list[Term]:
    """Give a form another spelling; `zh-Hans:離境` names the form of one language tag only. Its pinyin is read anew."""
    tag, text = _tag_and_text(terms, old)
    _require(terms, text)
    return [replace(term, text=new, pinyin="") if term.text == text and (not tag or term.lang == tag) else term for term in terms]


def _tag_and_text(terms: Sequence[Term], written: str) -> tuple[str, str]:
    """A form named with its language tag, or without; the tag must be one that the concept's terms have."""
    tag, colon, text = written.partition(":")
    return (tag, text) if colon and any(term.lang == tag for term in terms) else ("", written)


def _with_status(terms: list[Term], text: str, status: Status) -> list[Term]:
    if any(term.text == text for term in terms):
        return [replace(term, status=status) if term.text == text else term for term in terms]
    return [*terms, Term(text, tag_of_text("zh" if has_han(text) else "en", text), status)]


def _preferred(terms: list[Term], text: str) -> list[Term]:
    _require(terms, text)
    tags = {term.lang for term in terms if term.text == text}
    made: list[Term] = []
    for term in terms:
        if term.text == text:
            made.append(replace(term, status="preferred"))
        elif term.lang in tags and term.status == "preferred":
            made.append(replace(term, status="admitted"))
        else:
            made.append(term)
    return made


def _require(terms: list[Term], text: str) -> None:
    if all(term.text != text for term in terms):
        raise NotFoundError(f"The concept has no form {text!r}.", f"It has: {'; '.join(term.text for term in terms)}")
