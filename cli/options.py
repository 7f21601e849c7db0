"""Options and forms that several commands share."""

import os
from typing import Any

import click

from glossary.concept import Concept
from lang.errors import SettingsError, UnsupportedError

SCRIPTS = {"mainland": "zh-Hans", "hk": "zh-Hant-HK", "tw": "zh-Hant-TW"}

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
where_option = click.option(
    "--where", metavar="QUERY", help='All concepts that a query chooses: "domain=finance state=proposed text~退稅".'
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Only list what would change.")
script_option = click.option(
    "--script",
    type=click.Choice(list(SCRIPTS)),
    help="Show Chinese as the mainland, Hong Kong or Taiwan writes it; else YUQIAO_SCRIPT.",
)


def chosen_script(given: str | None) -> str | None:
    """The tag of the script to show Chinese in: as given, else YUQIAO_SCRIPT, else None (as stored)."""
    name = given or os.environ.get("YUQIAO_SCRIPT")
    if not name:
        return None
    if name not in SCRIPTS:
        raise SettingsError(f"YUQIAO_SCRIPT is {name!r}.", f"Set it to one of {', '.join(SCRIPTS)}.")
    return SCRIPTS[name]


def chinese_of(concept: Concept, script: str | None) -> list[str]:
    """A concept's Chinese, preferred first: as stored, or in one script (its own forms of it, else converted ones)."""
    if script is None:
        return concept.texts("zh")
    own = [term.text for term in concept.of_language("zh") if term.lang == script]
    if own:
        return list(dict.fromkeys(own))
    from lang.conversion import convert

    return list(dict.fromkeys(convert(text, script) for text in concept.texts("zh")))


def concept_json(concept: Concept) -> dict[str, Any]:
    """A concept for JSON, whole."""
    return {
        "id": concept.id,
        "zh": concept.texts("zh"),
        "en": concept.texts("en"),
        "deprecated": concept.deprecated_texts("zh") + concept.deprecated_texts("en"),
        "state": concept.state,
        "domain": concept.domain,
        "definition": concept.definition,
        "note": concept.note,
        "source": concept.source,
        "terms": concept.to_dict()["terms"],
    }


def renderings(text: str) -> list[str]:
    """Several renderings in one argument, parted by semicolons."""
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]


def label_of(concept: Concept) -> str:
    """A concept in one line with its id: 2192: 離境退稅 / 离境退税 = departure tax refund; tax refund."""
    chinese, english = concept.texts("zh"), concept.texts("en")
    return f"{concept.id}: {' / '.join(chinese[:2])} = {'; '.join(english)}"


def concept_lines(concept: Concept | None) -> list[str]:
    """A concept as lines of which those that changed can be shown: its terms, then its fields; none for None."""
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


def engine_options_of(given: tuple[str, ...]) -> dict[str, str]:
    """The settings of an engine, given as NAME=VALUE each; UnsupportedError for one without a value."""
    options: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise UnsupportedError(f"--engine-option {one} has no value.", "Write it as name=value.")
        options[name] = value
    return options
