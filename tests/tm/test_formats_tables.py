"""Tables and JSON Lines as people and programs make them."""

import io
import lzma
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lang.errors import BadFileError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.registry import format_named, format_of_file
from tm.unit import Unit

Reader = Callable[..., list[Entry]]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Reads a text as a file of this name."""

    def reading(name: str, text: str | bytes, **options: object) -> list[Entry]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(format_of_file(path).read(path, ReadOptions(**options)))  # type: ignore[arg-type]

    return reading


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "source_lang", "target_lang"),
        [
            ("zh,en", "zh-Hant", "en"),
            ("ZH_tw,EN-us", "zh-Hant-TW", "en-US"),
            ("繁體中文,英文", "zh-Hant", "en"),
            ("Chinese (Hong Kong),English (UK)", "zh-Hant-HK", "en-GB"),
            ("Source (Chinese),Target (English)", "zh-Hant", "en"),
            ("source,target", "zh-Hant", "en"),
            ("原文,譯文", "zh-Hant", "en"),
            ("Source text,Translation", "zh-Hant", "en"),
        ],
    )
    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    def test_languages_are_found_in_any_spelling(
        self, read: Reader, header: str, source_lang: str, target_lang: str, delimiter: str
    ) -> None:
        text = f"{header}\n會議,meeting\n".replace(",", delimiter)
        assert read("units.csv", text) == [Unit("會議", "meeting", source_lang, target_lang)]

    def test_order_and_source_are_free(self, read: Reader) -> None:
        text = "English,Note,zh-Hans,Source,Source language\nmeeting,formal,会议,minutes,en\nvote,,表决,,\n"
        assert read("units.csv", text) == [
            Unit("meeting", "会议", "en", "zh-Hans", properties=(("Source", "minutes"), ("note", "formal"))),
            Unit("表决", "vote", "zh-Hans", "en"),
        ]

    def test_rows_may_name_their_languages(self, read: Reader) -> None:
        text = "source_lang,source,target_lang,target\nen-GB,colour,zh_CN,颜色\nzh-HK,顏色,en,colour\nfr,oui,en,yes\n"
        assert read("units.csv", text) == [
            Unit("colour", "颜色", "en-GB", "zh-Hans"),
            Unit("顏色", "colour", "zh-Hant-HK", "en"),
            Reject(4, "no Chinese and English pair: neither is 'fr' beside en"),
        ]

    def test_fields_have_columns_and_the_rest_are_properties(self, read: Reader) -> None:
        text = (
            "zh-Hans,en,Domain,Author,Date,Modified,Status,Client\n"
            "会议,meeting,law,李,2025/01/02,2025-02-03 04:05:06+08:00,Approved,A\n"
            "表决,vote,,,some day,,odd,\n"
        )
        assert read("units.csv", text) == [
            Unit(
                "会议", "meeting", "zh-Hans", "en", "", "law", "李", "2025-01-02T00:00:00+00:00", "2025-02-02T20:05:06+00:00",
                "reviewed", properties=(("Client", "A"),),
            ),
            Unit("表决", "vote", "zh-Hans", "en", properties=(("created", "some day"), ("state", "odd"))),
        ]  # fmt: skip

    def test_several_chinese_columns_are_a_unit_each(self, read: Reader) -> None:
        text = "zh-Hans,zh-TW,zh-HK,en\n软件,軟體,軟件,software\n网络,,網絡,network\n,,,nothing\n"
        entries = read("units.csv", text)
        assert [(u.source, u.source_lang) for u in entries if isinstance(u, Unit)] == [
            ("软件", "zh-Hans"),
            ("軟體", "zh-Hant-TW"),
            ("軟件", "zh-Hant-HK"),
            ("网络", "zh-Hans"),
            ("網絡", "zh-Hant-HK"),
        ]
        assert entries[-1] == Reject(4, "the Chinese side is empty")

    def test_columns_and_languages_can_be_given(self, read: Reader) -> None:
        assert read("units.csv", "1,會議,meeting\n", columns=("id", "zh-HK", "en")) == [
            Unit("會議", "meeting", "zh-Hant-HK", "en", properties=(("id", "1"),))
        ]
        assert read("units.tsv", "meeting\t會議\n", languages=("en-US", "zh-HK")) == [
            Unit("meeting", "會議", "en-US", "zh-Hant-HK")
        ]
        with pytest.raises(BadFileError, match="names no column of Chinese"):
            read("units.csv", "一,one\n", columns=("en", "note"))

    def test_without_header_the_columns_are_told_by_their_look(self, read: Reader) -> None:
        text = "1\tThe meeting is open.\t會議開始。\tx.docx\n2\tThey vote.\t現在表決。\ty.docx\n3\tIt ends.\t會議結束。\tz.docx\n"
        assert [(u.source, u.target) for u in read("units.tsv", text) if isinstance(u, Unit)] == [
            ("會議開始。", "The meeting is open."),
            ("現在表決。", "They vote."),
            ("會議結束。", "It ends."),
        ]
        entries = read("units.tsv", "Nr\tText A\tText B\n" + text.replace("x.docx", "").replace("y.docx", ""))
        assert len(entries) == 3

    @pytest.mark.parametrize("text", ["a,b\nc,d\n", "一,二\n三,四\n", "one two\nthree\n", "zh,note\n一,x\n"])
    def test_a_table_without_both_languages_is_refused(self, read: Reader, text: str) -> None:
        with pytest.raises(BadFileError, match=r"units\.csv:1: the header names no column of Chinese and one of English"):
            read("units.csv", text)


class TestRows:
    def test_quoted_cells_may_hold_line_ends(self, read: Reader) -> None:
        text = 'zh,en,note\r\n"一\r\n二","""one""\n, two",x\r\n三,three,y\r\n四\r\n'
        entries = read("units.csv", text)
        assert [(u.source, u.target) for u in entries if isinstance(u, Unit)] == [("一\r\n二", '"one"\n, two'), ("三", "three")]
        assert entries[-1] == Reject(6, "the English side is empty")

    def test_a_stray_quotation_mark_costs_one_row(self, read: Reader) -> None:
        text = 'zh,en\n一,"one\n二,two\n三,"three" 3\n四,four\n'
        entries = read("units.csv", text)
        assert [(u.source, u.target) for u in entries if isinstance(u, Unit)] == [("二", "two"), ("四", "four")]
        assert [entry for entry in entries if isinstance(entry, Reject)] == [
            Reject(2, "its quotation marks do not come out"),
            Reject(4, "its quotation marks do not come out"),
        ]

    def test_tab_separated_values_may_be_quoted_or_not(self, read: Reader) -> None:
        text = 'zh\ten\n一\t"one" and "two"\n二\t"5"" disk"\n三\t"three\n四\tfour"\n'
        assert [(u.source, u.target) for u in read("units.tsv", text) if isinstance(u, Unit)] == [
            ("一", '"one" and "two"'),
            ("二", '5" disk'),
            ("三", '"three'),
            ("四", 'four"'),
        ]

    def test_unclosed_quotation_marks_everywhere_cost_no_time(self, read: Reader) -> None:
        text = "zh,en\n" + '一,"one\n' * 20_000 + "二,two\n"
        assert sum(isinstance(entry, Reject) for entry in read("units.csv", text)) >= 19_990

    def test_too_many_cells_are_a_reject(self, read: Reader) -> None:
        assert read("units.csv", "zh,en\n一,one, two\n二,two,,\n") == [
            Reject(2, "3 columns, expected 2"),
            Unit("二", "two", "zh", "en"),
        ]

    @pytest.mark.slow
    def test_the_real_table_without_header_and_quotes(self, shared_data: Callable[[str], Path], tmp_path: Path) -> None:
        path = tmp_path / "pairs.tsv"
        path.write_bytes(lzma.decompress(shared_data("python-docs/pairs.tsv.xz").read_bytes()))
        entries = list(format_of_file(path).read(path, ReadOptions()))
        lines = path.read_text(encoding="utf-8").split("\n")
        assert len(entries) == len(lines) - 1
        # Some pairs are titles that stay English; they are units all the same.
        assert all(isinstance(entry, Unit) for entry in entries)
        for number in (0, 1_000, 71_000):
            entry = entries[number]
            assert isinstance(entry, Unit)
            assert [entry.target, entry.source] == [cell.strip() for cell in lines[number].split("\t")[:2]]

    def test_real_lists_are_read_in_every_spelling_of_their_header(self, shared_data: Callable[[str], Path]) -> None:
        found = 0
        for path in sorted(shared_data("tico19/terms").rglob("*.csv")):
            entries = list(format_named("csv").read(path, ReadOptions()))
            found += sum(isinstance(entry, Unit) for entry in entries)
        assert found > 500


