"""yuqiao review."""

import sys
from typing import Any

import click

from cli.finding_output import finding_json, print_finding
from cli.options import concept_json, json_option, label_of, renderings
from cli.output import emit, emit_json, note, styled
from glossary.editing import TermEdits
from glossary.glossary import Glossary
from glossary.review import Proposal, review_queue
from lang.errors import YuqiaoError
from workspace.workspace import Workspace

_CHOICES = "a approve, r reject, e edit, s skip, q quit"


@click.command("review")
@click.option("--domain", default="", help="Only proposals of this domain.")
@click.option("--from", "proposer", metavar="NAME", default="", help="Only what this person proposed.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most, the oldest first.")
@click.option("--each", is_flag=True, help="Go through them one by one: approve, reject with a reason, edit, skip.")
@click.option("--by", metavar="NAME", help="Who reviews, for the history; else YUQIAO_USER or your login.")
@json_option
@click.pass_obj
def review_command(db: str | None, domain: str, proposer: str, limit: int, by: str | None, *, each: bool, as_json: bool) -> None:
    """List what waits for review: who proposed it, when, the evidence, and what it would contradict.

    Settle single ones with approve, reject --reason and edit, many with their --where, or go through them with --each.

    \b
    Examples:
      yuqiao review --domain finance
      yuqiao review --each --by Chan
    """
    with Workspace.open(db, user=by) as workspace:
        glossary = workspace.glossary
        queue, total = review_queue(glossary.store, domain=domain, by=proposer, limit=limit)
        if as_json:
            emit_json({"waiting": total, "proposals": [_json(proposal) for proposal in queue]})
        elif each:
            _go_through(glossary, queue)
        else:
            for proposal in queue:
                _print(proposal)
            _note_total(len(queue), total)
    sys.exit(0 if queue else 1)


def _note_total(shown: int, total: int) -> None:
    if not total:
        note("Nothing waits for review.")
        return
    note(f"{total:,} wait for review" + (f", {shown:,} are shown." if total > shown else "."))
    note("Settle them with: yuqiao approve ID, yuqiao reject ID --reason WHY, yuqiao edit ID, yuqiao review --each")


def _json(proposal: Proposal) -> dict[str, Any]:
    change = proposal.change
    made = {"change": change.id, "by": change.by, "at": change.at, "what": change.summary} if change else None
    conflicts = [finding_json(finding) for finding in proposal.findings]
    alike = [concept_json(concept) for concept in proposal.alike]
    said = {"evidence": proposal.evidence, "proposed": made, "conflicts": conflicts, "alike": alike}
    return {**concept_json(proposal.concept), **said}


def _print(proposal: Proposal) -> None:
    concept, change = proposal.concept, proposal.change
    emit(label_of(concept) + (f"  [{concept.domain}]" if concept.domain else ""))
    for name, value in proposal.evidence.items():
        emit(f"  {name}: {value}")
    if change:
        emit(styled(f"  {change.at}  {change.by}  {change.kind}: {change.summary}  (change {change.id})", "dim"))
    for finding in proposal.findings:
        print_finding(finding)
    for other in proposal.alike:
        emit(f"  the term base has {label_of(other)}" + (f"  [{other.domain}]" if other.domain else ""))


def _go_through(glossary: Glossary, queue: list[Proposal]) -> None:
    """Ask about one proposal after the other; each answer is a change of its own, so that each is undone by itself."""
    done = 0
    for proposal in queue:
        _print(proposal)
        if not _settled(glossary, proposal.concept.id):
            break
        done += 1
        emit()
    note(f"{done:,} of {len(queue):,} gone through.")


def _settled(glossary: Glossary, concept_id: int) -> bool:
    """Ask until the proposal is approved, rejected or skipped; False where the user wants to stop."""
    while True:
        answer = click.prompt(f"{_CHOICES}", err=True, default="s", show_default=False).strip().lower()[:1]
        if answer == "a":
            glossary.set_state([concept_id], "approved")
            emit(f"approved {label_of(glossary.concept(concept_id))}")
            return True
        if answer == "r":
            reason = click.prompt("Why", err=True, default="", show_default=False).strip()
            glossary.set_state([concept_id], "rejected", reason=reason)
            emit(f"rejected {label_of(glossary.concept(concept_id))}")
            return True
        if answer == "e":
            _edit(glossary, concept_id)
        elif answer == "s":
            return True
        elif answer == "q":
            return False


def _edit(glossary: Glossary, concept_id: int) -> None:
    concept = glossary.concept(concept_id)
    chinese = click.prompt("Chinese", err=True, default="; ".join(concept.texts("zh")))
    english = click.prompt("English", err=True, default="; ".join(concept.texts("en")))
    domain = click.prompt("Domain", err=True, default=concept.domain)
    given = {"zh": renderings(chinese), "en": renderings(english)}
    # Texts left as they are keep their tags and statuses.
    changed = {code: texts if texts != concept.texts(code) else None for code, texts in given.items()}
    edits = TermEdits(chinese=changed["zh"], english=changed["en"], fields={"domain": domain.strip()})
    try:
        emit(label_of(glossary.edit(edits.applied_to(concept))))
    except YuqiaoError as error:
        note(str(error))
