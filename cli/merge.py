"""yuqiao merge."""

import click

from cli.options import concept_json, json_option, label_of
from cli.output import emit, emit_json, note
from workspace.workspace import Workspace


@click.command("merge")
@click.argument("kept", metavar="KEEP_ID")
@click.argument("others", metavar="OTHER_ID...", nargs=-1, required=True)
@json_option
@click.pass_obj
def merge_command(db: str | None, kept: str, others: tuple[str, ...], *, as_json: bool) -> None:
    """Make one concept of several: terms, notes and properties are united, and the other ids lead to the kept concept.

    Where they contradict each other the kept one is right; each such place is told. Undo brings all back.

    \b
    Examples:
      yuqiao merge 1785 2750
      yuqiao merge departure-tax-refund 2750 2751 --json
    """
    with Workspace.open(db) as workspace:
        glossary = workspace.glossary
        gone = [glossary.concept_named(name).id for name in others]
        merged = glossary.merge(glossary.concept_named(kept).id, gone)
    if as_json:
        emit_json({**concept_json(merged.concept), "merged": gone, "clashes": list(merged.clashes)})
        return
    emit(label_of(merged.concept))
    for clash in merged.clashes:
        note(clash)
