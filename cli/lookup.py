"""yuqiao lookup."""

import sys

import click

from cli.options import chinese_of, chosen_script, json_option, script_option
from cli.output import emit, emit_json, emit_table, note, styled
from glossary.lookup import LookupMatch
from workspace.workspace import Workspace


@click.command("lookup")
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many concepts at most.")
@click.option("--domain", help="Only concepts of this domain.")
@click.option("--approved", is_flag=True, help="Leave out what is proposed.")
@click.option("--id", "name", metavar="ID", help="The concept of this id or identifier, or that it was merged into, instead.")
@script_option
@json_option
@click.pass_obj
def lookup_command(
    db: str | None,
    query: tuple[str, ...],
    limit: int,
    domain: str | None,
    name: str | None,
    script: str | None,
    *,
    approved: bool,
    as_json: bool,
) -> None:
    """Look a term up: Chinese in any script, pinyin (whole, initials, with tones) or English.

    \b
    Examples:
      yuqiao lookup 離境退稅
      yuqiao lookup ljts --json
    """
    text = " ".join(query) or name or ""
    if bool(query) == (name is not None):
        raise click.UsageError("Say what to look up, or which concept with --id.")
    tag = chosen_script(script)
    with Workspace.open(db) as workspace:
        if name is not None:
            concept = workspace.glossary.concept_named(name)
            found = [LookupMatch(concept, name, "preferred", "exact", 1.0)]
        else:
            found = workspace.glossary.lookup(text, limit=1000 if domain else limit, approved=approved)
    matches = [match for match in found if domain is None or match.concept.domain == domain][:limit]
    if as_json:
        emit_json({"query": text, "matches": [_json(match, tag) for match in matches]})
    elif matches:
        _print(matches, tag)
    else:
        note(f"Nothing found for {text!r}. Add it with: yuqiao add CHINESE ENGLISH")
    sys.exit(0 if matches else 1)


def _json(match: LookupMatch, script: str | None) -> dict[str, object]:
    concept = match.concept
    return {
        "id": concept.id,
        "zh": chinese_of(concept, script),
        "en": concept.texts("en"),
        "status": match.status,
        "state": concept.state,
        "domain": concept.domain,
        "match": match.kind,
        "score": match.score,
        "term": match.term_text,
        "deprecated": concept.deprecated_texts("zh") + concept.deprecated_texts("en"),
    }


def _print(matches: list[LookupMatch], script: str | None) -> None:
    rows = []
    for match in matches:
        concept = match.concept
        chinese = chinese_of(concept, script) or concept.deprecated_texts("zh")
        english = concept.texts("en")
        marks = [mark for mark in (match.status, concept.state) if mark not in ("preferred", "admitted", "approved")]
        rows.append(
            [
                str(concept.id),
                " / ".join(chinese[:2]),
                "; ".join(english[:3]),
                concept.domain,
                ", ".join([match.kind, *marks]),
            ]
        )
    emit_table(["id", "Chinese", "English", "domain", "match"], rows, shrink=2, right=[0])
    first = matches[0].concept
    if not sys.stdout.isatty() or matches[0].kind not in ("exact", "script", "pinyin", "inflection"):
        return
    for name, text in (("definition", first.definition), ("note", first.note), ("source", first.source)):
        if text:
            emit(styled(f"{name}: ", "dim") + text)
    deprecated = first.deprecated_texts("zh") + first.deprecated_texts("en")
    if deprecated:
        emit(styled("do not use: ", "yellow") + "; ".join(deprecated))
