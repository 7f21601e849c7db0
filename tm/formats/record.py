"""Entries given as named values: rows of tables and JSON objects."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lang.tags import language
from tm.formats.entries import Entry, ReadOptions
from tm.formats.pairing import Side, Tags, fields_of, guessed_tag, paired

# In the order in which they are written, after the texts and their languages.
WRITTEN_FIELDS: Final = ("domain", "origin", "author", "created", "changed", "state", "before", "after")


def entries_of(
    texts: Sequence[tuple[str, str]],
    values: Mapping[str, str],
    properties: Sequence[tuple[str, str]],
    *,
    line: int,
    tags: Tags,
    options: ReadOptions,
) -> Iterator[Entry]:
    """The units of an entry, or a Reject.

    `texts` are (language code, text); `values` has further fields by their names as in `fields.field_named`, among
    them `source` and `target` with `source_lang` and `target_lang`, of which a code wins over `options.languages`,
    and these over what the texts look like. With `texts` the codes say which of them is the source, and how exactly
    its language is known.
    """
    fields = fields_of(values, properties, options)
    written_source, written_target = values.get("source_lang", ""), values.get("target_lang", "")
    if texts:
        sides = [Side(tags.of(written), text.strip(), written) for written, text in texts]
        sides = [_as_exact_as(side, written_source, written_target, tags) for side in sides]
        source_tag = tags.of(written_source) if written_source else None
    else:
        codes = (written_source or options.languages[0], written_target or options.languages[1])
        both = (values.get("source", "").strip(), values.get("target", "").strip())
        sides = [Side(tags.of(code) if code else guessed_tag(text), text, code) for code, text in zip(codes, both, strict=True)]
        source_tag = sides[0].tag
    english_first = source_tag is not None and language(source_tag) == "en"
    yield from paired(sides, english_first=english_first, line=line, fields=fields)


def _as_exact_as(side: Side, written_source: str, written_target: str, tags: Tags) -> Side:
    """A side whose column says `zh` or `en` only, with the tag that the entry itself names for that language."""
    for written in (written_source, written_target):
        tag = tags.of(written) if written else None
        if tag and side.tag and len(side.tag) == 2 and language(tag) == language(side.tag):
            return Side(tag, side.text, written)
    return side
