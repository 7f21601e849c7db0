"""Options and forms that several commands share."""

import os
from typing import Any

import click

from glossary.concept import Concept
from lang.errors import SettingsError

SCRIPTS = {"mainland": "zh-Hans", "hk": "zh-Hant-HK", "tw": "zh-Hant-TW"}

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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
