"""Issues as SARIF 2.1.0, the form in which code hosts and editors take the findings of checkers (OASIS, 2020)."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from scoring.checks.checker import RULE_NAMES
from scoring.checks.issue import Issue

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(issues: Sequence[Issue]) -> dict[str, Any]:
    """One run with all rules and a result an issue. Columns count code points, from 1; lines are the translation's."""
    names = list(RULE_NAMES)
    rules = [
        {"id": name, "shortDescription": {"text": what}, "defaultConfiguration": {"level": severity}}
        for name, (severity, what) in RULE_NAMES.items()
    ]
    driver = {"name": "yuqiao", "version": version("yuqiao"), "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(issue, names) for issue in issues],
            }
        ],
    }


def _result(issue: Issue, names: Sequence[str]) -> dict[str, Any]:
    pair = issue.pair
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(pair.file).as_posix())}}
    if pair.line:
        region: dict[str, Any] = {"startLine": pair.line}
        if issue.span is not None and issue.side == "target":
            region |= {"startColumn": issue.span[0] + 1, "endColumn": issue.span[1] + 1}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if pair.place:
        location["logicalLocations"] = [{"name": pair.place}]
    return {
        "ruleId": issue.rule,
        "ruleIndex": names.index(issue.rule),
        "level": issue.severity,
        "message": {"text": issue.message},
        "locations": [location],
        "partialFingerprints": {"yuqiao/v1": issue.fingerprint},
    }
