"""yuqiao check."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress, styled
from lang.errors import UnsupportedError, YuqiaoError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.output import Style
    from scoring.checks.checker import Selection
    from scoring.checks.issue import Issue, Language, Severity

_STYLES: "dict[Severity, Style]" = {"error": "red", "warning": "yellow", "note": "dim"}


@click.command("check")
@click.argument("files", metavar="ZH_FILE EN_FILE | FILE", nargs=-1, required=False)
@click.option("--from", "from_language", type=click.Choice(["zh", "en"]), help="The language translated from; default zh.")
@click.option("--terms", metavar="FILE", help="A glossary to check against instead of the term base.")
@click.option("--only", metavar="RULES", help="Only these rules, parted by commas.")
@click.option("--ignore", metavar="RULES", help="Not these rules.")
@click.option(
    "--accepted", type=click.Path(path_type=Path), help="Fingerprints of issues to leave out, one a line, # for comments."
)
@click.option(
    "--severity", type=click.Choice(["error", "warning", "note"]), default="note", show_default=True, help="The least to show."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Status 1 from here.",
)
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0.")
@click.option("--rules", "list_rules", is_flag=True, help="List all rules and end.")
@json_option
@click.pass_obj
def check_command(
    db: str | None,
    files: tuple[str, ...],
    from_language: "Language | None",
    terms: str | None,
    only: str | None,
    ignore: str | None,
    accepted: Path | None,
    severity: "Severity",
    fail_on: Literal["error", "warning", "note", "never"],
    *,
    as_sarif: bool,
    list_rules: bool,
    as_json: bool,
) -> None:
    """Check a translation without a reference: terms, numbers, what is missing, inconsistent, or badly set.

    Takes a Chinese and an English file whose lines pair, or one bilingual file (TMX, XLIFF, PO, tables).

    \b
    Examples:
      yuqiao check speech.zh.txt speech.en.txt
      yuqiao check job.xliff --ignore end-mark --json
    """
    from scoring.checks.checker import RULE_NAMES, check
    from scoring.checks.pair_files import read_pairs
    from workspace.workspace import Workspace

    if list_rules:
        for name, (level, what) in RULE_NAMES.items():
            emit(f"{name:<18} {level:<8} {what}")
        return
    selection = _selection(only, ignore, accepted, severity)
    given = read_pairs(files, from_language)
    for said in given.notes:
        note(said)
    from scoring.expected_terms import GlossaryTerms, term_file

    with Workspace.open(db) as workspace, progress("Checked", len(given.pairs)) as report:
        expected = term_file(Path(terms), given.target) if terms else GlossaryTerms(workspace.glossary, given.target)
        issues = check(given.pairs, given.target, terms=expected, selection=selection, progress=report)
    if as_sarif:
        from scoring.checks.sarif import sarif

        emit_json(sarif(issues))
    elif as_json:
        counts = Counter(issue.severity for issue in issues)
        emit_json(
            {
                "pairs": len(given.pairs),
                "target": given.target,
                "counts": {level: counts[level] for level in _STYLES},
                "rules": dict(Counter(issue.rule for issue in issues).most_common()),
                "issues": [_json(issue) for issue in issues],
            }
        )
    else:
        _print(issues, len(given.pairs))
    levels = list(_STYLES)
    failed = fail_on != "never" and any(levels.index(issue.severity) <= levels.index(fail_on) for issue in issues)
    sys.exit(1 if failed else 0)


def _selection(only: str | None, ignore: str | None, accepted: Path | None, lowest: "Severity") -> "Selection":
    from lang.encoding import read_text
    from scoring.checks.checker import RULE_NAMES, Selection

    def names(text: str | None) -> frozenset[str]:
        found = frozenset(part.strip().lower() for part in (text or "").split(",") if part.strip())
        unknown = sorted(found - set(RULE_NAMES))
        if unknown:
            raise UnsupportedError(f"No rule is called {unknown[0]!r}.", "See them with: yuqiao check --rules")
        return found

    if only and ignore:
        raise YuqiaoError("--only and --ignore were both given.", "Take one of them.")
    lines = read_text(accepted).splitlines() if accepted else []
    fingerprints = frozenset(line.split("#")[0].strip() for line in lines) - {""}
    return Selection(names(only), names(ignore), lowest, fingerprints)


def _json(issue: "Issue") -> dict[str, object]:
    span = issue.span
    return {
        "rule": issue.rule,
        "severity": issue.severity,
        "message": issue.message,
        "segment": issue.pair.number,
        "file": issue.pair.file,
        "line": issue.pair.line or None,
        "place": issue.pair.place,
        "side": issue.side,
        "start": span[0] if span else None,
        "end": span[1] if span else None,
        "suggestion": issue.suggestion,
        "source": issue.pair.source,
        "target": issue.pair.target,
        "fingerprint": issue.fingerprint,
    }


def _print(issues: "Sequence[Issue]", pairs: int) -> None:
    """A line an issue, as compilers write them, then how many there are."""
    for issue in issues:
        pair = issue.pair
        column = f":{issue.span[0] + 1}" if issue.span and issue.side == "target" and pair.line else ""
        where = f"{pair.file}:{pair.line}{column}" if pair.line else f"{pair.file}: {pair.place}"
        emit(f"{where}: {styled(issue.severity, _STYLES[issue.severity])} {issue.rule}: {issue.message}")
    counts = Counter(issue.severity for issue in issues)
    said = ", ".join(f"{counts[level]:,} {level}{'' if counts[level] == 1 else 's'}" for level in _STYLES)
    note(f"{pairs:,} pairs: {said}")
