"""yuqiao import, export."""

import sys
from pathlib import Path
from typing import Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from glossary.formats.registry import FORMAT_NAMES, format_named, format_of_name
from glossary.importing import ImportReport
from lang.errors import NotFoundError, YuqiaoError
from workspace.workspace import Workspace

_SHOWN_REJECTS = 10
_as_option = click.option(
    "--as", "kind", type=click.Choice(["glossary"]), default="glossary", show_default=True, help="What the file holds."
)


@click.command("import")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--format", "format_name", type=click.Choice(FORMAT_NAMES), help="The files' format, where it is not recognised.")
@_as_option
@click.option("--encoding", help="The files' encoding, where it is not found out rightly.")
@click.option("--columns", metavar="NAMES", help="Names of the columns, in order, of files without a header: zh,en,domain")
@click.option("--domain", default="", help="The domain of terms that name none.")
@json_option
@click.pass_obj
def import_command(
    db: str | None,
    files: tuple[Path, ...],
    format_name: str | None,
    kind: str,  # noqa: ARG001  (one kind so far)
    encoding: str | None,
    columns: str | None,
    domain: str,
    *,
    as_json: bool,
) -> None:
    """Import terms from CSV, TSV or CC-CEDICT files: all of them as one change, or on an error none.

    Columns are found by their headers: zh, en or any language tag, domain, definition, note, source, status ...

    \b
    Examples:
      yuqiao import glossary.csv
      yuqiao import --columns en,zh-TW --domain finance terms1.tsv terms2.tsv
    """
    named = tuple(part.strip() for part in columns.split(",")) if columns else ()
    with Workspace.open(db) as workspace, progress("Imported") as report:
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


def _json(report: ImportReport) -> dict[str, Any]:
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
        "change": report.change_id,
    }


def _print(report: ImportReport) -> None:
    emit(
        f"{report.file}: {report.read:,} read, {report.added:,} added, {report.updated:,} updated,"
        f" {report.skipped:,} skipped, {report.rejected:,} rejected"
    )
    mapped = [f"{written} -> {tag or 'not taken'}" for written, tag in report.tags.items() if written != tag]
    if mapped:
        note(f"Languages: {', '.join(mapped)}")
    for reject in report.rejects[:_SHOWN_REJECTS]:
        note(f"{report.file}:{reject.line}: {reject.reason}")
    if report.rejected > _SHOWN_REJECTS:
        note(f"... and {report.rejected - _SHOWN_REJECTS:,} more; --json lists them all")


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "format_name", type=click.Choice([name for name in FORMAT_NAMES if name != "cedict"]), help="Else by name."
)
@_as_option
@click.option("--domain", "domains", multiple=True, help="Only this domain; may be given several times.")
@json_option
@click.pass_obj
def export_command(
    db: str | None,
    file: Path,
    format_name: str | None,
    kind: str,  # noqa: ARG001
    domains: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Write the term base, or some domains of it, to a CSV or TSV file; - writes to standard output.

    \b
    Examples:
      yuqiao export terms.csv
      yuqiao export --domain finance --domain trade --format tsv -
    """
    to_stdout = str(file) == "-"
    written_as = format_named(format_name or "csv") if format_name or to_stdout else format_of_name(file)
    with Workspace.open(db) as workspace:
        known = workspace.glossary.store.domains()
        for domain in domains:
            if domain not in known:
                raise NotFoundError(f"There is no domain {domain!r}.", f"There are: {', '.join(filter(None, known))}")
        concepts = workspace.glossary.concepts(domains=domains)
        if to_stdout:
            written_as.write(concepts, sys.stdout)
            return
        # Written beside and moved into place, so that an interruption leaves no half a file.
        partial = file.with_name(file.name + ".partial")
        try:
            with partial.open("w", encoding="utf-8", newline="") as out:
                count = written_as.write(concepts, out)
            partial.replace(file)
        except OSError as error:
            raise YuqiaoError(f"{file}: cannot be written ({error.strerror}).") from error
        finally:
            partial.unlink(missing_ok=True)
    if as_json:
        emit_json({"file": str(file), "format": written_as.name, "written": count})
    else:
        emit(f"{file}: {count:,} concepts")
