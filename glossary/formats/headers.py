"""What the headers of tables mean: fields of a concept, terms of a language with a status, or a field of those terms."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from glossary.concept import Status, status_of
from glossary.formats.entries import ReadOptions, header_key
from lang.errors import BadFileError, UnsupportedError
from lang.languages import tag_of_name

TermField = Literal["part_of_speech", "pinyin", "note", "context", "source"]

_FIELDS: Final = {
    **dict.fromkeys(("id", "key", "stringid", "string id", "concept id", "conceptid", "entry id", "编号", "編號"), "id"),
    **dict.fromkeys(("domain", "subject", "subject field", "subjectfield", "category", "topic", "领域", "領域"), "domain"),
    **dict.fromkeys(("definition", "description", "explanation", "定义", "定義", "释义", "釋義", "解释"), "definition"),
    **dict.fromkeys(("note", "notes", "comment", "comments", "remark", "remarks", "备注", "備註", "说明", "說明"), "note"),
    **dict.fromkeys(("source", "reference", "来源", "來源", "出处", "出處"), "source"),
    **dict.fromkeys(("pos", "part of speech", "partofspeech", "词性", "詞性"), "part_of_speech"),
    **dict.fromkeys(("pinyin", "拼音"), "pinyin"),
    **dict.fromkeys(("context", "example", "例句", "语境", "語境"), "context"),
    "state": "state",
    "status": "status",
    "sourcelang": "source_lang",
    "targetlang": "target_lang",
    "source lang": "source_lang",
    "target lang": "target_lang",
    "source language": "source_lang",
    "target language": "target_lang",
    "sourcestring": "source_text",
    "targetstring": "target_text",
    "source term": "source_text",
    "target term": "target_text",
}
_TERM_FIELDS: Final[dict[str, TermField | Literal["definition"]]] = {
    **dict.fromkeys(("part of speech", "pos", "词性", "詞性"), "part_of_speech"),
    **dict.fromkeys(("pinyin", "拼音"), "pinyin"),
    **dict.fromkeys(("note", "notes", "comment", "remark", "remarks", "备注", "備註"), "note"),
    **dict.fromkeys(("context", "example", "usage", "例句", "语境", "語境"), "context"),
    **dict.fromkeys(("source", "reference", "来源", "來源", "出处", "出處"), "source"),
    **dict.fromkeys(("definition", "def", "description", "定义", "定義", "释义", "釋義"), "definition"),
}
_STATUS_WORDS: Final[dict[str, Status]] = {
    **dict.fromkeys(
        ("synonym", "synonyms", "alternative", "alternatives", "variant", "variants", "alt", "同义词", "同義詞"), "admitted"
    ),
    **dict.fromkeys(
        ("abbreviation", "abbr", "abbreviated", "acronym", "short", "别名", "別名", "缩写", "縮寫", "简称", "簡稱"), "admitted"
    ),
    **dict.fromkeys(("forbidden", "deprecated", "avoid", "wrong", "banned", "禁用", "误译", "誤譯"), "deprecated"),
    **dict.fromkeys(("preferred", "main", "首选", "首選"), "preferred"),
}
_EMPTY_WORDS: Final = frozenset(
    "term terms name names form word column text 术语 術語 名称 名稱 词条 詞條 词 詞 译名 譯名 translation 译文".split()
)
_HAN_WORDS: Final = sorted(
    (word for word in (*_TERM_FIELDS, *_STATUS_WORDS, *_EMPTY_WORDS) if not word.isascii()), key=len, reverse=True
)
_BRACKETS: Final = re.compile(r"[()\[\]（）【】:：/]+")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a concept's field, or terms of a tag with a status, or a field of these terms."""

    field: str = ""
    tag: str = ""
    written: str = ""
    status: Status | None = None
    term_field: str = ""

    @property
    def taken_for(self) -> str:
        """In words, for the report."""
        return self.field or " ".join(filter(None, (self.tag, self.status, self.term_field.replace("_", " "))))


def column_of(header: str, options: ReadOptions | None = None) -> Column | None:
    """What a header says its column holds; None where it is none of what a concept has, or the user wants it left out."""
    name = header.strip().lstrip("\ufeff").strip()
    mapped = options.mapping.get(header_key(name)) if options else None
    if mapped == "":
        return None
    plain = header_key(mapped or name)
    if plain in _FIELDS:
        return Column(field=_FIELDS[plain])
    if plain in ("source text", "target text"):
        return Column(field=plain.replace(" ", "_"))
    column = _language_column(mapped or name, name)
    if mapped and column is None:
        raise UnsupportedError(f"{name!r} cannot be {mapped!r}.", "Give a language tag (zh-Hans, en) or a field (domain, note).")
    return column


def _language_column(said: str, written: str) -> Column | None:
    """A column of terms or of a field of theirs: a language's name, with words for status, field and number around it."""
    tag = tag_of_name(said)
    words = _BRACKETS.sub(" ", said.replace("_", " ")).split()
    words = [part for word in words for part in _split_han(word)]
    status: Status | None = None
    term_field = ""
    rest: list[str] = []
    for word in words:
        low = word.lower()
        if found := _STATUS_WORDS.get(low) or status_of(low):
            status = found
        elif low in _EMPTY_WORDS:
            continue
        elif low.isdigit():
            status = status or ("admitted" if int(low) > 1 else None)
        else:
            rest.append(word)
    low_rest = " ".join(rest).lower()
    for name, value in _TERM_FIELDS.items():
        if low_rest.endswith(f" {name}") or low_rest.startswith(f"{name} ") or (not name.isascii() and name in rest):
            term_field = value
            rest = low_rest.replace(name, " ", 1).split()
            break
    if rest != words:
        tag = tag_of_name(" ".join(rest)) if rest else None
        spelled = " ".join(rest)
    else:
        spelled = written
    return Column(tag=tag, written=spelled, status=status, term_field=term_field) if tag else None


def _split_han(word: str) -> list[str]:
    """A Chinese header in its words: 英文同义词 -> 英文 同义词."""
    for part in _HAN_WORDS:
        before, found, after = word.partition(part)
        if found and len(word) > len(part):
            return [*(_split_han(before) if before else ()), part, *(_split_han(after) if after else ())]
    return [word]


def holds_terms(columns: list[Column | None]) -> bool:
    """Whether columns hold both languages, or terms whose languages stand in columns of their own."""
    fields = {column.field for column in columns if column}
    codes = {column.tag[:2] for column in columns if column and column.tag and not column.term_field}
    return {"source_text", "target_text"} <= fields or {"zh", "en"} <= codes


def columns_of(headers: list[str], options: ReadOptions) -> list[Column | None]:
    """What the columns of a table hold; see column_of."""
    return [column_of(header, options) for header in headers]


def no_columns(path: str, headers: list[str], *, given: bool) -> BadFileError:
    """The error for a table in which the columns of terms cannot be told."""
    seen = ", ".join(repr(header.strip()[:20]) for header in headers[:8])
    return BadFileError(
        path,
        0 if given else 1,
        f"the header names no column of Chinese and one of English (it has {seen})",
        "Name them in the first line (zh,en), with --columns zh,en or with --map 'Term=zh'.",
    )
