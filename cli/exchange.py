"""yuqiao import, export."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

import click

from cli.import_report import emit_preview, emit_report
from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from glossary.formats.entries import OneWayFormat, TermFormat
from glossary.formats.registry import FORMAT_NAMES, format_named, format_of_name, has_concepts
from glossary.importing import IMPORT_MODES, ImportMode, ImportReport, plan_import, preview
from lang.errors import NotFoundError, YuqiaoError
from lang.tags import normalise_tag
from tm.formats.entries import ReadOptions as MemoryOptions
from tm.formats.registry import FORMAT_NAMES as MEMORY_FORMAT_NAMES
from tm.importing import PARALLEL, UnitImportReport
from tm.store import UnitFilter
from workspace.workspace import Workspace

_KINDS = ("glossary", "memory")
# Formats that hold sentences, not terms; tables hold terms unless --as memory says otherwise.
_MEMORY_SUFFIXES = (".tmx", ".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".jsonl", ".ndjson")
_ALL_FORMATS = tuple(dict.fromkeys((*FORMAT_NAMES, *MEMORY_FORMAT_NAMES, PARALLEL)))
_WRITTEN_FORMATS = tuple(name for name in _ALL_FORMATS if name not in ("cedict", "xliff", "po", PARALLEL))
# JSON Lines hold either: at import their first line tells which.
_EITHER_SUFFIXES = (".jsonl", ".ndjson")
_as_option = click.option(
    "--as", "kind", type=click.Choice(_KINDS), help="What the files hold: terms, or pairs of sentences; else by their format."
)


@click.command("import")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "format_name", type=click.Choice(_ALL_FORMATS), help="The files' format, where it is not recognised.")
@_as_option
@click.option("--encoding", help="The files' encoding, where it is not found out rightly.")
@click.option("--columns", metavar="NAMES", help="Names of the columns, in order, of files without a header: zh,en,domain")
@click.option(
    "--map",
    "maps",
    metavar="NAME=MEANING",
    multiple=True,
    help="What a column or language code stands for: Chinese_PRC=zh-Hans, Thema=domain, Preis=- (left out).",
)
@click.option("--domain", default="", help="The domain of terms that name none.")
@click.option(
    "--mode",
    type=click.Choice(IMPORT_MODES),
    default="merge",
    show_default=True,
    help="merge: update by id, add to the same terms; add: new ones only; update: by id only; replace: as the file says.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change and how columns and languages are taken; write nothing.")
@click.option("--show", default=10, show_default=True, help="How many concepts --dry-run shows.")
@click.option(
    "--inline",
    type=click.Choice(["strip", "keep"]),
    default="strip",
    show_default=True,
    help="Inline tags of TMX and XLIFF: left out, or kept as they are written.",
)
@click.option("--propose", is_flag=True, help="Leave new terms to review, and approved concepts as they are.")
@json_option
@click.pass_obj
def import_command(
    db: str | None,
    files: tuple[Path, ...],
    format_name: str | None,
    kind: str | None,
    encoding: str | None,
    columns: str | None,
    maps: tuple[str, ...],
    domain: str,
    mode: ImportMode,
    show: int,
    inline: Literal["strip", "keep"],
    *,
    dry_run: bool,
    propose: bool,
    as_json: bool,
) -> None:
    """Import terms (TBX, CSV, TSV, XLSX, UTX, OmegaT, MultiTerm, memoQ, SKOS, DeepL, JSON Lines, CC-CEDICT) or pairs of sentences
    (TMX, XLIFF, PO, JSON Lines, tables): all files or none, as one change that undo takes back.

    Columns are found by their headers: zh, en or any language tag, domain, definition, note, source, status ...
    With --format parallel the files are texts whose lines pair: a Chinese file and an English one, and so on.

    \b
    Examples:
      yuqiao import --columns en,zh-TW --domain finance terms1.tsv terms2.tsv
      yuqiao import --dry-run --map "Fachgebiet=domain" terms.xlsx
      yuqiao import project.tmx
      yuqiao import --format parallel news.zh.txt news.en.txt
    """
    named = tuple(part.strip() for part in columns.split(",")) if columns else ()
    kind = _kind(kind, format_name, files, reading=True)
    mapping = _mapping(maps)
    reports: Sequence[ImportReport | UnitImportReport]
    with Workspace.open(db) as workspace, progress("Imported") as report, progress("Indexed") as indexing:
        if kind == "memory":
            if dry_run or propose or maps or mode != "merge":
                raise YuqiaoError(
                    "--dry-run, --propose, --map and --mode are for terms.", "Pairs of sentences are only ever added."
                )
            options = MemoryOptions(encoding=encoding, columns=named, domain=domain, inline=inline)
            reports = workspace.memory.import_files(files, options, format_name=format_name, progress=report, indexing=indexing)
        else:
            store = workspace.glossary.store
            planned = plan_import(
                store,
                files,
                format_name=format_name,
                encoding=encoding,
                columns=named,
                domain=domain,
                mapping=mapping,
                mode=mode,
                propose=propose,
            )
            shown = preview(store, planned, show) if dry_run else []
            reports = planned.reports if dry_run else workspace.glossary.write_import(planned, files, progress=report)
    for made in reports:
        emit_report(made, as_json=as_json, planned=dry_run)
    if dry_run:
        emit_preview(shown, len(planned.edits), as_json=as_json)
    taken = sum(made.read - made.rejected for made in reports)
    sys.exit(0 if taken else 1)


def _mapping(maps: Sequence[str]) -> dict[str, str]:
    """What --map says: header or language code -> tag or field."""
    made: dict[str, str] = {}
    for said in maps:
        written, equals, meant = said.rpartition("=")
        if not equals or not written.strip():
            raise YuqiaoError(f"--map {said!r} has no =.", "Write it like --map 'Chinese_PRC=zh-Hans'.")
        made[written.strip()] = meant.strip()
    return made


def _kind(given: str | None, format_name: str | None, files: Sequence[Path], *, reading: bool) -> str:
    """What files hold: as said, else by their format, name or, for JSON Lines, first line."""
    if given:
        return given
    if format_name and format_name != "jsonl":
        return "glossary" if format_name in FORMAT_NAMES else "memory"

    def kind_of(path: Path) -> str:
        if reading and (format_name or path.suffix.lower() in _EITHER_SUFFIXES):
            return "glossary" if has_concepts(path) else "memory"
        return "memory" if format_name or path.suffix.lower() in _MEMORY_SUFFIXES else "glossary"

    kinds = {kind_of(path) for path in files}
    if len(kinds) > 1:
        raise YuqiaoError("The files are partly terms, partly sentences.", "Import them apart, or say --as.")
    return kinds.pop()


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "format_name", type=click.Choice(_WRITTEN_FORMATS), help="Else by name.")
@_as_option
@click.option("--direction", metavar="SOURCE:TARGET", help="For OmegaT and DeepL: zh:en (the default), en:zh-Hans ...")
@click.option("--domain", "domains", multiple=True, help="Only this domain; may be given several times.")
@json_option
@click.pass_obj
def export_command(
    db: str | None,
    file: Path,
    format_name: str | None,
    kind: str | None,
    direction: str | None,
    domains: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Write the term base (TBX, CSV, TSV, XLSX, UTX, MultiTerm, memoQ, SKOS, OmegaT, DeepL, JSON Lines with --as glossary) or the
    memory (TMX, JSON Lines, CSV, TSV), or some domains of it; - is stdout.

    docs/exchange.md says what each format keeps; JSON Lines keep all.

    \b
    Examples:
      yuqiao export --domain finance --domain trade --format tsv -
      yuqiao export --format deepl --direction en:zh-Hans deepl.tsv
      yuqiao export memory.tmx
    """
    to_stdout = str(file) == "-"
    kind = _kind(kind, format_name, [file], reading=False)
    term_format = None if kind == "memory" else _term_format(file, format_name, direction)
    with Workspace.open(db) as workspace, progress("Written") as report:
        if term_format:
            write = _glossary_writer(workspace, term_format, domains)
        else:
            write = _memory_writer(workspace, file, format_name, domains, report)
        if to_stdout:
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
            _note_left_out(term_format)
            return
        count = _written_beside(file, write)
    _note_left_out(term_format)
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


def _term_format(file: Path, format_name: str | None, direction: str | None) -> TermFormat:
    """The format to write terms in, its direction set where it has one."""
    by_name = format_name or ("csv" if str(file) == "-" else None)
    written_as = format_named(by_name) if by_name else format_of_name(file)
    if direction is None:
        return written_as
    if not isinstance(written_as, OneWayFormat):
        raise YuqiaoError(f"{written_as.name} holds all languages: it has no direction.", "Leave --direction out.")
    tags = [normalise_tag(part) for part in direction.split(":")]
    if len(tags) != 2 or None in tags or (tags[0] or "")[:2] == (tags[1] or "")[:2]:
        raise YuqiaoError(f"--direction {direction!r} is no pair of Chinese and English.", "Write it like en:zh-Hans.")
    written_as.source, written_as.target = tags[0] or "", tags[1] or ""
    return written_as


def _note_left_out(term_format: object) -> None:
    """Say what a format of one direction had no place for."""
    if isinstance(term_format, OneWayFormat):
        for reason, count in term_format.left_out.items():
            if count:
                note(f"{count:,} phrases left out: {reason}")


def _glossary_writer(workspace: Workspace, written_as: TermFormat, domains: tuple[str, ...]) -> Callable[[BinaryIO], int]:
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