class TestJsonLines:
    def test_ways_of_naming_the_texts(self, read: Reader) -> None:
        text = (
            '{"source": "會議", "target": "meeting", "source_lang": "zh-HK", "target_lang": "en"}\n'
            '{"en": "vote", "zh_CN": "表决", "id": 7, "note": "x", "tags": ["a"], "none": null}\n\n'
            '{"translation": {"en": "law", "zh": "法律"}}\n'
            '{"src": "colour", "tgt": "颜色"}\n'
            '{"src": "a", "trg": "一", "sourceLang": "en", "targetLang": "zh", "time": "2025-01-02", "properties": {"k": "v"}}\n'
        )
        assert read("units.jsonl", text) == [
            Unit("會議", "meeting", "zh-Hant-HK", "en"),
            Unit("表决", "vote", "zh-Hans", "en", properties=(("id", "7"), ("tags", '["a"]'), ("note", "x"))),
            Unit("法律", "law", "zh", "en"),
            Unit("colour", "颜色", "en", "zh-Hans"),
            Unit("a", "一", "en", "zh", created="2025-01-02T00:00:00+00:00", properties=(("k", "v"),)),
        ]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("prose", "not JSON: Expecting value"),
            ("[1, 2]", "not a JSON object"),
            ("null", "not a JSON object"),
            ("{}", "no Chinese and English pair"),
            ('{"zh": "一"}', "no Chinese and English pair, only zh"),
            ('{"zh": "一", "en": ""}', "the English side is empty"),
            ('{"zh": "一", "en": ["one"]}', "'en' is no text"),
            ('{"source": 1, "target": "one"}', "'source' is no text"),
            ('{"zh": "\\ud800", "en": "one"}', "half a surrogate pair"),
            ('{"zh": "一", "en": "a\\u0000"}', "holds NUL"),
            ('{"zh": "一", "fr": "un"}', "no Chinese and English pair, only zh"),
            ("[" * 100_000, "not JSON"),
            ('{"zh": "一", "en": "one", "n": ' + "9" * 5_000 + "}", "not JSON"),
        ],
    )
    def test_a_bad_line_is_a_reject(self, read: Reader, line: str, reason: str) -> None:
        good = '{"zh": "好", "en": "good"}\n'
        first, reject, last = read("units.jsonl", f"{good}\n{line}\n{good}")
        assert isinstance(first, Unit)
        assert first == last
        assert isinstance(reject, Reject)
        assert reject.line == 3
        assert reason in reject.reason


