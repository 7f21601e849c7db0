"""yuqiao add, edit, approve, reject, delete."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from cli.options import concept_json, json_option, renderings
from cli.output import emit, emit_json
from glossary.concept import STATUSES, Concept, ReviewState, Status, Term
from glossary.glossary import Glossary
from lang.errors import NotFoundError, YuqiaoError
from lang.script import has_han
from lang.tags import tag_of_text
from workspace.workspace import Workspace


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
@click.argument("concept_id", metavar="ID", type=int)
@click.option("--zh", help="The Chinese forms instead of those it has (not the deprecated), parted by ;")
@click.option("--en", help="The English renderings instead of those it has (not the deprecated), parted by ;")
@click.option("--prefer", metavar="TERM", help="Make this form the preferred one of its language.")
@click.option("--admit", metavar="TERM", multiple=True, help="Add a form, or admit one that was deprecated.")
@click.option("--deprecate", metavar="TERM", multiple=True, help="Mark or add a form not to be used.")
@click.option("--remove", metavar="TERM", multiple=True, help="Drop a form.")
@click.option("--domain", help="Subject.")
@click.option("--source", help="Where the rendering stands.")
@click.option("--note", help="How to use it.")
@click.option("--definition", help="What it means, in a sentence.")
@json_option
@click.pass_obj
def edit_command(
    db: str | None,
    /,
    concept_id: int,
    zh: str | None,
    en: str | None,
    prefer: str | None,
    admit: tuple[str, ...],
    deprecate: tuple[str, ...],
    remove: tuple[str, ...],
    *,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Change a concept. Undo brings back what it was.

    \b
    Examples:
      yuqiao edit 1785 --en "departure tax refund; exit tax refund"
      yuqiao edit 1785 --deprecate "exit tax return" --note "for overseas visitors"
    """
    with Workspace.open(db) as workspace:
        concept = workspace.glossary.concept(concept_id)
        terms = list(concept.terms)
        if zh is not None:
            terms = _replaced(terms, "zh", renderings(zh))
        if en is not None:
            terms = _replaced(terms, "en", renderings(en))
        for text in admit:
            terms = _with_status(terms, text, "admitted")
        for text in deprecate:
            terms = _with_status(terms, text, "deprecated")
        for text in remove:
            _require(terms, text)
            terms = [term for term in terms if term.text != text]
        if prefer is not None:
            terms = _preferred(terms, prefer)
        given: dict[str, Any] = {name: value for name, value in fields.items() if value is not None}
        changed = replace(concept, **given)
        changed = workspace.glossary.edit(changed.with_terms(terms))
    if as_json:
        emit_json(concept_json(changed))
    elif changed == concept:
        emit(f"{concept_id}: nothing to change")
    else:
        emit(_line(changed))


def _replaced(terms: list[Term], language: str, texts: list[str]) -> list[Term]:
    if not texts:
        raise YuqiaoError("A concept needs a term in both languages.", "Give at least one.")
    known = {term.text: term for term in terms if term.language == language}
    made: list[Term] = []
    tags: set[str] = set()
    for text in texts:
        old = known.get(text)
        tag = old.lang if old else tag_of_text(language, text)
        # Traditional and simplified are each preferred in their script; further forms of one script are admitted.
        status: Status = "admitted" if tag in tags else "preferred"
        tags.add(tag)
        made.append(replace(old, status=status) if old else Term(text, tag, status))
    return [*made, *(t for t in terms if t.language != language or (t.status == "deprecated" and t.text not in texts))]


def _with_status(terms: list[Term], text: str, status: Status) -> list[Term]:
    if any(term.text == text for term in terms):
        return [replace(term, status=status) if term.text == text else term for term in terms]
    return [*terms, Term(text, tag_of_text("zh" if has_han(text) else "en", text), status)]


def _preferred(terms: list[Term], text: str) -> list[Term]:
    _require(terms, text)
    tags = {term.lang for term in terms if term.text == text}
    made: list[Term] = []
    for term in terms:
        if term.text == text:
            made.append(replace(term, status="preferred"))
        elif term.lang in tags and term.status == "preferred":
            made.append(replace(term, status="admitted"))
        else:
            made.append(term)
    return made


def _require(terms: list[Term], text: str) -> None:
    if all(term.text != text for term in terms):
        raise NotFoundError(f"The concept has no form {text!r}.", f"It has: {'; '.join(term.text for term in terms)}")


def _state_command(name: str, state: ReviewState, text: str) -> click.Command:
    @click.command(name, help=text)
    @click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
    @json_option
    @click.pass_obj
    def command(db: str | None, ids: tuple[int, ...], *, as_json: bool) -> None:
        _change_all(db, ids, lambda glossary: glossary.set_state(ids, state), name, as_json=as_json)

    return command


approve_command = _state_command(
    "approve",
    "approved",
    """Approve proposed or rejected concepts.

    \b
    Examples:
      yuqiao approve 2301
      yuqiao approve 2301 2302 2303 --json
    """,
)
reject_command = _state_command(
    "reject",
    "rejected",
    """Reject concepts: they stay on record, but look-ups and recognition leave them out.

    \b
    Examples:
      yuqiao reject 2301
      yuqiao reject 2301 2302 --json
    """,
)


@click.command("delete")
@click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
@json_option
@click.pass_obj
def delete_command(db: str | None, ids: tuple[int, ...], *, as_json: bool) -> None:
    """Delete concepts; undo brings them back with their ids.

    \b
    Examples:
      yuqiao delete 2301
      yuqiao delete 2301 2302 && yuqiao undo
    """
    _change_all(db, ids, lambda glossary: glossary.delete(ids), "delete", as_json=as_json)


def _change_all(
    db: str | None, ids: tuple[int, ...], change: Callable[[Glossary], list[Concept]], name: str, *, as_json: bool
) -> None:
    done = {"approve": "approved", "reject": "rejected", "delete": "deleted"}[name]
    with Workspace.open(db) as workspace:
        changed = change(workspace.glossary)
    if as_json:
        emit_json({done: [concept.id for concept in changed], "unchanged": sorted(set(ids) - {c.id for c in changed})})
    else:
        for concept in changed:
            emit(f"{done} {_line(concept)}")
        for concept_id in sorted(set(ids) - {concept.id for concept in changed}):
            emit(f"{concept_id} was {done} already")
    sys.exit(0)


def _line(concept: Concept) -> str:
    chinese, english = concept.texts("zh"), concept.texts("en")
    return f"{concept.id}: {' / '.join(chinese[:2])} = {'; '.join(english)}"
