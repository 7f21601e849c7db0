"""yuqiao add, edit, approve, reject, delete."""

from collections.abc import Callable, Sequence

import click

from cli.options import concept_json, concept_lines, dry_run_option, json_option, label_of, renderings, where_option
from cli.output import emit, emit_json, note, styled
from glossary.concept import STATUSES, Concept, ReviewState, Status
from glossary.editing import TermEdits
from glossary.glossary import Glossary
from glossary.query import concepts_where
from workspace.workspace import Workspace

_SHOWN = 50


@click.command("add")
@click.argument("zh")
@click.argument("en")
@click.option("--domain", default="", help="Subject, for instance finance or bay-area.")
@click.option("--status", type=click.Choice(STATUSES), default="preferred", show_default=True, help="Of the English rendering.")
@click.option("--source", default="", help="Where the rendering stands.")
@click.option("--note", default="", help="How to use it.")
@click.option("--definition", default="", help="What it means, in a sentence.")
@click.option("--propose", is_flag=True, help="Leave it to review.")
@json_option
@click.pass_obj
def add_command(
    db: str | None,
    zh: str,
    en: str,
    domain: str,
    status: Status,
    source: str,
    note: str,
    definition: str,
    *,
    propose: bool,
    as_json: bool,
) -> None:
    """Add a concept: Chinese, then English; several forms of either parted by ; (the first is preferred).

    Prints the concept's id.

    \b
    Examples:
      yuqiao add 夜間經濟 "night-time economy; nighttime economy" --domain tax-consumption
      yuqiao add 團長 "group leader" --note "in community group buying" --propose
    """
    with Workspace.open(db) as workspace:
        added = workspace.glossary.add(
            renderings(zh),
            renderings(en),
            domain=domain,
            status=status,
            source=source,
            note=note,
            definition=definition,
            state="proposed" if propose else "approved",
        )
    if as_json:
        emit_json(concept_json(added))
    else:
        emit(str(added.id))


