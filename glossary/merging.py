"""Making one concept of several: what each says is kept, and where they contradict each other the kept one is right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from glossary.concept import Concept, Property, ReviewState, Term

_BEST_FIRST: Final[tuple[ReviewState, ...]] = ("approved", "proposed", "rejected")


@dataclass(frozen=True, slots=True)
class Merged:
    """The concept that several became, and in words each place where they contradicted each other and what was done."""

    concept: Concept
    clashes: tuple[str, ...]


def merge_concepts(kept: Concept, others: Sequence[Concept]) -> Merged:
    """The kept concept with all that the others have beside it; its id stays.

    A form that both have keeps the kept one's status. A further preferred form of a language tag that has one becomes
    admitted. Domain, definition and identifier are the kept one's, where it has none the first other's; notes, sources and
    properties are joined. The best review state wins: a proposal merged into an approved concept is approved by that.
    """
    clashes: list[str] = []
    merged = kept
    for other in others:
        merged = _with(merged, other, clashes)
    return Merged(merged, tuple(dict.fromkeys(clashes)))


def _with(kept: Concept, other: Concept, clashes: list[str]) -> Concept:
    for name in ("domain", "definition"):
        mine, theirs = getattr(kept, name), getattr(other, name)
        if mine and theirs and mine != theirs:
            rest = ", the other is added to the note" if name == "definition" else ""
            clashes.append(f"concept {other.id} has the {name} {theirs!r}: {mine!r} stays{rest}")
    definition = other.definition if kept.definition and other.definition != kept.definition else ""
    state = min(kept.state, other.state, key=_BEST_FIRST.index)
    if kept.state != other.state:
        clashes.append(f"concept {other.id} was {other.state}, concept {kept.id} {kept.state}: the whole is {state}")
    return replace(
        kept,
        terms=_terms(kept, other, clashes),
        domain=kept.domain or other.domain,
        definition=kept.definition or other.definition,
        note=_joined(_joined(kept.note, other.note), definition),
        source=_joined(kept.source, other.source),
        state=state,
        key=kept.key or other.key,
        properties=_united(kept.properties, other.properties),
    )


def _terms(kept: Concept, other: Concept, clashes: list[str]) -> tuple[Term, ...]:
    made = list(kept.terms)
    tags_preferred = {term.lang for term in made if term.status == "preferred"}
    for term in other.terms:
        at = _place(made, term)
        if at is not None:
            mine = made[at]
            if "deprecated" in {mine.status, term.status} and mine.status != term.status:
                clashes.append(f"{term.text} is {term.status} in concept {other.id}: {mine.status} stays")
            made[at] = _joined_terms(mine, term)
            continue
        spelt_alike = next((t for t in made if t.text == term.text and t.language == term.language), None)
        if spelt_alike and "deprecated" in {spelt_alike.status, term.status} and spelt_alike.status != term.status:
            clashes.append(f"{term.text} is {term.status} in concept {other.id}: {spelt_alike.status} stays")
            made.append(replace(term, status=spelt_alike.status))
        else:
            made.append(term)
        if made[-1].status == "preferred" and term.lang in tags_preferred:
            if term.status == "preferred":
                clashes.append(f"{term.text} is preferred in concept {other.id}: it is admitted now")
            made[-1] = replace(made[-1], status="admitted")
        elif made[-1].status == "preferred":
            tags_preferred.add(term.lang)
    return tuple(made)


def _place(terms: list[Term], wanted: Term) -> int | None:
    """Where the same form stands already: under the same tag, or under a more exact one (zh-Hant-HK for zh-Hant)."""
    for index, term in enumerate(terms):
        if term.text == wanted.text and f"{term.lang}-".startswith(f"{wanted.lang}-"):
            return index
    return None


def _joined_terms(mine: Term, other: Term) -> Term:
    return replace(
        mine,
        part_of_speech=mine.part_of_speech or other.part_of_speech,
        pinyin=mine.pinyin or other.pinyin,
        note=_joined(mine.note, other.note),
        context=_joined(mine.context, other.context),
        source=_joined(mine.source, other.source),
        properties=_united(mine.properties, other.properties),
    )


def _joined(mine: str, other: str) -> str:
    return mine if not other or other in mine else f"{mine}; {other}" if mine else other


def _united(mine: tuple[Property, ...], other: tuple[Property, ...]) -> tuple[Property, ...]:
    return (*mine, *(one for one in other if one not in mine))
