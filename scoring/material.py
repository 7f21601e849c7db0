"""What is scored: the candidate translations of one test set, with its references and its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from lang.errors import YuqiaoError
from lang.script import Script, detect_script, is_chinese

if TYPE_CHECKING:
    from scoring.expected_terms import ExpectedTerms

Language = Literal["zh", "en"]
# So many lines tell a file's language and script.
_SAMPLE = 1000
_WRITTEN = {"zh": "Chinese", "en": "English"}
_SCRIPTS = {"Hans": "simplified", "Hant": "traditional"}


@dataclass(frozen=True, slots=True)
class Material:
    """Segments of equal number: system name -> its translations, one list a reference, the source where there is one.

    `documents` names the document of each segment, in order, where documents are known. `target` is the language
    translated into. All sequences have the same length, at least 1 (see `checked`).
    """

    systems: Mapping[str, Sequence[str]]
    references: Sequence[Sequence[str]]
    source: Sequence[str] | None
    target: Language
    documents: Sequence[str] | None = None
    script_blind: bool = False
    terms: "ExpectedTerms | None" = None

    @property
    def source_language(self) -> Language:
        """The language translated from."""
        return "en" if self.target == "zh" else "zh"

    def __len__(self) -> int:
        """The number of segments."""
        return len(next(iter(self.systems.values())))


def language_of(segments: Sequence[str]) -> Language:
    """The language segments are written in, by the first thousand of them."""
    return "zh" if is_chinese("".join(segments[:_SAMPLE])) else "en"


def checked(material: Material) -> Material:
    """The material, if its parts are of one length and not empty; YuqiaoError that names the odd one otherwise."""
    named = [(f"reference {n}" if n > 1 else "the reference", part) for n, part in enumerate(material.references, start=1)]
    if material.source is not None:
        named.append(("the source", material.source))
    if material.documents is not None:
        named.append(("the list of documents", material.documents))
    for name, segments in material.systems.items():
        if not segments:
            raise YuqiaoError(f"{name} is empty.", "There is nothing to score.")
        for other, part in named:
            if len(part) != len(segments):
                raise YuqiaoError(
                    f"{name} has {len(segments):,} lines, {other} has {len(part):,}.",
                    "Line n of each must be the same segment; blank lines count.",
                )
        named.append((name, segments))
    return material


def in_one_script(material: Material) -> Material:
    """The same with Chinese target texts in simplified characters, one by one, so that scores are blind to the script."""
    if material.target != "zh":
        return material
    from lang.fold import to_simplified

    return replace(
        material,
        systems={name: [to_simplified(text) for text in texts] for name, texts in material.systems.items()},
        references=[[to_simplified(text) for text in texts] for texts in material.references],
        script_blind=True,
    )


def warnings_of(material: Material) -> dict[str, list[str]]:
    """System -> what a reader of its scores should know: empty lines, a wrong language, another script than the reference's."""
    return {name: list(_warnings(name, segments, material)) for name, segments in material.systems.items()}


def _warnings(name: str, segments: Sequence[str], material: Material) -> list[str]:
    warnings: list[str] = []
    empty = [number for number, line in enumerate(segments, start=1) if not line.strip()]
    if empty:
        first = ", ".join(map(str, empty[:5])) + (" ..." if len(empty) > 5 else "")
        lines = f"{len(empty)} empty line{'s' if len(empty) > 1 else ''} (line {first})"
        warnings.append(f"{name}: {lines} score{'' if len(empty) > 1 else 's'} as missed.")
    if language_of(segments) != material.target:
        warnings.append(f"{name}: the target is {_WRITTEN[material.target]}, but it is not written in it.")
    elif material.target == "zh" and material.references:
        ours, theirs = _script(segments), _script(material.references[0])
        if {ours, theirs} == {"Hans", "Hant"}:
            warnings.append(
                f"{name} is in {_SCRIPTS[ours]} Chinese, the reference in {_SCRIPTS[theirs]}: every differing character counts"
                " as an error. Add --script fold to score blind to the script."
            )
    return warnings


def _script(segments: Sequence[str]) -> Script:
    return detect_script("".join(segments[:_SAMPLE]))
