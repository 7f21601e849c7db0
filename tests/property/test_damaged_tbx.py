"""TBX files that something happened to: read as far as they go with all of it told, or refused; never half imported."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.importing import plan_import
from lang.errors import BadFileError, YuqiaoError
from workspace.workspace import Workspace

SharedData = Callable[[str], Path]
CheckSound = Callable[[Workspace], None]
Damage = Callable[[bytes, random.Random], bytes]
LONGEST_SECONDS = 10

_SMALL = """<?xml version="1.0" encoding="utf-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Terms</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
<conceptEntry id="c1"><descrip type="subjectField">tax</descrip><langSec xml:lang="zh-HK"><termSec><term>離境退稅</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec><langSec xml:lang="en">
<descripGrp><descrip type="definition">Refund of tax</descrip><admin type="source">x</admin></descripGrp>
<termSec><term>departure tax refund</term><note>n</note></termSec></langSec></conceptEntry>
<conceptEntry id="c2"><transacGrp><transac type="transactionType">origination</transac><date>2026-01-01</date>
<transacNote type="responsibility" target="p1">A</transacNote></transacGrp><langSec xml:lang="es"><termSec><term>impuesto</term>
</termSec></langSec></conceptEntry>
</body><back><refObjectSec type="respPerson">
<refObject id="p1"><item type="fn">A B</item></refObject></refObjectSec></back></text></tbx>
""".encode()
_TAG = re.compile(rb"<[^<>]*>")
_BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(12)
)
_INSERTS = (
    *(b"&#0;", b"&#xD800;", b"&nbsp;", b"&n;", b"&", b"<", b">", b"]]>", b"<![CDATA[", b"<!--", b"-->", b'"', b"\x00", b"\xff"),
    *(
        b"<conceptEntry>",
        b"</conceptEntry>",
        b"<langSec>",
        b"</termSec>",
        b"<term>",
        b"<descripGrp>" * 300,
        b"<hi>" * 300,
        b"</x>",
    ),
    *(b" xml:lang='fr'", b" xmlns='u'", b" type=''", b" target=' '", b"<!ENTITY n 'm'>", b"<note/>", b"<termNote>x</termNote>"),
)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(_INSERTS) + data[at:]


def _without_tag(data: bytes, chance: random.Random) -> bytes:
    tag = chance.choice(list(_TAG.finditer(data)) or [re.match(b"", data)])
    assert tag is not None
    return data[: tag.start()] + data[tag.end() :]


def _swap_tags(data: bytes, chance: random.Random) -> bytes:
    """Two elements' names exchanged in the whole of a part of the file, so that it stays well-formed more often than not."""
    names = sorted({found[1] for found in re.finditer(rb"<([A-Za-z]+)", data)})
    if len(names) < 2:
        return data
    one, other = chance.sample(names, 2)
    swap = {one: other, other: one}
    return re.sub(rb"(</?)(%s|%s)\b" % (one, other), lambda found: found[1] + swap[found[2]], data)


def _without_attribute(data: bytes, chance: random.Random) -> bytes:
    attributes = list(re.finditer(rb'\s[A-Za-z:]+="[^"]*"', data))
    if not attributes:
        return data
    found = chance.choice(attributes)
    return data[: found.start()] + data[found.end() :]


def _other_encoding(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "gb18030", "big5hkscs", "cp1252"]), "replace")


def _bomb(data: bytes, chance: random.Random) -> bytes:
    at = data.find(b"<tbx")
    return data[: max(at, 0)] + _BOMB + data[max(at, 0) :].replace(b"tax", b"&n;", chance.randrange(1, 4))


DAMAGES: tuple[Damage, ...] = (
    *(_flip, _cut_off, _insert, _without_tag, _swap_tags, _without_attribute, _other_encoding),
    _bomb,
)


def _ends_well(workspace: Workspace, path: Path, *, write: bool) -> str:
    """Import a damaged file: what could be read with the rest told, or a refusal that names the file and changes nothing."""
    began = time.perf_counter()
    before = [change.id for change in workspace.glossary.store.changes(1)]
    try:
        reports = workspace.glossary.import_files([path]) if write else plan_import(workspace.term_store, [path]).reports
    except BadFileError as error:
        assert str(path) in error.message  # noqa: PT017 - one of two outcomes
        assert error.reason  # noqa: PT017
        assert [change.id for change in workspace.glossary.store.changes(1)] == before
        outcome = "refused"
    except YuqiaoError as error:
        assert "formats known" in error.message  # noqa: PT017 - no longer to be recognised
        outcome = "unknown"
    else:
        (report,) = reports
        assert report.read == report.added + report.updated + report.skipped + report.rejected
        assert all(reject.reason for reject in report.rejects)
        assert all(breach.rule for breach in report.breaches)
        outcome = "told" if report.rejects or report.breaches else "read"
    assert time.perf_counter() - began < LONGEST_SECONDS
    return outcome


def _run(workspace: Workspace, folder: Path, sources: list[bytes], count: int) -> set[str]:
    chance = random.Random(20261126)
    outcomes = set()
    path = folder / "damaged.tbx"
    for number in range(count):
        data = chance.choice(sources)
        for damage in chance.sample(DAMAGES, chance.choice((1, 1, 2))):
            data = damage(data, chance) or b" "
        path.write_bytes(data)
        outcomes.add(_ends_well(workspace, path, write=number % 20 == 0))
    return outcomes


def test_damaged_files_are_told_or_refused(empty_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
    assert {"refused", "told", "read"} <= _run(empty_workspace, tmp_path, [_SMALL], 200)
    check_sound(empty_workspace)


@pytest.mark.slow
def test_two_thousand_damaged_files_are_told_or_refused(
    empty_workspace: Workspace, tmp_path: Path, shared_data: SharedData, check_sound: CheckSound
) -> None:
    sources = [_SMALL, *(path.read_bytes() for path in sorted(shared_data("tbx").glob("*.tbx")) if path.stat().st_size < 50_000)]
    assert {"refused", "told", "read"} <= _run(empty_workspace, tmp_path, sources, 2_000)
    check_sound(empty_workspace)


def test_deep_nesting_and_many_attributes_end_soon(empty_workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "deep.tbx"
    for name in (b"hi", b"descripGrp", b"langSec", b"termSec", b"conceptEntry"):
        path.write_bytes(_SMALL.replace(b"<note>n</note>", b"<%s>" % name * 20_000 + b"</%s>" % name * 20_000))
        assert _ends_well(empty_workspace, path, write=False) in ("told", "refused")
    path.write_bytes(
        _SMALL.replace(b'<admin type="source"', b'<admin type="source" ' + b" ".join(b'a%d=""' % n for n in range(20_000)))
    )
    assert _ends_well(empty_workspace, path, write=False) in ("told", "read", "refused")
