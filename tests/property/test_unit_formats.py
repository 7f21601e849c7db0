"""What holds for the formats of unit files whatever the units, and whatever happened to a file."""

import io
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lang.errors import BadFileError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.parallel import read_parallel
from tm.formats.registry import format_named
from tm.unit import UNIT_STATES, Unit

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent.parent / "data" / "tm"
LONGEST_SECONDS = 5

_SPECIAL = "離境退税𠮷😀ＡＢ，。；：“”「」\"'<>&;,\t\n\r\\|[]{}%#= \u3000\u2028\x85\xa0ab1é"
# What XML and SQLite can hold: no controls but white space, no surrogates. A lone `zh` or `en` would not do as a side.
_storable = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff")
_text = (
    st.one_of(st.text(st.sampled_from(_SPECIAL), max_size=20), st.text(_storable, max_size=20))
    .map(str.strip)
    .filter(lambda text: bool(text) and not re.search("[\ufdd0-\ufdef]|\\ufffe|\\uffff", text))
)
_short = st.one_of(st.just(""), _text)
_time = st.datetimes(allow_imaginary=False).map(lambda moment: moment.replace(microsecond=0).isoformat() + "+00:00")
_chinese = st.tuples(_text, st.sampled_from(["zh-Hans", "zh-Hant", "zh-Hant-HK", "zh-Hant-TW", "zh-Hant-MO", "zh-Hans-SG"]))
_english = st.tuples(_text, st.sampled_from(["en", "en-GB", "en-US"]))
_pairs = st.one_of(st.tuples(_chinese, _english), st.tuples(_english, _chinese))


@st.composite
def _units(draw: st.DrawFn) -> Unit:
    (source, source_lang), (target, target_lang) = draw(_pairs)
    return Unit(
        source,
        target,
        source_lang,
        target_lang,
        origin=draw(_short),
        domain=draw(_short),
        author=draw(_short),
        created=draw(st.one_of(st.just(""), _time)),
        changed=draw(st.one_of(st.just(""), _time)),
        state=draw(st.sampled_from(UNIT_STATES)),
        # TMX does not say which language a context is in, so that it is told by its characters.
        before=draw(st.sampled_from(["", "上一句 <b>" if source_lang.startswith("zh") else "before & <b>"])),
        after=draw(st.sampled_from(["", "下一句" if source_lang.startswith("zh") else 'after "x"'])),
        properties=tuple(draw(st.lists(st.tuples(st.sampled_from(["note", "client", "x-a b"]), _text), max_size=3, unique=True))),
    )


def _read(name: str, data: bytes, options: ReadOptions | None = None) -> list[Entry]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "units"
        path.write_bytes(data)
        return list(format_named(name).read(path, options or ReadOptions()))


@pytest.mark.parametrize("name", ["tmx", "csv", "tsv", "jsonl"])
@given(st.lists(_units(), max_size=4))
@example([Unit("a", '"', "en", "zh-Hans"), Unit("-", '"a\r"b', "zh-Hans", "en", before="上")])
def test_written_units_are_read_as_they_were(name: str, units: list[Unit]) -> None:
    file = io.BytesIO()
    assert format_named(name).write(units, file) == len(units)
    found = _read(name, file.getvalue())
    if name == "tmx":
        # Properties that are attributes or notes in TMX come in its order.
        assert [Counter(unit.properties) for unit in found if isinstance(unit, Unit)] == [Counter(u.properties) for u in units]
    assert [_plain(entry, name) for entry in found] == [_plain(unit, name) for unit in units]


def _plain(entry: Entry, name: str) -> object:
    if isinstance(entry, Reject):
        return entry
    texts = (entry.source, entry.target, entry.source_lang, entry.target_lang)
    about = (entry.origin, entry.domain, entry.author, entry.created, entry.changed, entry.state, entry.before, entry.after)
    return (*texts, *about, () if name == "tmx" else entry.properties)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6))
def test_lines_of_parallel_text_pair_or_are_rejected(pairs: list[tuple[str, str]]) -> None:
    lines = [tuple(re.sub("[\r\n\0]", "", text).lstrip("\ufeff") for text in pair) for pair in pairs]
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder) / "zh", Path(folder) / "en"
        for path, side in zip(paths, (0, 1), strict=True):
            path.write_text("".join(f"{pair[side]}\n" for pair in lines), encoding="utf-8", newline="")
        try:
            found = list(read_parallel(*paths, ReadOptions(encoding="utf-8", languages=("zh-Hans", "en"))))
        except BadFileError as error:
            assert "lines, but" in error.message or "no Chinese" in error.message  # noqa: PT017 - one of two outcomes
            return
    whole = [tuple(text.strip() for text in pair) for pair in lines]
    assert [(e.source, e.target) for e in found if isinstance(e, Unit)] == [pair for pair in whole if all(pair)]