@click.command("edit")
@click.argument("concept_id", metavar="[ID]", required=False)
@click.option("--zh", help="The Chinese forms instead of those it has (not the deprecated), parted by ;")
@click.option("--en", help="The English renderings instead of those it has (not the deprecated), parted by ;")
@click.option("--prefer", metavar="TERM", help="Make this form the preferred one of its language.")
@click.option("--admit", metavar="TERM", multiple=True, help="Add a form, or admit one that was deprecated.")
@click.option("--deprecate", metavar="TERM", multiple=True, help="Mark or add a form not to be used.")
@click.option("--remove", metavar="TERM", multiple=True, help="Drop a form.")
@click.option(
    "--respell", metavar="OLD NEW", nargs=2, multiple=True, help="Write a form otherwise; OLD may name its tag: zh-Hans:里."
)
@click.option("--domain", help="Subject.")
@click.option("--source", help="Where the rendering stands.")
@click.option("--note", help="How to use it.")
@click.option("--definition", help="What it means, in a sentence.")
@where_option
@dry_run_option
@json_option
@click.pass_obj
def edit_command(
    db: str | None,
    /,
    concept_id: str | None,
    zh: str | None,
    en: str | None,
    prefer: str | None,
    admit: tuple[str, ...],
    deprecate: tuple[str, ...],
    remove: tuple[str, ...],
    respell: tuple[tuple[str, str], ...],
    where: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Change a concept, or with --where all that a query chooses, as one change. Undo brings back what they were.

    A query is conditions that all hold, field, operator, value: = is, != is not, ~ contains, !~ does not. The fields are
    domain, state, status, lang, id, key, zh, en, text (any term), definition, note and source.

    \b
    Examples:
      yuqiao edit 1785 --en "departure tax refund; exit tax refund"
      yuqiao edit --where "domain=finance state=proposed text~退稅" --domain tax --dry-run
    """
    edits = TermEdits(
        renderings(zh) if zh is not None else None,
        renderings(en) if en is not None else None,
        respell,
        admit,
        deprecate,
        remove,
        prefer,
        {name: value for name, value in fields.items() if value is not None},
    )
    if (concept_id is None) == (where is None):
        raise click.UsageError("Name a concept, or the concepts with --where.")
    with Workspace.open(db) as workspace:
        glossary = workspace.glossary
        if where is not None:
            if zh is not None or en is not None or admit:
                raise click.UsageError("--zh, --en and --admit would give all these concepts the same term.")
            found = list(concepts_where(glossary.store, where))
            changed = [after for before in found if (after := edits.applied_where_it_fits(before)) != before]
            _edit_many(glossary, where, found, changed, dry_run=dry_run, as_json=as_json)
            return
        before = glossary.concept_named(concept_id or "")
        edited = edits.applied_to(before)
        if not dry_run:
            edited = glossary.edit(edited)
    if as_json:
        emit_json(concept_json(edited))
    elif edited == before:
        emit(f"{before.id}: nothing to change")
    elif dry_run:
        _print_difference(before, edited)
    else:
        emit(label_of(edited))


def _edit_many(
    glossary: Glossary, where: str, found: list[Concept], changed: list[Concept], *, dry_run: bool, as_json: bool
) -> None:
    if not dry_run:
        changed = glossary.edit_all(changed)
    ids = [concept.id for concept in changed]
    if as_json:
        emit_json({"query": where, "matched": len(found), "changed": ids, "dry_run": dry_run})
    elif dry_run:
        before = {concept.id: concept for concept in found}
        for concept in changed:
            _print_difference(before[concept.id], concept)
        note(f"{len(changed):,} of {len(found):,} concepts would change.")
    else:
        _print_some("changed", changed)
        note(f"{len(changed):,} of {len(found):,} concepts changed. Take it back with: yuqiao undo")
    raise click.exceptions.Exit(0 if found else 1)


def _print_difference(before: Concept, after: Concept) -> None:
    emit(label_of(before))
    old, new = concept_lines(before), concept_lines(after)
    for line in old:
        if line not in new:
            emit(styled(f"  - {line}", "red"))
    for line in new:
        if line not in old:
            emit(styled(f"  + {line}", "green"))


def _print_some(done: str, concepts: Sequence[Concept]) -> None:
    for concept in concepts[:_SHOWN]:
        emit(f"{done} {label_of(concept)}")
    if len(concepts) > _SHOWN:
        emit(f"... and {len(concepts) - _SHOWN:,} more")


_ids_argument = click.argument("ids", metavar="[ID]...", type=int, nargs=-1)
_reason_option = click.option("--reason", default="", help="Why; kept in the history.")
_by_option = click.option("--by", metavar="NAME", help="Who decides, for the history; else YUQIAO_USER or your login.")


def _state_command(name: str, state: ReviewState, text: str) -> click.Command:
    @click.command(name, help=text)
    @_ids_argument
    @where_option
    @_reason_option
    @_by_option
    @dry_run_option
    @json_option
    @click.pass_obj
    def command(
        db: str | None, ids: tuple[int, ...], where: str | None, reason: str, by: str | None, *, dry_run: bool, as_json: bool
    ) -> None:
        def change(glossary: Glossary, chosen: list[int]) -> list[Concept]:
            return glossary.set_state(chosen, state, reason=reason)

        _change_all(db, ids, where, change, name, by=by, dry_run=dry_run, as_json=as_json)

    return command


approve_command = _state_command(
    "approve",
    "approved",
    """Approve proposed or rejected concepts, named or chosen by a query (see yuqiao edit --help).

    \b
    Examples:
      yuqiao approve 2301 2302 --by Chan
      yuqiao approve --where "state=proposed domain=finance" --dry-run
    """,
)
reject_command = _state_command(
    "reject",
    "rejected",
    """Reject concepts, named or chosen by a query: they stay on record, but look-ups and recognition leave them out.

    \b
    Examples:
      yuqiao reject 2301 --reason "no source, and 1785 has it"
      yuqiao reject --where "state=proposed source~blog" --reason "not reliable"
    """,
)


@click.command("delete")
@_ids_argument
@where_option
@_reason_option
@dry_run_option
@json_option
@click.pass_obj
def delete_command(db: str | None, ids: tuple[int, ...], where: str | None, reason: str, *, dry_run: bool, as_json: bool) -> None:
    """Delete concepts, named or chosen by a query; undo brings them back with their ids.

    \b
    Examples:
      yuqiao delete 2301 2302 && yuqiao undo
      yuqiao delete --where "state=rejected" --dry-run
    """

    def change(glossary: Glossary, chosen: list[int]) -> list[Concept]:
        return glossary.delete(chosen, reason=reason)

    _change_all(db, ids, where, change, "delete", by=None, dry_run=dry_run, as_json=as_json)


def _change_all(
    db: str | None,
    ids: tuple[int, ...],
    where: str | None,
    change: Callable[[Glossary, list[int]], list[Concept]],
    name: str,
    *,
    by: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    done = {"approve": "approved", "reject": "rejected", "delete": "deleted"}[name]
    if bool(ids) == (where is not None):
        raise click.UsageError("Name concepts by their ids, or choose them with --where.")
    with Workspace.open(db, user=by) as workspace:
        glossary = workspace.glossary
        if where is not None:
            found = list(concepts_where(glossary.store, where))
        else:
            found = [glossary.concept(concept_id) for concept_id in dict.fromkeys(ids)]
        changed = [c for c in found if c.state != done] if dry_run else change(glossary, list(ids) or [c.id for c in found])
    unchanged = sorted({concept.id for concept in found} - {concept.id for concept in changed})
    if as_json:
        marked = {"dry_run": True} if dry_run else {}
        emit_json({done: [concept.id for concept in changed], "unchanged": unchanged, **marked})
    else:
        _print_some(f"would be {done}:" if dry_run else done, changed)
        for concept_id in [] if where is not None else unchanged:
            emit(f"{concept_id} was {done} already")
        if where is not None:
            note(f"{len(changed):,} of {len(found):,} concepts {'would be ' if dry_run else ''}{done}.")
    raise click.exceptions.Exit(0 if found else 1)
