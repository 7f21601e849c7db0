"""What an import did, or would do, in words and as JSON."""

from collections.abc import Sequence
from typing import Any

from cli.output import emit, emit_json, note
from glossary.concept import Concept
from glossary.importing import ImportReport
from tm.importing import UnitImportReport

_SHOWN_PLACES = 10
Preview = Sequence[tuple[Concept | None, Concept]]


def emit_report(report: ImportReport | UnitImportReport, *, as_json: bool, planned: bool = False) -> None:
    """One file's report; `planned` where nothing was written."""
    if as_json:
        emit_json(_json(report) | ({"dry_run": True} if planned else {}))
        return
    added, updated = ("to add", "to update") if planned else ("added", "updated")
    emit(
        f"{report.file}: {report.read:,} read, {report.added:,} {added}, {report.updated:,} {updated},"
        f" {report.skipped:,} skipped, {report.rejected:,} rejected"
    )
    if isinstance(report, ImportReport):
        _note_headers(report, whole=planned)
    mapped = _mapped(report, whole=planned)
    if mapped:
        note(f"Languages: {', '.join(mapped)}")
    if isinstance(report, UnitImportReport):
        if report.untranslated:
            note(f"{report.untranslated:,} segments have no translation.")
    else:
        if report.unpaired:
            note(f"{report.unpaired:,} concepts have no Chinese or no English term: looked up, but not found in texts.")
        if report.unmatched:
            note(f"{report.unmatched:,} entries have no id that a concept here has; --mode merge finds them by their terms.")
        for part in report.passed_over:
            note(f"{report.file}: not read: {part}")
    breaches = [] if isinstance(report, UnitImportReport) else report.breaches
    _note_places(report.file, [(reject.line, reject.reason) for reject in report.rejects])
    _note_places(report.file, [(breach.line, f"warning: {breach.rule}") for breach in breaches])


def emit_preview(preview: Preview, total: int, *, as_json: bool) -> None:
    """The first concepts that would be written, before and after, and how many more there are."""
    if as_json:
        changes = [{"before": before and before.to_dict(), "after": after.to_dict()} for before, after in preview]
        emit_json({"dry_run": True, "concepts": total, "changes": changes})
        return
    for before, after in preview:
        label = " = ".join("; ".join(after.texts(code)) for code in ("zh", "en"))
        if before is None:
            emit(f"+ {label}" + (f"  [{after.domain}]" if after.domain else ""))
        else:
            emit(f"~ {after.id}  {label}")
            for line in _differences(before, after):
                emit(f"    {line}")
    if total > len(preview):
        emit(f"... and {total - len(preview):,} more; --show {total} lists them all")
    note("Nothing was written (--dry-run).")


def _differences(before: Concept, after: Concept) -> list[str]:
    lines = [
        f"{name}: {old or '(empty)'} -> {new or '(empty)'}"
        for name in ("domain", "definition", "note", "source", "state", "key")
        if (old := getattr(before, name)) != (new := getattr(after, name))
    ]
    if before.properties != after.properties:
        lines.append(f"properties: {len(before.properties)} -> {len(after.properties)}")
    lines += [f"- {term.text} ({term.lang}, {term.status})" for term in before.terms if term not in after.terms]
    lines += [f"+ {term.text} ({term.lang}, {term.status})" for term in after.terms if term not in before.terms]
    return lines or ["terms in another order"]


def _mapped(report: ImportReport | UnitImportReport, *, whole: bool) -> list[str]:
    """What languages were taken for where that is not as written, or all of them; of terms also how often."""
    counts = report.tag_counts if isinstance(report, ImportReport) else {}
    return [
        f"{written or '(none)'} -> {tag or 'not taken'}" + (f" ({counts[written]:,})" if counts else "")
        for written, tag in report.tags.items()
        if whole or written != tag
    ]


def _note_headers(report: ImportReport, *, whole: bool) -> None:
    if whole and report.headers:
        said = (f"{header} -> {taken or 'left out'}" for header, taken in report.headers.items())
        note(f"Columns: {', '.join(said)}")
        return
    left_out = [header for header, taken in report.headers.items() if taken is None]
    if left_out:
        note(f"Columns left out: {', '.join(left_out)} (--map 'Name=tag or field' takes them)")


def _json(report: ImportReport | UnitImportReport) -> dict[str, Any]:
    own: dict[str, Any]
    if isinstance(report, UnitImportReport):
        own = {"untranslated": report.untranslated}
    else:
        own = {
            "breaches": [{"line": breach.line, "rule": breach.rule} for breach in report.breaches],
            "tag_counts": dict(report.tag_counts),
            "unpaired": report.unpaired,
            "columns": report.headers,
            "not_read": report.passed_over,
            "unmatched": report.unmatched,
        }
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


def _note_places(file: str, said: Sequence[tuple[int, str]]) -> None:
    """The first of what is to be said of lines of a file (0: of no line in particular), and how many more there are."""
    for line, reason in said[:_SHOWN_PLACES]:
        note(f"{file}:{line}: {reason}" if line else f"{file}: {reason}")
    if len(said) > _SHOWN_PLACES:
        note(f"... and {len(said) - _SHOWN_PLACES:,} more; --json lists them all")
