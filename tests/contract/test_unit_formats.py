"""What every format of unit files keeps to: one class of tests, inherited by a class for each format."""

import csv
import io
import json
from pathlib import Path
from typing import ClassVar
from xml.sax.saxutils import escape

import pytest

from lang.errors import BadFileError, NotFoundError, UnsupportedError, YuqiaoError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.registry import FORMAT_NAMES, format_named, format_of_content, format_of_file, format_of_name
from tm.unit import Unit

Pair = tuple[str, str]
"""Chinese, English."""

PAIRS: list[Pair] = [
    ("離境退稅即日起實施。", "The departure tax refund takes effect today."),
    ("低空經濟發展迅速。", "The low-altitude economy is growing fast."),
    ("他說：「會議開始。」", 'He said, "The meeting is open."'),
    ("高質量發展是首要任務。", "High-quality development is the first task."),
]
NASTY: list[Pair] = [
    ("𠮷野家與㵘", "rare characters 😀"),
    ("５Ｇ網絡（試點）ＡＢＣ", "full-width ＡＢＣ，１００％"),
    ('術語[/][b <x> & " ;', "[b] <x> & \" ; ' \\ | , &amp; &lt;"),
    ('"引號"開頭', '"quoted" at the start'),
    ('尾"', 'inch 5"'),
    ("第一行\n第二行\t製表", "first line\nsecond line\ttab"),
    ("行\u2028分\x85隔", "next\u2029line"),
    ("{0} %s $1", "{0} %s $1 #~ //"),
]
RICH: list[Unit] = [
    Unit("離境退稅", "departure tax refund"),
    Unit("软件", "software", "zh-Hans", "en-US", "old memory", "IT", "李四", "2025-01-02T03:04:05+00:00"),
    Unit("The vote is taken.", "現在表決。", "en-GB", "zh-Hant-TW", state="reviewed", changed="2025-03-04T05:06:07+00:00"),
    Unit("這句話說得對。", "That is right.", "zh-Hant", "en", state="draft", before="上一句 <b> & 。", after="下一句「；」"),
    Unit(
        "澳門",
        "Macao",
        "zh-Hant-MO",
        "en",
        properties=(("note", 'a "name"\nof two lines'), ("note", "二"), ("x-client", "<A&B>")),
    ),
]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")


def units_of(entries: list[Entry]) -> list[Unit]:
    return [entry for entry in entries if isinstance(entry, Unit)]


def pairs_of(entries: list[Entry]) -> list[Pair]:
    units = units_of(entries)
    return [(u.source, u.target) if u.source_lang.startswith("zh") else (u.target, u.source) for u in units]


