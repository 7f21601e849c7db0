"""yuqiao import, export."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from glossary.formats.registry import FORMAT_NAMES, format_named, format_of_name
from glossary.importing import ImportReport
from lang.errors import NotFoundError, YuqiaoError
from tm.formats.entries import ReadOptions as MemoryOptions
from tm.formats.registry import FORMAT_NAMES as MEMORY_FORMAT_NAMES
from tm.importing import PARALLEL, UnitImportReport
from tm.store import UnitFilter
from workspace.workspace import Workspace

_SHOWN_REJECTS = 10
_KINDS = ("glossary", "memory")
# Formats that hold sentences, not terms; tables hold terms unless --as memory says otherwise.
_MEMORY_SUFFIXES = (".tmx", ".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".jsonl", ".ndjson")
_ALL_FORMATS = tuple(dict.fromkeys((*FORMAT_NAMES, *MEMORY_FORMAT_NAMES, PARALLEL)))
_WRITTEN_FORMATS = tuple(name for name in _ALL_FORMATS if name not in ("cedict", "xliff", "xlsx", "po", PARALLEL))
_as_option = click.option(
    "--as", "kind", type=click.Choice(_KINDS), help="What the files hold: terms, or pairs of sentences; else by their format."
)


@click.command("import")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "format_name", type=click.Choice(_ALL_FORMATS), help="The files' format, where it is not recognised.")
@_as_option
@click.option("--encoding", help="The files' encoding, where it is not found out rightly.")
@click.option("--columns", metavar="NAMES", help="Names of the columns, in order, of files without a header: zh,en,domain")
@click.option("--domain", default="", help="The domain of terms that name none.")
@click.option(
    "--inline",
    type=click.Choice(["strip", "keep"]),
    default="strip",
    show_default=True,
    help="Inline tags of TMX and XLIFF: left out, or kept as they are written.",
)
@json_option
@click.pass_obj
def import_command(
    db: str | None,
    files: tuple[Path, ...],
    format_name: str | None,
    kind: str | None,
    encoding: str | None,
    columns: str | None,
    domain: str,
    inline: Literal["strip", "keep"],
    *,
    as_json: bool,
) -> None:
    """Import terms (TBX, CSV, TSV, CC-CEDICT) or pairs of sentences (TMX, XLIFF, PO, JSON Lines, tables): all files or none.

    Columns are found by their headers: zh, en or any language tag, domain, definition, note, source, status ...
    With --format parallel the files are texts whose lines pair: a Chinese file and an English one, and so on.

    \b
    Examples:
      yuqiao import --columns en,zh-TW --domain finance terms1.tsv terms2.tsv
      yuqiao import project.tmx
      yuqiao import --format parallel news.zh.txt news.en.txt
    """
    named = tuple(part.strip() for part in columns.split(",")) if columns else ()
    kind = _kind(kind, format_name, files)
    reports: Sequence[ImportReport | UnitImportReport]
    with Workspace.open(db) as workspace, progress("Imported") as report, progress("Indexed") as indexing:
        if kind == "memory":
            options = MemoryOptions(encoding=encoding, columns=named, domain=domain, inline=inline)
            reports = workspace.memory.import_files(files, options, format_name=format_name, progress=report, indexing=indexing)
        else:
            reports = workspace.glossary.import_files(
                files, format_name=format_name, encoding=encoding, columns=named, domain=domain, progress=report
            )
    for made in reports:
        if as_json:
            emit_json(_json(made))
        else:
            _print(made)
    taken = sum(made.read - made.rejected for made in reports)
    sys.exit(0 if taken else 1)


def _kind(given: str | None, format_name: str | None, files: Sequence[Path]) -> str:
    """What files hold: as said, else by their format or name."""
    if given:
        return given
    if format_name:
        return "glossary" if format_name in FORMAT_NAMES else "memory"
    kinds = {"memory" if path.suffix.lower() in _MEMORY_SUFFIXES else "glossary" for path in files}
    if len(kinds) > 1:
        raise YuqiaoError("The files are partly terms, partly sentences.", "Import them apart, or say --as.")
    return kinds.pop()


def _json(report: ImportReport | UnitImportReport) -> dict[str, Any]:
    own: dict[str, Any]
    if isinstance(report, UnitImportReport):
        own = {"untranslated": report.untranslated}
    else:
        own = {"tag_counts": dict(report.tag_counts), "unpaired": report.unpaired}
        own |= {"breaches": [{"line": breach.line, "rule": breach.rule} for breach in report.breaches]}
    return {
        "file": report.file,
        "format": report.format,
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "skipped": report.skipped,
        "rejected": report.rejected,
        "rejects": [{"line": reject.line, "reason": reject.reason} for reject in report.rejects],
        "tags": report.tags,
        **own,
        "change": report.change_id,
    }


def _print(report: ImportReport | UnitImportReport) -> None:
    emit(
        f"{report.file}: {report.read:,} read, {report.added:,} added, {report.updated:,} updated,"
        f" {report.skipped:,} skipped, {report.rejected:,} rejected"
    )
    mapped = _mapped(report)
    if mapped:
        note(f"Languages: {', '.join(mapped)}")
    if isinstance(report, UnitImportReport) and report.untranslated:
        note(f"{report.untranslated:,} segments have no translation.")
    if isinstance(report, ImportReport) and report.unpaired:
        note(f"{report.unpaired:,} concepts have no Chinese or no English term: looked up, but not found in texts.")
    breaches = [] if isinstance(report, UnitImportReport) else report.breaches
    _note_places(report.file, [(reject.line, reject.reason) for reject in report.rejects])
    _note_places(report.file, [(breach.line, f"warning: {breach.rule}") for breach in breaches])


def _mapped(report: ImportReport | UnitImportReport) -> list[str]:
    """What languages were taken for where that is not as written; of terms also how often."""
    counts = report.tag_counts if isinstance(report, ImportReport) else {}
    return [
        f"{written or '(none)'} -> {tag or 'not taken'}" + (f" ({counts[written]:,})" if counts else "")
        for written, tag in report.tags.items()
        if written != tag
    ]


def _note_places(file: str, said: Sequence[tuple[int, str]]) -> None:
    """The first of what is to be said of lines of a file (0: of no line in particular), and how many more there are."""
    for line, reason in said[:_SHOWN_REJECTS]:
        note(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")
    if len(said) > _SHOWN_REJECTS:
        note(f"... and {len(said) - _SHOWN_REJECTS:,} more; --json lists them all")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "format_name", type=click.Choice(_WRITTEN_FORMATS), help="Else by name.")
@_as_option
@click.option("--domain", "domains", multiple=True, help="Only this domain; may be given several times.")
@json_option
@click.pass_obj
def export_command(
    db: str | None,
    file: Path,
    format_name: str | None,
    kind: str | None,
    domains: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Write the term base (TBX, CSV, TSV) or the memory (TMX, JSON Lines, CSV, TSV), or some domains of it; - is stdout.

    \b
    Examples:
      yuqiao export --domain finance --domain trade --format tsv -
      yuqiao export memory.tmx
    """
    to_stdout = str(file) == "-"
    kind = _kind(kind, format_name, [file])
    with Workspace.open(db) as workspace, progress("Written") as report:
        writer = _memory_writer if kind == "memory" else _glossary_writer
        write = writer(workspace, file, format_name, domains, report)
        if to_stdout:
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        count = _written_beside(file, write)
    if as_json:
        emit_json({"file": str(file), "kind": kind, "written": count})
    else:
        emit(f"{file}: {count:,} {'pairs' if kind == 'memory' else 'concepts'}")


