"""Aligned pairs as the extraction of terms takes them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from glossary.extraction.extraction import Passage
from lang.tags import language

if TYPE_CHECKING:
    from tm.memory import Memory
    from tm.unit import Unit

Progress = Callable[[int], None]
"""Called now and then with the number of pairs read."""


def aligned_passages(numbered: "Iterable[tuple[Unit, int]]", *, progress: Progress | None = None) -> list[Passage]:
    """The pairs of Chinese and English among units and their numbers, English first, whichever way they were translated."""
    passages: list[Passage] = []
    for count, (unit, number) in enumerate(numbered, start=1):
        sides = {language(unit.source_lang): unit.source, language(unit.target_lang): unit.target}
        if "zh" in sides and "en" in sides:
            passages.append(Passage(sides["en"], unit.origin, number, sides["zh"]))
        if progress and count % 1_000 == 0:
            progress(count)
    return passages


def memory_passages(memory: "Memory", *, progress: Progress | None = None) -> list[Passage]:
    """All pairs of a memory, each with its number there."""
    from tm.store import UnitFilter

    return aligned_passages(((unit, unit.id) for unit in memory.store.listing(UnitFilter())), progress=progress)