class UnitFormatContract:
    """Subclasses say how a file of the format is written, and how an entry that is none."""

    name: ClassVar[str]
    suffix: ClassVar[str]
    written: ClassVar[bool] = False
    encodings: ClassVar[tuple[str, ...]] = ENCODINGS
    empty_is_refused: ClassVar[bool] = True
    nasty: ClassVar[list[Pair]] = NASTY
    hopeless: ClassVar[bytes] = "從前有一份文件。\nOnce upon a time.\n".encode()

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        """A file with these pairs, and before the one at `bad_at` an entry that is none; lines end in a line feed."""
        raise NotImplementedError

    def data(self, pairs: list[Pair], bad_at: int | None = None, encoding: str = "utf-8") -> bytes:
        return self.text(pairs, bad_at).encode(encoding)

    def bad_line(self, data: bytes) -> int:
        """The line on which the bad entry begins: it holds the word `wrong`."""
        return next(number for number, line in enumerate(data.split(b"\n"), start=1) if b"wrong" in line)

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / f"units{self.suffix}"

    def read(self, path: Path, data: bytes, **options: object) -> list[Entry]:
        path.write_bytes(data)
        return list(format_named(self.name).read(path, ReadOptions(**options)))  # type: ignore[arg-type]

    def test_any_encoding_is_read(self, path: Path) -> None:
        for encoding in self.encodings:
            entries = self.read(path, self.data(PAIRS, encoding=encoding))
            assert pairs_of(entries) == PAIRS, encoding
            assert {unit.source_lang[:2] for unit in units_of(entries)} <= {"zh", "en"}

    def test_the_encoding_can_be_named(self, path: Path) -> None:
        pairs = [("人民政府", "people's government"), ("公共安全", "public safety")]
        for encoding in self.encodings and ("big5", "gbk", "utf-16"):
            assert pairs_of(self.read(path, self.data(pairs, encoding=encoding), encoding=encoding)) == pairs, encoding

    def test_windows_line_ends_are_read(self, path: Path) -> None:
        assert pairs_of(self.read(path, self.data(PAIRS).replace(b"\n", b"\r\n"))) == PAIRS

    def test_nasty_texts_are_read_as_they_are(self, path: Path) -> None:
        assert pairs_of(self.read(path, self.data(self.nasty))) == self.nasty

    def test_huge_texts_are_read(self, path: Path) -> None:
        pairs = [("稅" * 30_000, "tax " * 30_000 + "end"), *PAIRS]
        assert pairs_of(self.read(path, self.data(pairs))) == pairs

    def test_an_empty_file_has_no_units(self, path: Path) -> None:
        try:
            assert self.read(path, b"") == []
        except BadFileError as error:
            assert self.empty_is_refused
            assert path.name in error.message  # noqa: PT017 - either is right

    def test_a_bad_entry_is_a_reject_and_the_others_are_read(self, path: Path) -> None:
        data = self.data(PAIRS, bad_at=2)
        entries = self.read(path, data)
        assert pairs_of(entries) == PAIRS
        rejects = [entry for entry in entries if isinstance(entry, Reject)]
        assert [reject.line for reject in rejects] == [self.bad_line(data)]
        assert rejects[0].reason

    def test_a_file_of_something_else_is_refused_by_name(self, path: Path) -> None:
        with pytest.raises(BadFileError, match=path.name):
            self.read(path, self.hopeless)

    def test_bytes_that_are_no_text_are_refused(self, path: Path) -> None:
        with pytest.raises(BadFileError, match=path.name):
            self.read(path, b"PK\x03\x04\x00\x00\x00\xff\xfe\x81" * 50)

    def test_origin_and_domain_are_those_of_the_options_where_the_file_names_none(self, path: Path) -> None:
        found = units_of(self.read(path, self.data(PAIRS), origin="LegCo", domain="tax"))
        assert {(unit.origin, unit.domain) for unit in found} == {("LegCo", "tax")}

    def test_content_shows_the_format_whatever_the_files_name(self, tmp_path: Path) -> None:
        path = tmp_path / "units"
        path.write_bytes(self.data(PAIRS))
        assert format_of_file(path).name == self.name

    def test_name_shows_the_format(self) -> None:
        assert self.name in FORMAT_NAMES
        assert format_of_name(Path(f"x{self.suffix.upper()}")).name == self.name

    def test_written_units_are_read_as_they_were(self, path: Path) -> None:
        units = RICH + [Unit(zh, en, "zh-Hans", "en") for zh, en in NASTY + PAIRS]
        file = io.BytesIO()
        if not self.written:
            with pytest.raises(UnsupportedError, match="not written"):
                format_named(self.name).write(units, file)
            return
        assert format_named(self.name).write(iter(units), file) == len(units)
        assert self.read(path, file.getvalue()) == units
        assert format_of_content(file.getvalue()[:20_000], Path("units")).name == self.name

    def test_no_units_are_written_as_a_file_without_units(self, path: Path) -> None:
        if self.written:
            file = io.BytesIO()
            assert format_named(self.name).write([], file) == 0
            assert self.read(path, file.getvalue()) == []

    def test_what_cannot_be_encoded_does_not_stop_writing(self, path: Path) -> None:
        if self.written:
            units = [Unit("壞\ud800字", "bad\x01", "zh-Hans", "en"), Unit("好", "good", "zh-Hans", "en")]
            file = io.BytesIO()
            assert format_named(self.name).write(units, file) == 2
            entries = self.read(path, file.getvalue())
            assert len(entries) == 2
            assert entries[1] == units[1]


class TestTmx(UnitFormatContract):
    name = "tmx"
    suffix = ".tmx"
    written = True
    hopeless = b"<html>\n<body/></html>"

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        lines = ['<tmx version="1.4">', '<header srclang="zh"/><body>']
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                lines.append('<tu><tuv xml:lang="zh"><seg>错</seg></tuv><tuv xml:lang="fr"><seg>wrong</seg></tuv></tu>')
            lines.append(
                f'<tu><tuv xml:lang="zh"><seg>{escape(zh)}</seg></tuv><tuv xml:lang="en"><seg>{escape(en)}</seg></tuv></tu>'
            )
        return "\n".join([*lines, "</body></tmx>"])


class TestXliff1(UnitFormatContract):
    name = "xliff"
    suffix = ".xlf"
    hopeless = b"<html>\n<body/></html>"

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        lines = ['<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">']
        lines.append('<file original="x" source-language="zh" target-language="en" datatype="plaintext"><body>')
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                lines.append("<trans-unit id='0'><source>壞</source><target>wrong &#2;</target></trans-unit>")
            lines.append(f"<trans-unit id='1'><source>{escape(zh)}</source><target>{escape(en)}</target></trans-unit>")
        return "\n".join([*lines, "</body></file></xliff>"])


class TestXliff2(UnitFormatContract):
    name = "xliff"
    suffix = ".xliff"
    hopeless = b"<html>\n<body/></html>"

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        lines = ['<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">']
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                lines.append("<unit id='0'><segment><source>wrong<cp hex='0001'/></source><target>壞</target></segment></unit>")
            lines.append(f"<unit id='1'><segment><source>{escape(en)}</source><target>{escape(zh)}</target></segment></unit>")
        return "\n".join([*lines, "</file></xliff>"])


