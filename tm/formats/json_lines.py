"""JSON Lines: an object a line, with source, target, source_lang, target_lang and the unit's fields, or a key a language."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from lang.decoding import head_text, lines
from lang.errors import BadFileError
from lang.tags import normalise_tag
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.fields import field_named
from tm.formats.pairing import Tags
from tm.formats.record import WRITTEN_FIELDS, entries_of
from tm.unit import Unit

_BATCH: Final = 1_000
# After so many lines without one object a file is taken for something else.
_HOPELESS: Final = 20


class JsonLines:
    """JSON Lines."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, or by a first line that is an object (or the beginning of one)."""
        if path.suffix.lower() in self.suffixes:
            return True
        text = head_text(head).lstrip()
        return text.startswith("{") and '"' in text[:20] and ":" in text[:400]

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The objects as units; lines that are no object of a pair are rejected. BadFileError where the first 20 are none."""
        tags = Tags(options)
        bad = 0
        for number, line in enumerate(lines(path, options.encoding), start=1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError) as error:
                found, reason = None, f"not JSON: {error}"[:120]
            else:
                reason = "not a JSON object"
            if isinstance(found, dict):
                bad = -1
                yield from _entries(found, number, tags, options)
                continue
            bad += bad >= 0
            if bad == _HOPELESS:
                raise BadFileError(str(path), number, f"not JSON Lines: {reason}", "Check --format.")
            yield Reject(number, reason)

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:
        """One object a unit, in UTF-8, without fields that are empty."""
        remaining = iter(units)
        count = 0
        while batch := list(islice(remaining, _BATCH)):
            # What cannot be encoded, half a surrogate pair, is thereby written as JSON escapes it.
            file.write("".join(f"{_object(unit)}\n" for unit in batch).encode("utf-8", "backslashreplace"))
            count += len(batch)
        return count


def _object(unit: Unit) -> str:
    made: dict[str, object] = {
        "source": unit.source,
        "target": unit.target,
        "source_lang": unit.source_lang,
        "target_lang": unit.target_lang,
    }
    made |= {name: value for name in WRITTEN_FIELDS if (value := getattr(unit, name))}
    if unit.properties:
        made["properties"] = unit.properties
    return json.dumps(made, ensure_ascii=False)


def _entries(found: dict[str, object], line: int, tags: Tags, options: ReadOptions) -> Iterator[Entry]:
    values: dict[str, str] = {}
    texts: list[tuple[str, str]] = []
    properties: list[tuple[str, str]] = []
    for key, value in found.items():
        if isinstance(value, dict) and key == "translation":
            # As many corpora have it: {"translation": {"zh": ..., "en": ...}}.
            texts.extend((name, text) for name, text in value.items() if isinstance(text, str))
            continue
        name = field_named(key)
        if name == "properties":
            properties.extend(_properties(value))
        elif not isinstance(value, str):
            if name in ("source", "target") or (value is not None and normalise_tag(key)):
                yield Reject(line, f"{key!r} is no text"[:120])
                return
            if value is not None:
                properties.append((key, json.dumps(value, ensure_ascii=False)))
        elif name:
            values[name] = value.strip()
        elif normalise_tag(key):
            texts.append((key, value))
        elif value.strip():
            properties.append((key, value.strip()))
    if "source" in values and "target" in values:
        properties.extend(texts)
        texts = []
    yield from entries_of(texts, values, properties, line=line, tags=tags, options=options)


def _properties(value: object) -> Iterator[tuple[str, str]]:
    pairs = value.items() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for pair in pairs:
        if isinstance(pair, list | tuple) and len(pair) == 2:
            name, text = pair
            yield str(name), text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
