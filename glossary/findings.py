"""What a check of the term base finds, and what has been explained and so does not show."""

import hashlib
import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

import tomli

from glossary.concept import Concept
from glossary.store import Ruling
from lang.errors import BadFileError

FindingKind = Literal["same", "spelling", "renderings", "status", "script", "contained", "unused"]
Severity = Literal["error", "warning", "note"]

FINDING_KINDS: Final[tuple[FindingKind, ...]] = get_args(FindingKind)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)

# Findings of the curated terms that are right as they stand, each with its reason.
EXPLAINED_FILE: Final = Path(__file__).parent / "data" / "explained.toml"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to settle: which concepts, what is wrong in words, and one command that settles it.

    `text` says the finding by the terms it is about, not by ids, so that it is the same in another database, and another
    one as soon as the terms change. `name` is a short form of it for the command line.
    """

    kind: FindingKind
    severity: Severity
    concepts: tuple[Concept, ...]
    subject: str
    reason: str
    command: str
    about: tuple[str, ...]

    @property
    def text(self) -> str:
        """The finding by its terms: `renderings: 離境退稅 | departure tax refund | exit tax refund`."""
        return f"{self.kind}: {' | '.join((self.subject, *sorted(self.about)))}"

    @property
    def name(self) -> str:
        """Eight hexadecimal digits."""
        return name_of_finding(self.text)


def quoted(text: str) -> str:
    """A text as an argument in a shell; Chinese needs no quotes."""
    return text if re.fullmatch(r"[\w:%+=,./-]+", text) else shlex.quote(text)


def name_of_finding(text: str) -> str:
    """The short form of a finding's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@cache
def shipped_explanations() -> dict[str, Ruling]:
    """The explanations that come with the curated terms, by the finding's text. BadFileError for a file out of form."""
    try:
        data = tomli.loads(EXPLAINED_FILE.read_text(encoding="utf-8"))
        return {entry["finding"]: Ruling(entry["finding"], entry["reason"]) for entry in data.get("explained", [])}
    except (tomli.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadFileError(str(EXPLAINED_FILE), 0, f"needs [[explained]] tables with finding and reason ({error})") from error


def sorted_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then kind, then the oldest concept."""
    return sorted(
        findings,
        key=lambda f: (SEVERITIES.index(f.severity), FINDING_KINDS.index(f.kind), [c.id for c in f.concepts], f.text),
    )
