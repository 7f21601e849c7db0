"""A concept's sheet as lines for a width: what it is called, what it means, where it was used, what happened to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content

from tui.marks import STATUS_SIGNS, STATUS_WORDS, state_style, status_style
from tui.wrapping import one_line, wrap_spans

if TYPE_CHECKING:
    from glossary.concept import Concept, ConceptChange, Term
    from tui.highlighting import Span
    from tui.reading import PairShown, Sheet

_CHANGES: Final = 5
_WIDEST_TEXT: Final = 96
_KINDS: Final = {
    "seed": "came with yuqiao",
    "refresh": "brought up to date",
    "add": "added",
    "edit": "changed",
    "approve": "approved",
    "reject": "rejected",
    "propose": "proposed",
    "delete": "deleted",
    "import": "imported",
    "undo": "undone",
}


def sheet_lines(sheet: "Sheet", cells: int) -> list[Content]:
    """All lines of a sheet, none wider than `cells`."""
    cells = min(cells, _WIDEST_TEXT)
    lines = [*_head(sheet, cells), Content(""), *_terms(sheet, cells)]
    for heading, text in (("Definition", sheet.definition), ("Note", sheet.note), ("Source", sheet.concept.source)):
        if text:
            lines += [Content(""), _heading(heading), *paragraph(text, cells)]
    lines += [Content(""), *_pairs(sheet, cells)]
    lines += [Content(""), _heading("History"), *_history(sheet.history, cells)]
    return lines


def paragraph(
    text: str, cells: int, *, spans: "Iterable[Span]" = (), avoided: "Iterable[Span]" = (), style: str = "", indent: int = 0
) -> list[Content]:
    """A text in lines of a width, indented, with the spans standing out and those of words to avoid struck out."""
    # Control characters become blanks here and not in Content, where they would shift the spans.
    clean = "\n".join(one_line(line) for line in text.split("\n"))
    content = Content(clean, strip_control_codes=False)
    if style:
        content = content.stylize(style)
    for start, end in spans:
        content = content.stylize(".hit", start, end)
    for start, end in avoided:
        content = content.stylize(".avoided", start, end)
    lines = [content[start:end].rstrip() for start, end in wrap_spans(clean, max(2, cells - indent))]
    return [Content(" " * indent) + line if indent else line for line in lines]


def _heading(text: str, count: str = "") -> Content:
    return Content.assemble((text, ".heading"), (f"  {count}" if count else "", ".muted"))


def _head(sheet: "Sheet", cells: int) -> Iterator[Content]:
    concept = sheet.concept
    for name in sheet.names[:1]:
        yield from paragraph(name, cells, style=".title")
    pinyin = next((term.pinyin for term in concept.of_language("zh") if term.pinyin), "")
    if pinyin:
        yield from paragraph(_with_marks(pinyin), cells, style=".muted")
    for text in concept.texts("en")[:1]:
        yield from paragraph(text, cells, style=".heading")
    state = {"approved": "✓ approved", "proposed": "? proposed", "rejected": "! rejected"}[concept.state]
    domain = one_line(concept.domain)
    yield from _parted([(domain, ""), (state, state_style(concept.state)), (f"concept {concept.id}", ".muted")], cells)


def _parted(parts: list[tuple[str, str]], cells: int) -> Iterator[Content]:
    """Short texts beside each other, on as many lines as they take."""
    line = Content("")
    for text, style in parts:
        if not text:
            continue
        piece = Content(text).stylize(style) if style else Content(text)
        if line and line.cell_length + 3 + piece.cell_length > cells:
            yield line
            line = Content("")
        line = piece if not line else line + "   " + piece
    if line:
        yield line


def _terms(sheet: "Sheet", cells: int) -> Iterator[Content]:
    yield _heading("Terms")
    yield from term_lines(sheet.concept, cells)


def term_lines(concept: "Concept", cells: int) -> Iterator[Content]:
    """The terms of a concept as stored, Chinese before English, each with its status and tag."""
    further = dict.fromkeys(term.language for term in concept.terms if term.language not in ("zh", "en"))
    terms = [term for code in ("zh", "en", *further) for term in concept.of_language(code, deprecated=True)]
    tag_cells = max((len(term.lang) for term in terms), default=0)
    shown = {""}
    for index, term in enumerate(terms):
        # The first reading stands in the head; another is worth a line of its own.
        new_reading = index > 0 and term.pinyin not in shown
        shown.add(term.pinyin)
        yield from _term(term, tag_cells, cells, with_pinyin=new_reading)


def _term(term: "Term", tag_cells: int, cells: int, *, with_pinyin: bool) -> Iterator[Content]:
    label = Content.assemble(
        (STATUS_SIGNS[term.status], status_style(term.status)), " ", (term.lang.ljust(tag_cells), ".muted"), "  "
    )
    indent = label.cell_length
    if cells - indent < 12:
        yield label
        indent = 2
        label = Content("  ")
    text_style = ".deprecated" if term.status == "deprecated" else ""
    lines = paragraph(term.text, cells - indent, style=text_style)
    extra = "  ".join(filter(None, [STATUS_WORDS["deprecated"] if term.status == "deprecated" else "", term.part_of_speech]))
    if extra and lines[-1].cell_length + 2 + cell_len(extra) <= cells - indent:
        lines[-1] = lines[-1] + Content.assemble("  ", (one_line(extra), ".muted"))
    elif extra:
        lines += paragraph(extra, cells - indent, style=".muted")
    if with_pinyin:
        lines += paragraph(_with_marks(term.pinyin), cells - indent, style=".muted")
    if term.note:
        lines += paragraph(term.note, cells - indent, style=".muted")
    for index, line in enumerate(lines):
        yield (Content(" " * indent) if index else label) + line


def _pairs(sheet: "Sheet", cells: int) -> Iterator[Content]:
    if sheet.pairs is None:
        yield _heading("In sentences", "...")
        return
    yield _heading("In sentences", str(len(sheet.pairs)) if sheet.pairs else "none yet")
    for index, pair in enumerate(sheet.pairs):
        if index:
            yield Content("")
        yield from _pair(pair, cells)


def _pair(pair: "PairShown", cells: int) -> Iterator[Content]:
    yield from paragraph(pair.source, cells, spans=pair.source_spans, avoided=pair.avoided[0])
    yield from paragraph(pair.target, cells, spans=pair.target_spans, avoided=pair.avoided[1], style=".soft")


def _history(history: "tuple[ConceptChange, ...]", cells: int) -> Iterator[Content]:
    for change in reversed(history[-_CHANGES:]):
        what = _KINDS.get(change.kind, change.kind)
        who = "" if change.kind == "seed" else f"  {one_line(change.by)}"
        yield from paragraph(f"{local_time(change.at)}  {what}{who}", cells, style=".muted")
        if change.reason:
            yield from paragraph(f"because: {change.reason}", cells, style=".muted", indent=2)
        for sign, text in _changed(change):
            yield from paragraph(f"{sign} {text}", cells, style=".approved" if sign == "+" else ".deprecated", indent=2)
    if len(history) > _CHANGES:
        yield Content(f"and {len(history) - _CHANGES} earlier").stylize(".muted")


def _changed(change: "ConceptChange") -> Iterator[tuple[str, str]]:
    """What an edit took away (-) and brought (+): terms with their statuses, then the fields that became others."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    was, became = (
        [f"{term.lang} {STATUS_SIGNS[term.status]} {term.text}" for term in concept.terms] for concept in (before, after)
    )
    yield from (("-", text) for text in was if text not in became)
    yield from (("+", text) for text in became if text not in was)
    for name in ("domain", "definition", "note", "source"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield from ((sign, f"{name}: {text}") for sign, text in (("-", old), ("+", new)) if text)


def local_time(at: str) -> str:
    """A stored time (ISO 8601, UTC) on the user's clock: 2026-11-23 18:04."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def _with_marks(pinyin: str) -> str:
    from lang.pinyin import with_marks

    return with_marks(pinyin)
