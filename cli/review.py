"""yuqiao review."""

import sys

import click

from cli.options import concept_json, json_option, label_of
from cli.output import emit, emit_json, note, styled
from glossary.concept import Change, Concept
from glossary.store import Filter
from workspace.workspace import Workspace


@click.command("review")
@click.option("--domain", help="Only proposals of this domain.")
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="How many proposals at most, the oldest first."
)
@json_option
@click.pass_obj
def review_command(db: str | None, domain: str | None, limit: int, *, as_json: bool) -> None:
    """List what waits for review: each proposal with what speaks for it, who made it, when, and by which change.

    \b
    Examples:
      yuqiao review
      yuqiao review --domain finance --json
    """
    waiting = Filter(domains=() if domain is None else (domain,), states=("proposed",))
    with Workspace.open(db) as workspace:
        store = workspace.term_store
        total = store.count(waiting)
        shown = [concept for _, concept in zip(range(limit), store.listing(waiting), strict=False)]
        proposals = store.proposals([concept.id for concept in shown])
    if as_json:
        emit_json({"waiting": total, "proposals": [_json(concept, proposals.get(concept.id)) for concept in shown]})
    else:
        for concept in shown:
            _print(concept, proposals.get(concept.id))
        note(f"{total:,} wait for review" + (f", {len(shown):,} are shown." if total > len(shown) else "."))
    sys.exit(0 if total else 1)


def _evidence(concept: Concept) -> dict[str, str]:
    """What speaks for a proposal, as far as it says."""
    contexts = list(dict.fromkeys(term.context for term in concept.terms if term.context))
    sources = list(dict.fromkeys(source for source in (concept.source, *(t.source for t in concept.terms)) if source))
    said = {"definition": concept.definition, "note": concept.note, "source": "; ".join(sources), "context": " | ".join(contexts)}
    return {name: value for name, value in said.items() if value}


def _json(concept: Concept, change: Change | None) -> dict[str, object]:
    made = {"change": change.id, "by": change.by, "at": change.at, "what": change.summary} if change else None
    return {**concept_json(concept), "evidence": _evidence(concept), "proposed": made}


def _print(concept: Concept, change: Change | None) -> None:
    emit(label_of(concept) + (f"  [{concept.domain}]" if concept.domain else ""))
    for name, value in _evidence(concept).items():
        emit(f"  {name}: {value}")
    if change:
        emit(styled(f"  {change.at}  {change.by}  {change.kind}: {change.summary}  (change {change.id})", "dim"))