def _written_beside(file: Path, write: Callable[[BinaryIO], int]) -> int:
    """Write a file beside its place and move it there, so that an interruption leaves no half a file; what `write` says."""
    partial = file.with_name(file.name + ".partial")
    try:
        with partial.open("wb") as out:
            count = write(out)
        partial.replace(file)
    except OSError as error:
        raise YuqiaoError(f"{file}: cannot be written ({error.strerror}).") from error
    finally:
        partial.unlink(missing_ok=True)
    return count


def _glossary_writer(
    workspace: Workspace,
    file: Path,
    format_name: str | None,
    domains: tuple[str, ...],
    report: Callable[[int], None],  # noqa: ARG001 - a term base is written in an instant
) -> Callable[[BinaryIO], int]:
    by_name = format_name or ("csv" if str(file) == "-" else None)
    written_as = format_named(by_name) if by_name else format_of_name(file)
    known = workspace.glossary.store.domains()
    for domain in domains:
        if domain not in known:
            raise NotFoundError(f"There is no domain {domain!r}.", f"There are: {', '.join(filter(None, known))}")

    return lambda out: written_as.write(workspace.glossary.concepts(domains=domains), out)


def _memory_writer(
    workspace: Workspace,
    file: Path,
    format_name: str | None,
    domains: tuple[str, ...],
    report: Callable[[int], None],
) -> Callable[[BinaryIO], int]:
    from tm.formats.registry import format_named as memory_format_named
    from tm.formats.registry import format_of_name as memory_format_of_name

    written_as = memory_format_named(format_name) if format_name else memory_format_of_name(file)
    units = workspace.memory.store.listing(UnitFilter(domains=domains))
    return lambda out: workspace.memory.export(units, written_as, out, progress=report)