@given(
    st.sampled_from(["csv", "tsv", "jsonl", "po", "tmx", "xliff", "xlsx"]),
    st.one_of(st.binary(max_size=200), st.text(max_size=200)),
)
def test_any_bytes_are_entries_or_refused(name: str, data: bytes | str) -> None:
    _ends_well(name, data if isinstance(data, bytes) else data.encode("utf-8", "replace"))


_BITS = st.sampled_from(
    [
        "zh",
        "en",
        ",",
        "\t",
        '"',
        "\n",
        "\r\n",
        "一二",
        "one",
        ";",
        "\\",
        "source",
        "target",
        "{",
        "}",
        ":",
        "[",
        "msgid ",
        "msgstr ",
        "#",
        "~",
    ]
)


@given(st.sampled_from(["csv", "tsv", "jsonl", "po"]), st.lists(_BITS, max_size=40).map("".join))
def test_any_pieces_of_text_formats_are_entries_or_refused(name: str, text: str) -> None:
    _ends_well(name, text.encode())


def _ends_well(name: str, data: bytes) -> str:
    """Read damaged bytes: entries and rejects, or BadFileError, in good time; anything else is raised."""
    began = time.perf_counter()
    try:
        entries = _read(name, data)
    except BadFileError as error:
        assert error.reason  # noqa: PT017 - one of two outcomes
        outcome = "refused"
    else:
        for entry in entries:
            if isinstance(entry, Reject):
                assert entry.reason
            else:
                assert entry.source
                assert entry.target
                assert "\0" not in entry.source + entry.target
                (entry.source + entry.target + repr(entry.properties)).encode()
        outcome = "rejects" if any(isinstance(entry, Reject) for entry in entries) else "units" if entries else "nothing"
    assert time.perf_counter() - began < LONGEST_SECONDS
    return outcome


_TAG = re.compile(rb"<[^<>]*>")
_XLIFF_1 = (
    b'<?xml version="1.0"?><xliff version="1.2"><file source-language="en" target-language="zh"><body>%s</body></file></xliff>'
)
_XLIFF_2 = b'<?xml version="1.0"?><xliff version="2.1" srcLang="en" trgLang="zh"><file id="f">%s</file></xliff>'
_BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(12)
)
_INSERTS = (
    *(b"&#0;", b"&#x1f;", b"&#xD800;", b"&#55357;&#56832;", b"&nbsp;", b"&n;", b"&", b"<", b">", b"]]>", b"<![CDATA["),
    *(b"<!--", b"-->", b"<?x", b'"', b"'", b"\x00", b"\xff", b"\xef\xbf\xbf", b"\xed\xa0\x80", b"\xf0\x9f", b"\x0b" * 50),
    *(b"<tu>", b"</tu>", b"<seg>", b"</seg>", b"<hi>" * 500, b"<mrk mtype='seg'>", b"<ph/>", b"<x id='1'/>", b" "),
    *(b" xml:lang='fr'", b" xmlns='u'", b" xmlns:xml='u'", b"<!ENTITY n 'm'>", b"<!DOCTYPE tmx SYSTEM 'http://localhost:1/x'>"),
)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(max(1, len(data)))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _overtype(data: bytes, chance: random.Random) -> bytes:
    """A letter of ASCII instead of another, in texts, names or attributes."""
    letters = [found.start() for found in re.finditer(rb"[A-Za-z0-9]", data)]
    at = chance.choice(letters) if letters else 0
    return data[:at] + bytes([chance.choice(b"abcxyz019")]) + data[at + 1 :]


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without_tag(data: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    tag = chance.choice(tags) if tags else None
    return data[: tag.start()] + data[tag.end() :] if tag else data


def _without_element(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"<(seg|tuv|target|source|segment|mrk)\b[^<>]*>.*?</\1>", data, re.DOTALL))
    gone = chance.choice(found) if found else None
    return data[: gone.start()] + data[gone.end() :] if gone else data


def _with_insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_INSERTS) + data[at:]


def _with_insert_in_text(data: bytes, chance: random.Random) -> bytes:
    ends = [found.start() for found in re.finditer(rb"</(?:seg|source|target)>", data)]
    at = chance.choice(ends) if ends else 0
    return data[:at] + chance.choice(_INSERTS) + data[at:]


def _without_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randint(1, 300) :]


def _repeated_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randint(1, 300))
    return data[:end] + data[at:end] + data[end:]


