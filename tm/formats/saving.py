"""Units written into a file of their own, whole or not at all."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lang.errors import UnsupportedError, YuqiaoError
from tm.unit import Unit

if TYPE_CHECKING:
    from tm.formats.entries import UnitFormat

ENDINGS: Final = ".tmx, .csv, .tsv or .jsonl"


def format_for(output: Path, inputs: Sequence[Path]) -> "UnitFormat":
    """The format an output's name says; YuqiaoError for one that could not be written there after all the work.

    `inputs` are the files the units come from, none of which is to be overwritten.
    """
    from tm.formats.registry import format_of_name

    if any(output.resolve() == path.resolve() for path in inputs):
        raise YuqiaoError(f"{output} is one of the documents to align.", "Name another file to write.")
    if output.is_dir() or not output.parent.is_dir():
        reason = "is a folder" if output.is_dir() else "there is no such folder"
        raise YuqiaoError(f"{output} cannot be written: {reason}.", "Name another file to write.")
    try:
        written_as = format_of_name(output)
    except UnsupportedError as error:
        raise UnsupportedError(f"{output}: its ending names no format of pairs.", f"End it in {ENDINGS}.") from error
    # Some formats are only read; better to hear of it now.
    written_as.write([], BytesIO())
    return written_as


def write_units(units: Iterable[Unit], path: Path, written_as: "UnitFormat") -> None:
    """Write units into a file; YuqiaoError where it cannot be written, and what was there before is there still."""
    from tm.documents.saving import write_bytes

    data = BytesIO()
    written_as.write(units, data)
    write_bytes(path, data.getvalue())