class TestXlsx:
    def workbook(self, *sheets: list[list[object]]) -> bytes:
        from openpyxl import Workbook

        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for number, rows in enumerate(sheets):
            sheet = workbook.create_sheet(f"S{number}")
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        workbook.save(file)
        return file.getvalue()

    def test_every_sheet_with_both_languages_is_read(self, read: Reader) -> None:
        data = self.workbook(
            [["Cover"], [None]],
            [
                ["zh-HK", "en", "Date", "No."],
                ["會議", "meeting", date(2025, 1, 2), 3.0],
                [None, None],
                ["表決", "vote", None, 4.5],
            ],
            [["Title", None], ["English", "简体"], ["law", "法律"], [2024, True]],
        )
        assert read("book.xlsx", data) == [
            Unit("會議", "meeting", "zh-Hant-HK", "en", created="2025-01-02T00:00:00+00:00", properties=(("No.", "3"),)),
            Unit("表決", "vote", "zh-Hant-HK", "en", properties=(("No.", "4.5"),)),
            Unit("法律", "law", "zh-Hans", "en"),
            Unit("True", "2024", "zh-Hans", "en"),
        ]

    def test_a_workbook_without_a_table_of_both_languages_is_refused(self, read: Reader) -> None:
        with pytest.raises(BadFileError, match=r"book\.xlsx:1: the header names no column"):
            read("book.xlsx", self.workbook([["a", "b"], ["c", "d"]]))
        with pytest.raises(BadFileError, match="is empty"):
            read("book.xlsx", self.workbook([]))

    def test_damaged_workbooks_are_refused(self, read: Reader) -> None:
        whole = self.workbook([["zh", "en"], ["會議", "meeting"]])
        for cut in range(0, len(whole), 97):
            try:
                read("book.xlsx", whole[:cut])
                read("book.xlsx", whole[:cut] + b"\xff" + whole[cut + 1 :])
            except BadFileError as error:
                assert "book.xlsx" in error.message  # noqa: PT017 - some changes do no harm

    @pytest.mark.slow
    def test_a_workbook_that_would_unpack_beyond_measure_is_refused(self, read: Reader) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as entry:
            for _ in range(510):
                entry.write(b" " * 1_000_000)
        with pytest.raises(BadFileError, match="would unpack to 510 MB"):
            read("book.xlsx", file.getvalue())


def test_telling_the_format_of_a_table_loads_neither_lxml_nor_openpyxl(tmp_path: Path, project_root: Path) -> None:
    path = tmp_path / "units"
    path.write_text("zh,en\n一,one\n", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from tm.formats.registry import format_of_file; "
        "from tm.formats.entries import ReadOptions; "
        f"p = Path({str(path)!r}); f = format_of_file(p); assert f.name == 'csv' and len(list(f.read(p, ReadOptions()))) == 1; "
        "assert not {'lxml', 'openpyxl', 'sqlite_utils', 'tantivy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project_root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