def _swapped_tags(data: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    one, other = sorted(chance.sample(tags, 2), key=re.Match.start)
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


def _bombed(data: bytes, chance: random.Random) -> bytes:
    start = data.find(b"?>") + 2
    return data[:start] + _BOMB + data[start:].replace(b"<seg>", b"<seg>&n;", 1) if start > 1 else _BOMB + data


def _recoded(data: bytes, chance: random.Random) -> bytes:
    encodings = ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig", "utf-32"]
    return data.decode("utf-8", "replace").encode(chance.choice(encodings))


def _declared_otherwise(data: bytes, chance: random.Random) -> bytes:
    """A file that says it is in an encoding it is not in, or in none there is."""
    names = [b"utf-16", b"gb2312", b"big5", b"us-ascii", b"idna", b"utf-7", b"unicode_escape", b"rot13", b"latin-1", b"x" * 60]
    start = data.find(b"?>") + 2
    return b'<?xml version="1.0" encoding="%s"?>' % chance.choice(names) + (data[start:] if start > 1 else data)


def _fetching(data: bytes, chance: random.Random) -> bytes:
    """A document type, entities or an inclusion from elsewhere."""
    address = chance.choice([b"file:///etc/passwd", b"http://127.0.0.1:9/x.dtd", b"/dev/zero"])
    start = data.find(b"?>") + 2 if b"?>" in data else 0
    declared = chance.choice(
        [
            b"<!DOCTYPE x [<!ENTITY e SYSTEM '%s'>]>",
            b"<!DOCTYPE x [<!ENTITY %% e SYSTEM '%s'> %%e;]>",
            b"<!DOCTYPE x SYSTEM '%s'>",
        ]
    )
    included = b"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' parse='text' href='%s'/></" % address
    text = chance.choice([data[start:].replace(b"</", b"&e;</", 1), data[start:].replace(b"</", included, 1)])
    return data[:start] + declared % address + text


def _monstrous(data: bytes, chance: random.Random) -> bytes:
    """An element with an attribute of a megabyte, with very many attributes, or within very many others."""
    tags = list(re.finditer(rb"<[a-z][a-z-]*(?=[ >])", data))
    if not tags:
        return data
    at = chance.choice(tags).end()
    kind = chance.randrange(3)
    if kind == 2:
        text = data.find(b">", at) + 1
        return data[:text] + b"<hi>" * 5_000 + data[text:].replace(b"</", b"</hi>" * 5_000 + b"</", 1)
    made = b' a="' + b"x" * 1_000_000 + b'"' if kind else b"".join(b' a%d="1"' % number for number in range(20_000))
    return data[:at] + made + data[at:]


_DAMAGES = (
    *(_declared_otherwise, _fetching, _monstrous),
    *(_flip, _overtype, _overtype, _cut_off, _without_tag, _without_element, _without_element, _with_insert),
    *(_with_insert_in_text, _with_insert_in_text, _without_piece, _repeated_piece, _swapped_tags, _bombed, _recoded),
)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with one to three of the damages that files suffer or attackers do."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(_DAMAGES)(data, chance)
    return data


@pytest.fixture(scope="module")
def victims(shared_data: Callable[[str], Path]) -> list[tuple[str, bytes]]:
    """Pieces of a real memory, files of other tools' kinds, and a real memory as XLIFF of both versions."""
    real = shared_data("tico19/all.en-zh.tmx").read_bytes()
    head, body = real.split(b"<tu ", 1)
    tus = body.split(b"<tu ")
    found = [("tmx", b"<tu ".join([head, *tus[start : start + 12]]) + b"</body></tmx>") for start in range(0, 300, 12)]
    kinds = {".tmx": "tmx", ".xlf": "xliff", ".sdlxliff": "xliff"}
    found += [(kinds[path.suffix], path.read_bytes()) for path in sorted(DATA.iterdir()) if path.suffix in kinds] * 3
    segments = re.findall(rb"<seg>(.*?)</seg>", b"".join(tus[:200]), re.DOTALL)
    for start in range(0, 200, 20):
        pairs = [tuple(segments[index : index + 2]) for index in range(start, start + 20, 2)]
        one = b"".join(b'<trans-unit id="1"><source>%s</source><target>%s</target></trans-unit>\n' % pair for pair in pairs)
        two = b"".join(
            b'<unit id="1"><segment><source>%s</source><target>%s</target></segment></unit>\n' % pair for pair in pairs
        )
        found += [("xliff", _XLIFF_1 % one), ("xliff", _XLIFF_2 % two)]
    for name, data in found:
        assert _ends_well(name, data) in ("units", "rejects")
    return found


def _fuzz(victims: list[tuple[str, bytes]], seed: int, count: int) -> Counter[str]:
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        name, data = chance.choice(victims)
        damaged = _mutated(data, chance)
        try:
            outcomes[_ends_well(name, damaged)] += 1
        except Exception as error:
            error.add_note(f"mutation {number} of seed {seed}: {damaged[:300]!r}")
            raise
    return outcomes


@pytest.mark.slow
def test_2000_damaged_files_are_read_rejected_or_refused(victims: list[tuple[str, bytes]]) -> None:
    outcomes = _fuzz(victims, seed=20_250_102, count=2_000)
    # The damages are of every severity: not all files are refused, and not all pass.
    assert min(outcomes["refused"], outcomes["units"], outcomes["rejects"]) > 50


@pytest.mark.slow
def test_10000_damaged_files_are_read_rejected_or_refused(victims: list[tuple[str, bytes]]) -> None:
    outcomes = _fuzz(victims, seed=3, count=10_000)
    assert sum(outcomes.values()) == 10_000
