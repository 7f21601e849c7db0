"""What the XLIFF 1.2 of other tools has of its own: Trados (sdlxliff), memoQ (mqxliff), Phrase, once Memsource (mxliff)."""

import re
from typing import Final

from lxml import etree

from tm.documents.xml_parts import local_name

PHRASE: Final = "http://www.memsource.com/mxlf/2.0"
PHRASE_CODE: Final = re.compile(r"\{(?:(?P<open>\d+|[biu^_]+)>|(?P<alone>\d+)\})|<(?P<close>\d+|[biu^_]+)\}")
"""Phrase writes inline codes as text: {1}, and {b> ... <b} in pairs."""

_MEMOQ: Final = "MQXliff"
_MEMOQ_STATUS: Final = f"{{{_MEMOQ}}}status"
_YES: Final = frozenset(("true", "locked"))


def is_locked(unit: etree._Element, mid: str | None) -> bool:
    """Whether a segment is closed to changes: `mid` names it in units that hold several."""
    definition = _definition(unit, mid)
    if definition is not None:
        return definition.get("locked") in _YES
    return unit.get(f"{{{_MEMOQ}}}locked") in _YES or unit.get(f"{{{PHRASE}}}locked") in _YES


def own_state(unit: etree._Element, mid: str | None) -> str:
    """What the tool itself says of a segment: ApprovedTranslation, ManuallyConfirmed ...; empty where it says nothing."""
    definition = _definition(unit, mid)
    if definition is not None:
        return str(definition.get("conf", ""))
    confirmed = {"0": "draft", "1": "translated"}.get(str(unit.get(f"{{{PHRASE}}}confirmed", "")), "")
    return str(unit.get(_MEMOQ_STATUS, "")) or confirmed


def set_own_state(unit: etree._Element, mid: str | None, *, unsure: bool) -> None:
    """Say in the tool's own words that a segment was filled from a memory, where it has a place for that."""
    definition = _definition(unit, mid)
    if definition is not None:
        definition.set("conf", "Draft" if unsure else "Translated")
        definition.set("origin", "tm")
        for outdated in ("origin-system", "percent", "struct-match", "text-match"):
            definition.attrib.pop(outdated, "")
    if unit.get(_MEMOQ_STATUS):
        unit.set(_MEMOQ_STATUS, "PartiallyEdited" if unsure else "Pretranslated")


def _definition(unit: etree._Element, mid: str | None) -> etree._Element | None:
    """What Trados says of a segment, apart from its text."""
    definitions = next((child for child in unit if local_name(child) == "seg-defs"), None)
    if mid is None or definitions is None:
        return None
    return next((child for child in definitions if local_name(child) == "seg" and child.get("id") == mid), None)
