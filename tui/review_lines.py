"""The evidence for an item of the review area, as lines for a width."""

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from glossary.concept import Concept
from glossary.extraction.extraction import Candidate
from glossary.findings import Finding
from glossary.review import Proposal
from tm.cleaning import WHAT
from tm.doubtful import DoubtfulPair
from tm.unit import Unit
from tui.concept_lines import local_time, paragraph, sheet_lines, term_lines
from tui.display import DisplayScript
from tui.marks import STATE_SIGNS
from tui.reading import Sheet
from tui.review_items import ALIKE_SIGN, SEVERITY_SIGNS, Item, concepts_of, sides
from tui.wrapping import one_line

CHOSEN: Final = "▸"
_PLACES: Final = {"add": "added", "import": "imported", "propose": "proposed"}


def item_lines(item: Item, chosen: int, sheet: Sheet | None, script: DisplayScript, cells: int) -> list[Content]:
    """What speaks for and against an item; `chosen` is the id of the concept marked, `sheet` all about it where it is read."""
    if isinstance(item, Candidate):
        return list(_candidate(item, script, cells))
    if isinstance(item, DoubtfulPair):
        return list(_doubtful(item, script, cells))
    lines: list[Content] = []
    if isinstance(item, Finding):
        lines += _finding(item, cells)
        lines += paragraph(f"Or in a shell: {item.command}", cells, style=".muted")
    else:
        lines += _proposal(item, cells)
    concepts = concepts_of(item)
    if len(concepts) > 1:
        for concept in concepts:
            lines += [Content(""), *_concept(concept, cells, chosen=concept.id == chosen)]
    if sheet is not None:
        lines += [Content(""), *sheet_lines(sheet, cells)]
    return lines


def _heading(text: str) -> Content:
    return Content(text).stylize(".heading")


def _proposal(proposal: Proposal, cells: int) -> Iterator[Content]:
    change = proposal.change
    if change is not None:
        what = _PLACES.get(change.kind, change.kind)
        yield from paragraph(f"? {what} by {one_line(change.by)}, {local_time(change.at)}", cells, style=".proposed")
        yield from paragraph(change.summary, cells, style=".muted")
    for name, text in proposal.evidence.items():
        # Definition, note and source stand in the concept's sheet.
        if name == "context":
            yield from [_heading("Found in"), *paragraph(text, cells)]
    if proposal.findings:
        yield from [Content(""), _heading("Contradicts what is approved")]
        for finding in proposal.findings:
            yield from _finding(finding, cells)
    if proposal.alike:
        said = f"{ALIKE_SIGN} the term base has this Chinese: the same again, to be merged or rejected, or another sense of it"
        yield from [Content(""), *paragraph(said, cells, style=".proposed")]
    if not proposal.concept.texts("en"):
        yield from [Content(""), *paragraph("It has no English yet; e or F4 adds it.", cells, style=".proposed")]


def _finding(finding: Finding, cells: int) -> list[Content]:
    style = ".deprecated" if finding.severity == "error" else ".proposed"
    said = f"{SEVERITY_SIGNS[finding.severity]} {finding.severity}, {finding.kind}: {finding.reason}"
    return paragraph(said, cells, style=style)


def _concept(concept: Concept, cells: int, *, chosen: bool) -> Iterator[Content]:
    sign = CHOSEN if chosen else " "
    marks = "  ".join(filter(None, [one_line(concept.domain), "" if concept.state == "approved" else concept.state]))
    state = STATE_SIGNS[concept.state]
    yield from paragraph(f"{sign} concept {concept.id} {state} {marks}".rstrip(), cells, style=".heading" if chosen else ".muted")
    for line in term_lines(concept, max(2, cells - 2)):
        yield Content("  ") + line


def _candidate(candidate: Candidate, script: DisplayScript, cells: int) -> Iterator[Content]:
    yield from paragraph(script.show(candidate.text), cells, style=".title")
    for rendering in candidate.renderings:
        sure = f"{rendering.confidence:.2f} sure, together {rendering.together:,} of {rendering.frequency:,} times"
        yield from paragraph(f"{script.show(rendering.text)}   {sure}", cells)
    yield Content("")
    yield from paragraph(candidate.why, cells, style=".muted")
    yield from [Content(""), _heading("Found in")]
    for context in candidate.contexts:
        yield from paragraph(context.text, cells, spans=[(context.start, context.end)])
        where = f"{one_line(context.document)} {context.number}".strip()
        yield from [*paragraph(where, cells, style=".muted"), Content("")]


def _doubtful(pair: DoubtfulPair, script: DisplayScript, cells: int) -> Iterator[Content]:
    yield from paragraph(f"? the alignment was {pair.confidence:.2f} sure", cells, style=".proposed")
    for reason in pair.reasons:
        yield from paragraph(f"! {WHAT[reason]}", cells, style=".proposed")
    yield from [Content(""), *_sides(pair.unit, script, cells, style=".title")]
    for name, other in (("Before it", pair.before), ("After it", pair.after)):
        if other is not None:
            yield from [Content(""), _heading(name), *_sides(other, script, cells)]
    where = f"pair {pair.unit.id}   {one_line(pair.unit.origin)}".rstrip()
    yield from [Content(""), *paragraph(where, cells, style=".muted")]


def _sides(unit: Unit, script: DisplayScript, cells: int, *, style: str = "") -> Iterator[Content]:
    chinese, english = sides(unit, script)
    yield from paragraph(chinese, cells, style=style)
    yield from paragraph(english, cells)
