"""Term files that something happened to: read as far as they go with all of it told, or refused; never half imported."""

import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.concept import Concept, Property, Term
from glossary.formats.registry import format_named
from glossary.importing import plan_import
from lang.errors import YuqiaoError
from workspace.workspace import Workspace

CheckSound = Callable[[Workspace], None]
Damage = Callable[[bytes, random.Random], bytes]

HELD = [
    Concept(
        (Term("離境退稅", "zh-Hant-HK"), Term("离境退税", "zh-Hans"), Term("departure tax refund", "en", note="n", context="c")),
        domain="tax",
        definition="Refund; of tax",
        note='a "note"\nof two lines',
        key="c1",
        properties=(Property("transactionType", "origination", "transac", parts=(Property("date", "2026-01-01", "date"),)),),
    ),
    Concept((Term("夜市", "zh-Hans"), Term("night market", "en"), Term("=night", "en", "deprecated")), state="proposed"),
    Concept((Term("5G网络", "zh-Hans"), Term("5G network", "en-GB"), Term("réseau 5G", "fr")), key="7"),
]
NAMES = ("xlsx", "csv", "tsv", "utx", "jsonl", "memoq", "multiterm", "skos", "omegat", "deepl", "deepl-csv")
INSERTS = (
    *(
        b"\x00",
        b"\xff",
        b'"',
        b"'",
        b"\\",
        b"\t" * 3,
        b",,",
        b";",
        b"\n",
        b"\r",
        b"#",
        b"=",
        b"{",
        b"}",
        b"[" * 400,
        b"]",
        b"@",
        b"<",
    ),
    *(
        b"\xef\xbb\xbf",
        "　".encode(),
        "𠮷".encode(),
        b"&n;",
        b"</mtf>",
        b'"terms": 3,',
        b"\\ud800",
        b"1e999",
        b"-",
        b'"""',
        b"<urn:x> a",
    ),
    *(
        b"<!DOCTYPE mtf [<!ENTITY n 'm'>]>",
        b"999999999999999999999",
        b"@prefix : <x> .",
        b"null",
        b"nan",
        b'r="A1048577"',
        b"x" * 9_000,
    ),
)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(INSERTS) + data[at:]


def _without_piece(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[min(end, start + 40) :]


def _repeated_piece(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 60)]
    return data[:start] + piece * chance.randrange(2, 30) + data[start:]


def _other_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-be", "utf-32", "gb18030", "big5hkscs", "cp1252"]), "replace")


DAMAGES: tuple[Damage, ...] = (_flip, _cut_off, _insert, _without_piece, _repeated_piece, _other_encoding)


def _within_workbook(data: bytes, chance: random.Random) -> bytes:
    """One part of a workbook damaged or missing, the archive around it sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    if chance.random() < 0.15:
        del parts[name]
    else:
        parts[name] = chance.choice(DAMAGES)(parts[name], chance)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()


def _sources() -> dict[str, bytes]:
    sources = {}
    for name in NAMES:
        file = io.BytesIO()
        format_named(name).write(HELD, file)
        sources[name] = file.getvalue()
    return sources


def _ends_well(workspace: Workspace, path: Path, name: str | None, *, write: bool) -> str:
    """Import a damaged file: what could be read with the rest told, or a refusal that says why and changes nothing."""
    before = workspace.glossary.store.changes(1)
    try:
        if write:
            reports = workspace.glossary.import_files([path], format_name=name)
        else:
            reports = plan_import(workspace.term_store, [path], format_name=name).reports
    except YuqiaoError as error:
        assert error.message  # noqa: PT017 - one of two outcomes
        assert workspace.glossary.store.changes(1) == before
        return "refused"
    (report,) = reports
    assert report.read == report.added + report.updated + report.skipped + report.rejected
    assert all(reject.reason for reject in report.rejects)
    return "told" if report.rejects else "read"


def _run(workspace: Workspace, folder: Path, count: int) -> Counter[str]:
    chance = random.Random(20261126)
    sources = _sources()
    outcomes: Counter[str] = Counter()
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        data = sources[name]
        if name == "xlsx" and chance.random() < 0.7:
            data = _within_workbook(data, chance)
        else:
            for damage in chance.sample(DAMAGES, chance.choice((1, 1, 2))):
                data = damage(data, chance) if data else data
        path = folder / f"damaged.{chance.choice(['txt', 'csv', name])}"
        path.write_bytes(data)
        try:
            outcomes[_ends_well(workspace, path, name if chance.random() < 0.7 else None, write=number % 8 == 0)] += 1
        except Exception as error:
            raise AssertionError(f"file {number} ({name}): {data[:300]!r} ...") from error
    return outcomes


def test_damaged_files_are_told_or_refused(empty_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
    outcomes = _run(empty_workspace, tmp_path, 110)
    assert set(outcomes) == {"read", "told", "refused"}
    check_sound(empty_workspace)


@pytest.mark.slow
def test_very_many_damaged_files_are_told_or_refused(empty_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
    outcomes = _run(empty_workspace, tmp_path, 2_200)
    assert set(outcomes) == {"read", "told", "refused"}
    check_sound(empty_workspace)


@pytest.mark.parametrize("name", NAMES)
def test_files_that_hold_nothing_are_refused_or_empty(empty_workspace: Workspace, tmp_path: Path, name: str) -> None:
    for data in (b"", b"\n", b"\xef\xbb\xbf", b"#", b" " * 100, b"PK\x03\x04", b"{}", b"<mtf/>"):
        path = tmp_path / "nothing"
        path.write_bytes(data)
        _ends_well(empty_workspace, path, name, write=True)
    assert list(empty_workspace.glossary.concepts()) == []
