"""yuqiao history, undo."""

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, progress, styled
from glossary.concept import Change, Concept, ConceptChange
from workspace.workspace import Workspace


@click.command("history")
@click.argument("concept_id", metavar="[ID]", type=int, required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many changes at most, without ID.")
@json_option
@click.pass_obj
def history_command(db: str | None, concept_id: int | None, limit: int, *, as_json: bool) -> None:
    """Show what happened to a concept, or the latest changes of the term base.

    \b
    Examples:
      yuqiao history
      yuqiao history 1785
    """
    with Workspace.open(db) as workspace:
        if concept_id is None:
            _print_changes(workspace.glossary.store.changes(limit), as_json=as_json)
        else:
            _print_concept(concept_id, workspace.glossary.history(concept_id), as_json=as_json)


def _print_changes(changes: list[Change], *, as_json: bool) -> None:
    if as_json:
        emit_json({"changes": [_json(change) for change in changes]})
        return
    rows = [
        [str(change.id), change.at, change.by, change.kind + (" (undone)" if change.undone_by else ""), change.summary]
        for change in changes
    ]
    emit_table(["change", "when", "who", "what", "of"], rows, shrink=4, right=[0])


def _json(change: Change) -> dict[str, object]:
    return {
        "id": change.id,
        "kind": change.kind,
        "at": change.at,
        "by": change.by,
        "summary": change.summary,
        "concepts": change.concepts,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
    }


def _print_concept(concept_id: int, changes: list[ConceptChange], *, as_json: bool) -> None:
    if as_json:
        listed = [
            {
                "change": change.change_id,
                "action": change.action,
                "kind": change.kind,
                "at": change.at,
                "by": change.by,
                "before": change.before.to_dict() if change.before else None,
                "after": change.after.to_dict() if change.after else None,
            }
            for change in changes
        ]
        emit_json({"id": concept_id, "changes": listed})
        return
    for change in changes:
        emit(styled(f"{change.at}  {change.by}  {change.kind}", "dim") + f"  (change {change.change_id})")
        before, after = _lines(change.before), _lines(change.after)
        for line in before:
            if line not in after:
                emit(styled(f"  - {line}", "red"))
        for line in after:
            if line not in before:
                emit(styled(f"  + {line}", "green"))


def _lines(concept: Concept | None) -> list[str]:
    if concept is None:
        return []
    fields = {
        "domain": concept.domain,
        "state": concept.state,
        "definition": concept.definition,
        "note": concept.note,
        "source": concept.source,
    }
    terms = [f"{term.lang} {term.status}: {term.text}" for term in concept.terms]
    return terms + [f"{name}: {value}" for name, value in fields.items() if value]


@click.command("undo")
@click.argument("change_id", metavar="[CHANGE]", type=int, required=False)
@json_option
@click.pass_obj
def undo_command(db: str | None, change_id: int | None, *, as_json: bool) -> None:
    """Revert the latest change not yet undone, or one named by its number (see: yuqiao history).

    An import is one change, however large. Undoing the number of an undo does the change again.

    \b
    Examples:
      yuqiao undo
      yuqiao undo 12
    """
    with Workspace.open(db) as workspace, progress("Reverted") as report:
        undone = workspace.glossary.undo(change_id, progress=report)
    if as_json:
        emit_json(_json(undone))
    else:
        emit(f"undone: {undone.kind} of {undone.at} by {undone.by}: {undone.summary}")
