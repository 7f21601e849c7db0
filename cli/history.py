"""yuqiao history, undo."""

import click

from cli.options import concept_lines, json_option
from cli.output import emit, emit_json, emit_table, note, progress, styled
from glossary.concept import Change, ConceptChange
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
            found = workspace.glossary.history(concept_id)
            into = workspace.glossary.store.merged_into(concept_id)
            if into:
                note(f"Concept {concept_id} was merged into {into}, whose history follows.")
                found += workspace.glossary.history(into)
            _print_concept(concept_id, found, into, as_json=as_json)


def _print_changes(changes: list[Change], *, as_json: bool) -> None:
    if as_json:
        emit_json({"changes": [_json(change) for change in changes]})
        return
    rows = [
        [str(change.id), change.at, change.by, change.kind + (" (undone)" if change.undone_by else ""), _of(change)]
        for change in changes
    ]
    emit_table(["change", "when", "who", "what", "of"], rows, shrink=4, right=[0])


def _of(change: Change) -> str:
    return f"{change.summary} ({change.reason})" if change.reason else change.summary


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
        "reason": change.reason,
    }


def _print_concept(concept_id: int, changes: list[ConceptChange], into: int | None, *, as_json: bool) -> None:
    if as_json:
        listed = [
            {
                "change": change.change_id,
                "action": change.action,
                "kind": change.kind,
                "at": change.at,
                "by": change.by,
                "reason": change.reason,
                "before": change.before.to_dict() if change.before else None,
                "after": change.after.to_dict() if change.after else None,
            }
            for change in changes
        ]
        merged = {"merged_into": into} if into else {}
        emit_json({"id": concept_id, **merged, "changes": listed})
        return
    for change in changes:
        why = f": {change.reason}" if change.reason else ""
        emit(styled(f"{change.at}  {change.by}  {change.kind}{why}", "dim") + f"  (change {change.change_id})")
        before, after = concept_lines(change.before), concept_lines(change.after)
        for line in before:
            if line not in after:
                emit(styled(f"  - {line}", "red"))
        for line in after:
            if line not in before:
                emit(styled(f"  + {line}", "green"))


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
