"""What is asked to be scored: places of files and names of metrics, made into a material with its expected terms."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lang.errors import UnsupportedError, YuqiaoError
from scoring.material import Language, Material, checked, in_one_script, language_of
from scoring.naming import system_names
from scoring.registry import NEED_REFERENCE, NEED_SOURCE, NEED_TERMS, metric_names, unknown, usual_metrics
from scoring.segment_files import read_segments, split_place

if TYPE_CHECKING:
    from scoring.evaluation import Evaluation
    from scoring.expected_terms import ExpectedTerms
    from scoring.report import Occasion
    from scoring.worst import SegmentResult


@dataclass(frozen=True, slots=True)
class Request:
    """The places (see scoring.segment_files) of what is scored, the first hypothesis being the baseline of comparisons.

    `from_language` is the language translated from, None where the texts tell. `script` "fold" makes scores blind to the
    Chinese script.
    """

    hypotheses: Sequence[str]
    references: Sequence[str] = ()
    source: str | None = None
    documents: str | None = None
    from_language: Language | None = None
    script: Literal["keep", "fold"] = "keep"

    def material(self) -> Material:
        """The files read; YuqiaoError (of segment_files) where one cannot be, or their lengths differ."""
        places = [*self.hypotheses, *self.references, self.source, self.documents]
        if places.count("-") > 1:
            raise YuqiaoError("Standard input can be read once only.", "Give - for one of the files.")
        streams = [read_segments(place) for place in self.references]
        names = system_names(self.hypotheses)
        systems = {name: read_segments(place) for name, place in zip(names, self.hypotheses, strict=True)}
        target: Language
        if self.from_language:
            target = "en" if self.from_language == "zh" else "zh"
        else:
            target = language_of(streams[0] if streams else next(iter(systems.values())))
        sources = read_segments(self.source, side="source") if self.source else None
        documents = read_segments(self.documents) if self.documents else None
        material = checked(Material(systems, streams, sources, target, documents))
        return in_one_script(material) if self.script == "fold" else material

    def files(self) -> list[tuple[str, str]]:
        """What each file is, and its place."""
        found = [("source", self.source)] if self.source else []
        found += [("reference", place) for place in self.references]
        found += [("documents", self.documents)] if self.documents else []
        return found + list(zip(system_names(self.hypotheses), self.hypotheses, strict=True))


def wanted_metrics(names: str | None, material: Material) -> list[str]:
    """The metrics named, parted by commas, or all that the material allows.

    UnsupportedError for one that is not known, YuqiaoError where the material lacks what one needs.
    """
    if names is None:
        chosen = usual_metrics(references=bool(material.references), source=material.source is not None)
    else:
        chosen = list(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    odd = unknown(chosen)
    if odd or (names is not None and not chosen):
        raise UnsupportedError(
            f"No metric is called {', '.join(odd) or repr(names)}.", f"Choose among {', '.join(metric_names())}."
        )
    if not chosen:
        raise YuqiaoError("There is nothing to score against.", "Give a reference with --ref, or the source with --src.")
    for name in chosen:
        if name in NEED_REFERENCE and not material.references:
            raise YuqiaoError(f"{name} needs a reference.", "Give one with --ref.")
        if name in NEED_SOURCE and material.source is None:
            raise YuqiaoError(f"{name} needs the source.", "Give it with --src.")
    return chosen


@contextmanager
def expected_terms(
    database: str | None, terms: str | None, names: Sequence[str], material: Material, *, text_by_text: bool = False
) -> Iterator["ExpectedTerms | None"]:
    """The terms of a place, those of the term base where none is given, None where none of the metrics wants any.

    The database is open inside the block only: statistics that look terms up must be made there. `text_by_text` as
    glossary.recognition.recognisers has it.
    """
    if NEED_TERMS.isdisjoint(names):
        yield None
        return
    from scoring.expected_terms import DictionaryTerms, GlossaryTerms, read_dictionaries, term_file
    from workspace.workspace import Workspace

    if terms is None:
        with Workspace.open(database) as workspace:
            yield GlossaryTerms(workspace.glossary, material.target, text_by_text=text_by_text)
        return
    path, field = split_place(terms)
    expected = read_dictionaries(Path(path), field) if field else term_file(Path(path), material.target)
    if isinstance(expected, DictionaryTerms) and len(expected.dictionaries) != len(material):
        raise YuqiaoError(
            f"{path} has {len(expected.dictionaries):,} dictionaries for {len(material):,} segments.",
            "Line n must be for segment n.",
        )
    yield expected


def all_segment_results(evaluation: "Evaluation") -> "dict[str, list[SegmentResult]]":
    """System -> all its segments, in their order."""
    from scoring.worst import segment_results

    return {system: segment_results(evaluation, system) for system in evaluation.material.systems}


def write_report(
    path: Path, evaluation: "Evaluation", results: "dict[str, list[SegmentResult]]", occasion: "Occasion | None" = None
) -> None:
    """Write an evaluation as one page of HTML, whole or not at all; YuqiaoError where it cannot be written."""
    from scoring.report import Occasion, report_page
    from tm.documents.saving import write_bytes

    write_bytes(path, report_page(evaluation, results, occasion or Occasion()).encode())
