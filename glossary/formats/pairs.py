"""Files of pairs, a term and its rendering a line, without a header: what OmegaT and DeepL have in common."""

from collections.abc import Iterator, Sequence
from typing import Final

from glossary.concept import Concept, Term
from glossary.formats.headers import column_of
from lang.script import has_han
from lang.tags import tag_of_text

_MOST: Final = 0.8


def is_pair(cells: Sequence[str]) -> bool:
    """Whether the first two cells are Chinese and something else."""
    return len(cells) > 1 and bool(cells[0].strip()) and bool(cells[1].strip()) and has_han(cells[0]) != has_han(cells[1])


def are_pairs(rows: Sequence[Sequence[str]], most_cells: int) -> bool:
    """Whether rows look like pairs, in one direction, a few bad ones apart, and the first is no header."""
    if not rows or any(column_of(cell) for cell in rows[0][:2]):
        return False
    directions = [has_han(row[0]) for row in rows if 2 <= len(row) <= most_cells and is_pair(row)]
    return max(directions.count(True), directions.count(False)) >= _MOST * len(rows)


def pair_of(cells: Sequence[str], tags: Sequence[str] = ("", "")) -> list[Term] | str:
    """The two terms of a line, their languages by their characters where `tags` does not say; or why it is no pair."""
    if len(cells) < 2:
        return "one column, expected a term and its rendering"
    terms: list[Term] = []
    for text, tag in zip(cells[:2], tags, strict=True):
        plain = " ".join(text.split())
        if plain:
            language = tag or ("zh" if has_han(plain) else "en")
            terms.append(Term(plain, tag_of_text(language, plain)))
    missing = [name for code, name in (("zh", "Chinese"), ("en", "English")) if not any(t.language == code for t in terms)]
    return f"no {' and no '.join(missing)} term" if missing else terms


def in_direction(concept: Concept, tag: str, *, preferred: bool = False) -> list[Term]:
    """A concept's terms of a tag or a tag within it (zh-Hant-HK in zh), best first, without deprecated ones."""
    terms = [term for term in concept.of_language(tag.partition("-")[0]) if term.lang == tag or term.lang.startswith(f"{tag}-")]
    return [term for term in terms if term.status == "preferred"] if preferred else terms


def pairs_of(concept: Concept, source: str, target: str, *, preferred: bool = False) -> Iterator[tuple[str, str]]:
    """Each spelling of the source with each rendering, each pair once."""
    sources = dict.fromkeys(term.text for term in in_direction(concept, source, preferred=preferred))
    targets = dict.fromkeys(term.text for term in in_direction(concept, target, preferred=preferred))
    return ((one, other) for one in sources for other in targets)