class TestPo(UnitFormatContract):
    name = "po"
    suffix = ".po"

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        lines = ['msgid ""', 'msgstr ""', '"Language: zh\\n"', ""]
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                lines += ['msgid "wrong', 'msgstr "壞"', ""]
            lines += [f"msgid {self.quoted(en)}", f"msgstr {self.quoted(zh)}", ""]
        return "\n".join(lines)

    def quoted(self, text: str) -> str:
        for char, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
            text = text.replace(char, written)
        return f'"{text}"'


class DelimitedContract(UnitFormatContract):
    written = True
    delimiter: ClassVar[str]

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        file = io.StringIO()
        writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(["id", "zh", "en"])
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                writer.writerow(["7", "", "wrong"])
            writer.writerow(["", zh, en])
        return file.getvalue()


class TestCsv(DelimitedContract):
    name = "csv"
    suffix = ".csv"
    delimiter = ","


class TestTsv(DelimitedContract):
    name = "tsv"
    suffix = ".tsv"
    delimiter = "\t"


class TestJsonLines(UnitFormatContract):
    name = "jsonl"
    suffix = ".jsonl"
    written = True
    hopeless = b"prose\n" * 30

    def text(self, pairs: list[Pair], bad_at: int | None = None) -> str:
        lines = [json.dumps({"zh": zh, "en": en}, ensure_ascii=False) for zh, en in pairs]
        if bad_at is not None:
            lines.insert(bad_at, '{"zh": "wrong", "en": ')
        return "\n".join([*lines, ""])


class TestXlsx(UnitFormatContract):
    name = "xlsx"
    suffix = ".xlsx"
    encodings = ()
    # Excel's cells hold 32,767 characters, and no vertical tab or the like.
    nasty: ClassVar[list[Pair]] = [pair for pair in NASTY if "\x85" not in pair[0]]

    def data(self, pairs: list[Pair], bad_at: int | None = None, encoding: str = "utf-8") -> bytes:
        from openpyxl import Workbook

        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.append(["Bilingual table of the bureau"])
        sheet.append(["No.", "Chinese (Traditional)", "English", "Date"])
        for index, (zh, en) in enumerate(pairs):
            if index == bad_at:
                sheet.append([7, None, "wrong"])
            sheet.append([index, zh[:32_000], en[:32_000]])
            cells = (sheet.cell(sheet.max_row, 2), sheet.cell(sheet.max_row, 3))
            for cell in cells:
                cell.data_type = "s"
        file = io.BytesIO()
        workbook.save(file)
        return file.getvalue()

    def bad_line(self, data: bytes) -> int:
        return 5

    def test_windows_line_ends_are_read(self, path: Path) -> None:
        """A workbook has none."""

    def test_huge_texts_are_read(self, path: Path) -> None:
        pairs = [("稅" * 30_000, "tax " * 7_000 + "end"), *PAIRS]
        assert pairs_of(self.read(path, self.data(pairs))) == pairs


class TestRegistry:
    def test_unknown_names_are_refused_with_those_there_are(self) -> None:
        with pytest.raises(UnsupportedError, match="tmx"):
            format_named("xyz")
        with pytest.raises(UnsupportedError, match="jsonl"):
            format_of_name(Path("units.xyz"))
        with pytest.raises(UnsupportedError, match="prose"):
            format_of_content(b"Once upon a time\nthere was a sentence.\n", Path("prose.md"))

    @pytest.mark.parametrize("name", FORMAT_NAMES)
    @pytest.mark.parametrize("missing", ["absent", "."])
    def test_what_cannot_be_opened_is_named(self, tmp_path: Path, name: str, missing: str) -> None:
        with pytest.raises(NotFoundError, match=str(tmp_path)):
            list(format_named(name).read(tmp_path / missing, ReadOptions()))
        with pytest.raises(NotFoundError, match=str(tmp_path)):
            format_of_file(tmp_path / missing)

    @pytest.mark.parametrize("name", [name for name in FORMAT_NAMES if name not in ("xlsx", "tmx", "xliff")])
    def test_an_unknown_encoding_is_refused(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / "units"
        path.write_bytes(b"zh,en\n")
        for encoding in ("klingon", "rot13", "hex"):
            with pytest.raises(UnsupportedError, match=encoding):
                list(format_named(name).read(path, ReadOptions(encoding=encoding)))

    def test_a_file_cut_within_a_character_is_refused_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "units.csv"
        path.write_bytes("zh,en\n一,one\n二,two\n".encode() + b"\xe4\xb8")
        with pytest.raises(YuqiaoError, match=r"units\.csv:4: not readable as utf-8"):
            list(format_of_file(path).read(path, ReadOptions()))
