"""What every format of term files keeps to: one class of tests, inherited by a class for each format."""

import csv
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Workbook_
from openpyxl import load_workbook

from glossary.concept import REVIEW_STATES, Concept, Property, Term
from glossary.formats.deepl import Deepl, DeeplCsv
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.registry import FORMAT_NAMES, format_named, format_of_content, format_of_name
from glossary.glossary import Glossary
from lang.errors import BadFileError, NotFoundError, UnsupportedError, YuqiaoError
from workspace.workspace import Workspace

Row = tuple[str, str, str]
"""Traditional Chinese, simplified Chinese, English."""

ROWS: list[Row] = [
    ("離境退稅", "离境退税", "departure tax refund"),
    ("低空經濟", "低空经济", "low-altitude economy"),
    ("人民代表大會", "人民代表大会", "people's congress"),
    ("高質量發展", "高质量发展", "high-quality development"),
    ("國家發展和改革委員會", "国家发展和改革委员会", "National Development and Reform Commission"),
]
# Written alike in both scripts, so that either legacy encoding can hold them.
COMMON: list[Row] = [
    (text, text, english)
    for text, english in [("人民政府", "people's government"), ("中心城市", "central city"), ("公共安全", "public safety")]
]
NASTY: list[Row] = [
    ("𠮷野家㵘", "𠮷野家㵘", "rare characters"),
    ("５Ｇ網絡（試點）", "５Ｇ网络（试点）", "full-width ＡＢＣ"),
    ("術語[/][b", "术语[/][b", "[markup] [/] term"),
    ("「十四五」規劃", "“十四五”规划", 'the "14th" Five-Year Plan'),
    ("100%完成", "100%完成", "100% 'done'"),
    ("😀表情", "😀表情", "emoji 😀"),
]


class TermFormatContract:
    """Subclasses say how a file of the format is written; `bad_line` is one that holds no entry."""

    name: ClassVar[str]
    suffix: ClassVar[str]
    bad_line: ClassVar[str]
    hopeless: ClassVar[str]
    hopeless_line: ClassVar[int]
    rows: ClassVar[list[Row]] = ROWS
    nasty: ClassVar[list[Row]] = NASTY

    def text(self, rows: list[Row]) -> str:
        """A file with these rows, one a line, its lines ended by a line feed."""
        raise NotImplementedError

    @pytest.fixture
    def glossary(self, empty_workspace: Workspace) -> Glossary:
        return empty_workspace.glossary

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / f"terms{self.suffix}"

    def landed(self, glossary: Glossary) -> list[Row]:
        found = []
        for concept in glossary.concepts():
            forms = {tag: next((t.text for t in concept.terms if t.lang.startswith(tag)), "") for tag in ("zh-Hant", "zh-Hans")}
            either = concept.texts("zh")[0]
            found.append((forms["zh-Hant"] or either, forms["zh-Hans"] or either, concept.texts("en")[0]))
        return found

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
    def test_any_encoding_is_read(self, glossary: Glossary, path: Path, encoding: str) -> None:
        path.write_bytes(self.text(self.rows).encode(encoding))
        report = glossary.import_file(path)
        assert (report.format, report.read, report.added, report.rejected) == (self.name, len(self.rows), len(self.rows), 0)
        assert self.landed(glossary) == self.rows

    @pytest.mark.parametrize("encoding", ["big5", "gb18030"])
    def test_legacy_encodings_are_told_apart(self, glossary: Glossary, path: Path, encoding: str) -> None:
        path.write_bytes(self.text(COMMON).encode(encoding))
        glossary.import_file(path)
        assert self.landed(glossary) == COMMON

    def test_windows_line_ends_are_read(self, glossary: Glossary, path: Path) -> None:
        path.write_bytes(self.text(self.rows).replace("\n", "\r\n").encode())
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == self.rows

    def test_a_last_line_without_end_and_blank_lines_are_read(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(self.rows).replace("\n", "\n\n").rstrip("\n"), encoding="utf-8")
        assert glossary.import_file(path).read == len(self.rows)
        assert self.landed(glossary) == self.rows

    def test_nasty_terms_are_read_as_they_are(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(self.nasty), encoding="utf-8")
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == self.nasty

    def test_an_empty_file_changes_nothing(self, glossary: Glossary, path: Path) -> None:
        path.write_bytes(b"")
        try:
            report = glossary.import_file(path)
        except YuqiaoError as error:
            assert path.name in error.message  # noqa: PT017 - either is right
        else:
            assert report.read == 0
        assert glossary.store.changes(1) == []

    def test_a_bad_line_is_reported_and_the_others_land(self, glossary: Glossary, path: Path) -> None:
        lines = self.text(self.rows).splitlines()
        lines.insert(-1, self.bad_line)
        path.write_text("\n".join(lines), encoding="utf-8")
        report = glossary.import_file(path)
        assert (report.read, report.added, report.rejected) == (len(self.rows) + 1, len(self.rows), 1)
        assert report.rejects[0].line == len(lines) - 1
        assert report.rejects[0].reason
        assert self.landed(glossary) == self.rows

    def test_a_file_that_is_not_of_the_format_names_file_and_line(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.hopeless, encoding="utf-8")
        with pytest.raises(BadFileError) as caught:
            glossary.import_file(path, format_name=self.name)
        assert (caught.value.path, caught.value.line) == (str(path), self.hopeless_line)
        assert f"{path}:{self.hopeless_line}: " in caught.value.message
        assert glossary.store.changes(1) == []

    def test_bytes_that_are_no_text_are_refused(self, glossary: Glossary, path: Path) -> None:
        path.write_bytes(b"PK\x03\x04\x00\x00\x00\xff\xfe\x81" * 50)
        with pytest.raises(YuqiaoError, match=path.name):
            glossary.import_file(path, format_name=self.name)
        assert glossary.store.changes(1) == []

    @pytest.mark.slow
    def test_huge_cells_are_read(self, glossary: Glossary, path: Path) -> None:
        rows = [("稅" * 20_000, "税" * 20_000, "tax " * 50_000 + "end"), *self.rows]
        path.write_text(self.text(rows), encoding="utf-8")
        assert glossary.import_file(path).added == len(rows)
        assert self.landed(glossary)[1:] == self.rows

    def test_the_second_import_of_a_file_changes_nothing(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(self.rows + self.nasty), encoding="utf-8")
        glossary.import_file(path)
        before = list(glossary.concepts())
        report = glossary.import_file(path)
        assert (report.added, report.updated, report.skipped) == (0, 0, len(self.rows + self.nasty))
        assert report.change_id is None
        assert list(glossary.concepts()) == before
        assert len(glossary.store.changes(9)) == 1

    def test_content_shows_the_format_whatever_the_files_name(self) -> None:
        assert format_of_content(self.text(self.rows).encode(), Path("terms")).name == self.name

    def test_name_is_registered(self) -> None:
        assert self.name in FORMAT_NAMES
        assert format_named(self.name).name == self.name


TAGS = ("zh-Hant-HK", "zh-Hant", "zh-Hans", "zh-Hant-TW", "zh-Hant-MO", "zh-Hans-SG", "en", "en-GB", "en-US")
NASTY_TEXT = st.text(
    st.sampled_from("稅税 ;；|/\\,\t\"'\n\r[](){}=+-@#%&*?!.、，。「」A a\u3000\u200b\ufeff\u2028\x85é𠮷😀")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=12,
)
TERM_TEXT = NASTY_TEXT.map(lambda text: " ".join(text.split())).filter(bool)
FIELD = NASTY_TEXT.map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip())


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    """A concept as a table can hold it: in each language variety one preferred term at most, and first."""
    terms: list[Term] = []
    for tag in (
        draw(st.sampled_from(TAGS[:6])),
        draw(st.sampled_from(TAGS[6:])),
        *draw(st.lists(st.sampled_from(TAGS), max_size=3)),
    ):
        if any(term.lang == tag for term in terms):
            continue
        for index, text in enumerate(draw(st.lists(TERM_TEXT, min_size=1, max_size=4, unique=True))):
            status = draw(st.sampled_from(["admitted", "deprecated"] if index else ["preferred", "admitted", "deprecated"]))
            terms.append(Term(text, tag, status))
    key = draw(st.text("abc-1", max_size=6).filter(lambda text: not text.isdigit()))
    state = draw(st.sampled_from(REVIEW_STATES))
    return Concept(tuple(terms), draw(FIELD), draw(FIELD), draw(FIELD), draw(FIELD), state, key)


def in_order(concept: Concept) -> tuple[object, ...]:
    """What a table keeps of a concept: everything but the order of its language varieties and statuses."""
    columns = {(term.lang, term.status): [] for term in concept.terms}
    for term in concept.terms:
        columns[term.lang, term.status].append(term.text)
    return columns, concept.domain, concept.definition, concept.note, concept.source, concept.state, concept.key


def written(name: str, held: list[Concept]) -> bytes:
    """A file as a format writes it."""
    file = io.BytesIO()
    format_named(name).write(held, file)
    return file.getvalue()


def written_and_read(name: str, held: list[Concept]) -> list[Entry]:
    """What a format reads of the concepts it wrote."""
    term_format = format_named(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "terms"
        with path.open("wb") as file:
            assert term_format.write(held, file) == len(held)
        return list(term_format.read(path, ReadOptions()))


class _TableContract(TermFormatContract):
    delimiter: ClassVar[str]
    bad_line = "只有中文"
    hopeless_line = 1

    @property
    def hopeless(self) -> str:  # type: ignore[override]
        return self.delimiter.join(["Name", "Preis"]) + "\n" + self.delimiter.join(["Apfel", "1"]) + "\n"

    def text(self, rows: list[Row]) -> str:
        file = io.StringIO()
        writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(["zh-Hant", "zh-Hans", "en"])
        writer.writerows(rows)
        return file.getvalue()

    # The test is inherited, so it runs on instances of several classes: that is meant.
    @settings(suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow])
    @given(held=st.lists(concepts(), max_size=4))
    def test_import_of_an_export_is_the_same(self, held: list[Concept]) -> None:
        entries = written_and_read(self.name, held)
        assert not [entry for entry in entries if isinstance(entry, Reject)]
        assert [in_order(entry) for entry in entries if isinstance(entry, Concept)] == [in_order(concept) for concept in held]

    @pytest.mark.slow
    def test_the_curated_term_base_survives_export_and_import(
        self, seeded_workspace: Workspace, glossary: Glossary, path: Path
    ) -> None:
        curated = list(seeded_workspace.glossary.concepts())
        with path.open("wb") as file:
            format_of_name(path).write(curated, file)
        report = glossary.import_file(path)
        assert (report.added, report.rejected) == (len(curated), 0)
        assert [in_order(concept) for concept in glossary.concepts()] == [in_order(concept) for concept in curated]
        report = seeded_workspace.glossary.import_file(path)
        assert (report.added, report.updated, report.rejected) == (0, 0, 0)

    @pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|x", "-ism", "＝1", "'=x", "''@x", "'tis", "-5", "+86", "−5"])
    def test_no_cell_is_a_formula_and_none_is_changed(self, text: str) -> None:
        held = [Concept((Term("税", "zh-Hans"), Term(text, "en")), note=text, definition=text)]
        rows = list(csv.reader(io.StringIO(written(self.name, held).decode()), delimiter=self.delimiter))
        assert not [cell for row in rows for cell in row if cell[:1] in set("=@+-＝＠＋－\t\r") and not cell[1:].isdigit()]
        (entry,) = written_and_read(self.name, held)
        assert isinstance(entry, Concept)
        assert (entry.texts("en"), entry.note, entry.definition) == ([text], text, text)

    def test_an_unclosed_quotation_mark_names_its_line(self, glossary: Glossary, path: Path) -> None:
        path.write_text(
            self.delimiter.join(["zh", "en"]) + "\n" + self.delimiter.join(["稅", '"tax" free']) + "\n", encoding="utf-8"
        )
        with pytest.raises(BadFileError) as caught:
            glossary.import_file(path)
        assert caught.value.line == 2
        assert glossary.store.changes(1) == []

    def test_columns_stand_in_any_order_and_unknown_ones_are_passed_over(self, glossary: Glossary, path: Path) -> None:
        rows = [
            ["note", "English (UK)", "price", "简体中文", "zh_TW", "Domain"],
            ["n", "tax refund; rebate", "7", "退税", "退稅", "tax"],
        ]
        path.write_text("\n".join(self.delimiter.join(row) for row in rows), encoding="utf-8")
        report = glossary.import_file(path)
        assert report.rejected == 0
        (concept,) = glossary.concepts()
        assert [(t.text, t.lang, t.status) for t in concept.of_language("en")] == [
            ("tax refund", "en-GB", "preferred"),
            ("rebate", "en-GB", "admitted"),
        ]
        assert [(t.text, t.lang) for t in concept.of_language("zh")] == [("退税", "zh-Hans"), ("退稅", "zh-Hant-TW")]
        assert (concept.note, concept.domain) == ("n", "tax")

    def test_a_row_too_long_is_rejected_with_its_line(self, glossary: Glossary, path: Path) -> None:
        rows = [["zh", "en"], ["稅", "tax"], ["甲", "one", "more"], ["乙", "two", ""]]
        path.write_text("\n".join(self.delimiter.join(row) for row in rows), encoding="utf-8")
        report = glossary.import_file(path)
        assert [(reject.line, "expected 2" in reject.reason) for reject in report.rejects] == [(3, True)]
        assert report.added == 2

    def test_lines_are_counted_in_the_file_not_in_rows(self, glossary: Glossary, path: Path) -> None:
        lines = [self.delimiter.join(["zh", "en", "note"]), self.delimiter.join(["稅", "tax", '"two\nlines"']), self.bad_line]
        path.write_text("\n".join(lines), encoding="utf-8")
        report = glossary.import_file(path)
        assert [reject.line for reject in report.rejects] == [4]
        assert next(iter(glossary.concepts())).note == "two\nlines"

    def test_bad_states_and_statuses_are_rejected(self, glossary: Glossary, path: Path) -> None:
        rows = [
            ["zh", "en", "state", "status"],
            ["稅", "tax", "maybe", ""],
            ["稅", "tax", "", "best"],
            ["稅", "tax", "", "do not use"],
        ]
        path.write_text("\n".join(self.delimiter.join(row) for row in rows), encoding="utf-8")
        report = glossary.import_file(path)
        assert [(reject.line, reject.reason.split()[0]) for reject in report.rejects] == [(2, "state"), (3, "status")]
        assert next(iter(glossary.concepts())).deprecated_texts("en") == ["tax"]


class TestCsv(_TableContract):
    name = "csv"
    suffix = ".csv"
    delimiter = ","

    def test_semicolons_may_part_the_columns(self, glossary: Glossary, path: Path) -> None:
        path.write_text("zh;en\n稅;tax\n", encoding="utf-8")
        assert glossary.import_file(path).added == 1


class TestTsv(_TableContract):
    name = "tsv"
    suffix = ".tsv"
    delimiter = "\t"


class TestCedict(TermFormatContract):
    name = "cedict"
    suffix = ".u8"
    bad_line = "離境 离境 li2 jing4 /to leave/"
    hopeless = "zh,en\n" * 30
    hopeless_line = 20

    def text(self, rows: list[Row]) -> str:
        return "# CC-CEDICT\n" + "".join(f"{hant} {hans} [xx5] /{english.replace('/', '|')}/\n" for hant, hans, english in rows)

    def test_nasty_terms_are_read_as_they_are(self, glossary: Glossary, path: Path) -> None:
        # A slash parts the glosses: it stands in no term of this format.
        rows = [row for row in NASTY if "/" not in row[2]]
        path.write_text(self.text(rows), encoding="utf-8")
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == rows

    def test_it_is_not_written(self) -> None:
        with pytest.raises(UnsupportedError):
            format_named("cedict").write([], io.StringIO())

    def test_an_entry_keeps_its_reading_glosses_and_counters(self, glossary: Glossary, path: Path) -> None:
        path.write_text("旅遊業 旅游业 [lu:3 you2 ye4] /tourism industry/tourism/CL:個|个[ge4]/\n", encoding="utf-8")
        glossary.import_file(path)
        (concept,) = glossary.concepts()
        assert [term.pinyin for term in concept.terms] == ["lü3 you2 ye4", "lü3 you2 ye4", "", ""]
        assert [(term.text, term.status) for term in concept.of_language("en")] == [
            ("tourism industry", "preferred"),
            ("tourism", "admitted"),
        ]
        assert (concept.note, concept.source) == ("CL:個|个[ge4]", "CC-CEDICT")


class TestTbx(TermFormatContract):
    name = "tbx"
    suffix = ".tbx"
    bad_line = '<conceptEntry><langSec xml:lang="en"><termSec><term> </term></termSec></langSec></conceptEntry>'
    hopeless = "zh,en\n"
    hopeless_line = 1

    def text(self, rows: list[Row]) -> str:
        lines = ['<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">']
        lines.append("<tbxHeader><fileDesc><sourceDesc><p>Terms</p></sourceDesc></fileDesc></tbxHeader><text><body>")
        for row in rows:
            sections = (
                f'<langSec xml:lang="{tag}"><termSec><term>{escape(text)}</term></termSec></langSec>'
                for tag, text in zip(("zh-TW", "zh-CN", "en"), row, strict=True)
            )
            lines.append(f"<conceptEntry>{''.join(sections)}</conceptEntry>")
        return "\n".join((*lines, "</body></text></tbx>\n"))


class _PairsContract(TermFormatContract):
    """Formats of one Chinese and one English term a line: here the mainland's."""

    bad_line = "只有中文"
    hopeless = "zh,en\n" * 30
    hopeless_line = 20
    rows: ClassVar[list[Row]] = [(hans, hans, english) for _, hans, english in ROWS]
    nasty: ClassVar[list[Row]] = [(hans, hans, english) for _, hans, english in NASTY]


class TestOmegaT(_PairsContract):
    name = "omegat"
    suffix = ".utf8"

    def text(self, rows: list[Row]) -> str:
        return "# -*- coding: utf-8 -*-\n" + "".join(f"{hans}\t{english}\n" for _, hans, english in rows)

    def test_pairs_are_recognised_without_the_line_that_names_the_encoding(self) -> None:
        assert format_of_content("tax\t税\ntax refund\t退税\ta comment\n".encode(), Path("g.txt")).name == "omegat"
        assert format_of_content("en\tzh\ntax\t税\n".encode(), Path("g.txt")).name == "tsv"

    def test_comments_hold_definition_and_note(self, glossary: Glossary, path: Path) -> None:
        held = [Concept((Term("税", "zh-Hans"), Term("tax", "en")), definition="A levy.", note="Not 费.")]
        path.write_bytes(written(self.name, held))
        assert path.read_text(encoding="utf-8").splitlines()[1] == "税\ttax\tdefinition: A levy. / note: Not 费."
        glossary.import_file(path)
        (concept,) = glossary.concepts()
        assert (concept.definition, concept.note) == ("A levy.", "Not 费.")

    def test_deprecated_terms_are_not_offered(self) -> None:
        held = [
            Concept((Term("税", "zh-Hans"), Term("tax", "en"), Term("levy", "en", "admitted"), Term("toll", "en", "deprecated")))
        ]
        assert written(self.name, held).decode().splitlines()[1:] == ["税\ttax", "税\tlevy"]


class TestDeepl(_PairsContract):
    name = "deepl"
    suffix = ".txt"

    def text(self, rows: list[Row]) -> str:
        file = io.StringIO()
        csv.writer(file, lineterminator="\n").writerows((hans, english, "ZH", "EN") for _, hans, english in rows)
        return file.getvalue()

    @property
    def hopeless(self) -> str:  # type: ignore[override]
        return "中文,再来\n" * 30

    @pytest.mark.slow
    def test_huge_cells_are_read(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text([("稅" * 1_000, "税" * 1_000, "tax " * 1_000 + "end"), *self.rows]), encoding="utf-8")
        assert glossary.import_file(path).added == len(self.rows) + 1
        assert self.landed(glossary)[1:] == self.rows

    def test_each_phrase_is_written_once_and_short_enough(self) -> None:
        held = [
            Concept((Term("税", "zh-Hans"), Term("tax", "en"), Term("levy", "en", "admitted"))),
            Concept((Term("税", "zh-Hans"), Term("duty", "en"))),
            Concept((Term("长", "zh-Hans"), Term("long " * 300, "en"))),
            Concept((Term("无", "zh-Hans", "admitted"), Term("none", "en"))),
        ]
        term_format = Deepl()
        file = io.BytesIO()
        assert term_format.write(held, file) == 1
        assert file.getvalue().decode() == "税\ttax\n"
        assert sum(term_format.left_out.values()) == 2

    def test_the_direction_is_chosen_and_csv_names_it(self) -> None:
        term_format = DeeplCsv()
        term_format.source, term_format.target = "en", "zh-Hant"
        file = io.BytesIO()
        held = [Concept((Term("税", "zh-Hans"), Term("稅", "zh-Hant-HK"), Term("tax, the", "en")))]
        assert term_format.write(held, file) == 1
        assert file.getvalue().decode() == '"tax, the",稅,EN,ZH\n'

    def test_a_glossary_too_large_for_deepl_is_refused(self) -> None:
        held = (Concept((Term(f"税{number}", "zh-Hans"), Term("tax " * 200, "en"))) for number in range(20_000))
        with pytest.raises(UnsupportedError, match="10 MiB"):
            Deepl().write(held, io.BytesIO())


class _FullContract(TermFormatContract):
    """Formats that hold several languages and statuses: the curated term base comes back as it was."""

    @pytest.mark.slow
    def test_the_curated_term_base_survives_export_and_import(
        self, seeded_workspace: Workspace, glossary: Glossary, path: Path
    ) -> None:
        curated = list(seeded_workspace.glossary.concepts())
        path.write_bytes(written(self.name, curated))
        report = glossary.import_file(path)
        assert (report.format, report.added, report.rejected) == (self.name, len(curated), 0)
        assert [self.kept(concept) for concept in glossary.concepts()] == [self.kept(concept) for concept in curated]
        report = seeded_workspace.glossary.import_file(path)
        assert (report.added, report.updated, report.rejected) == (0, 0, 0)

    def kept(self, concept: Concept) -> object:
        return in_order(concept)


class TestUtx(_FullContract):
    name = "utx"
    suffix = ".utx"
    bad_line = "只有中文\t\t"
    hopeless = "zh,en\n" * 30
    hopeless_line = 1

    def text(self, rows: list[Row]) -> str:
        head = "#UTX 1.20; en/zh-CN; 2026-01-01T00:00:00Z; copyright: none;\n#term:zh-TW\tterm:zh-CN\tterm:en\n"
        return head + "".join("\t".join(row) + "\n" for row in rows)

    def test_a_bilingual_file_of_older_versions_is_read(self, glossary: Glossary, path: Path) -> None:
        path.write_text(
            "#UTX 1.11; en-US/zh-CN; 2013-12-20T17:00:45; license: CC-by 3.0; bidirectional;\n#description: sample\n"
            "#src\ttgt\tsrc:pos\tterm status\tconcept ID\tcomment\n"
            "tax\t税\tnoun\tapproved\tC1\tlevied\ntax\t税金\tnoun\tnon-standard\tC1\n"
            "tax\t赋\tnoun\tforbidden\tC1\nduty\t关税\t-\tprovisional\tC2\nfee\t费\t-\n",
            encoding="utf-8",
        )
        report = glossary.import_file(path)
        assert (report.read, report.rejected) == (3, 0)
        tax, duty, fee = sorted(glossary.concepts(), key=lambda concept: (not concept.key, concept.key))
        assert [(t.text, t.lang, t.status) for t in tax.terms] == [
            ("tax", "en-US", "preferred"),
            ("税", "zh-Hans", "preferred"),
            ("税金", "zh-Hans", "admitted"),
            ("赋", "zh-Hans", "deprecated"),
        ]
        assert (tax.terms[0].part_of_speech, tax.note) == ("noun", "levied")
        assert (duty.state, fee.state) == ("proposed", "approved")

    def test_a_line_without_one_language_is_rejected(self, glossary: Glossary, path: Path) -> None:
        path.write_text("#UTX 1.11; en/zh;\n#src\ttgt\ntax\t税\nalone\t\n", encoding="utf-8")
        report = glossary.import_file(path)
        assert [(reject.line, reject.reason) for reject in report.rejects] == [(4, "no Chinese term")]


class TestMemoq(_FullContract):
    name = "memoq"
    suffix = ".csv"
    bad_line = "9,,,只有中文,,,,,,"
    hopeless = "zh,en\n税,tax\n"
    hopeless_line = 1

    def text(self, rows: list[Row]) -> str:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        languages = ("Chinese_Taiwan", "Chinese_PRC", "English_United_States")
        columns = [name for language in languages for name in (f"{language}_Def", language, "Term_Info", "Term_Example")]
        writer.writerow(["Entry_ID", *columns])
        for at, row in enumerate(rows):
            writer.writerow([at, *(cell for text in row for cell in ("", text, "CasePermissive;HalfPrefix", ""))])
        return file.getvalue()

    def kept(self, concept: Concept) -> object:
        columns, *fields, _, _, _ = in_order(concept)
        return columns, fields

    @pytest.mark.slow
    def test_the_curated_term_base_survives_export_and_import(  # type: ignore[override]
        self, seeded_workspace: Workspace, glossary: Glossary, path: Path
    ) -> None:
        curated = list(seeded_workspace.glossary.concepts())
        path.write_bytes(written(self.name, curated))
        report = glossary.import_file(path)
        assert (report.format, report.added, report.rejected) == (self.name, len(curated), 0)
        assert [self.kept(concept) for concept in glossary.concepts()] == [self.kept(concept) for concept in curated]

    def test_everything_of_an_entry_is_kept(self, glossary: Glossary, path: Path) -> None:
        path.write_text(
            "Entry_ID;Entry_Subject;Entry_Domain;Entry_ClientID;Entry_Creator;Entry_Note;English_Def;English;Term_Info;"
            "Term_Example;English;Term_Info;Term_Example;Chinese_PRC_Def;Chinese_PRC;Term_Info;Term_Example\n"
            '7;S;finance;C;me;n;A levy.;tax;"CaseSense;NoPrefix";A tax is due.;toll;"CasePermissive;HalfPrefix;Forbidden";;'
            '一种;税;"CasePermissive;HalfPrefix";纳税\n',
            encoding="utf-8-sig",
        )
        assert glossary.import_file(path).format == "memoq"
        (concept,) = glossary.concepts()
        assert (concept.domain, concept.note, concept.definition) == ("finance", "n", "A levy.")
        assert [(said.name, said.value, said.lang) for said in concept.properties] == [
            ("Entry_Subject", "S", ""),
            ("Entry_ClientID", "C", ""),
            ("Entry_Creator", "me", ""),
            ("definition", "一种", "zh-Hans"),
        ]
        assert [(t.text, t.status, t.context) for t in concept.terms] == [
            ("tax", "preferred", "A tax is due."),
            ("toll", "deprecated", ""),
            ("税", "preferred", "纳税"),
        ]
        path.write_bytes(written(self.name, [concept]))
        (again,) = (entry for entry in format_named(self.name).read(path, ReadOptions()) if isinstance(entry, Concept))
        assert (set(again.terms), again.properties) == ({replace(t, pinyin="") for t in concept.terms}, concept.properties)


class TestMultiTerm(_FullContract):
    name = "multiterm"
    suffix = ".xml"
    bad_line = "<conceptGrp><concept>9</concept></conceptGrp>"
    hopeless = "<a>\n<b/></a>"
    hopeless_line = 1

    def text(self, rows: list[Row]) -> str:
        def group(name: str, code: str, text: str) -> str:
            term = f"<termGrp><term>{escape(text)}</term></termGrp>"
            return f'<languageGrp><language type="{name}" lang="{code}"/>{term}</languageGrp>'

        made = [
            f"<conceptGrp>{group('Chinese (Taiwan)', 'ZH-TW', hant)}{group('Chinese (PRC)', 'ZH-CN', hans)}"
            f"{group('English', 'EN', english)}</conceptGrp>"
            for hant, hans, english in rows
        ]
        return "<mtf>\n" + "\n".join(made) + "\n</mtf>\n"

    def test_a_bad_line_is_reported_and_the_others_land(self, glossary: Glossary, path: Path) -> None:
        lines = self.text(ROWS).splitlines()
        lines.insert(-2, self.bad_line)
        path.write_text("\n".join(lines), encoding="utf-8")
        report = glossary.import_file(path)
        assert [reject.line for reject in report.rejects] == [len(lines) - 2]
        assert self.landed(glossary) == ROWS

    def test_what_has_no_field_here_is_kept_and_written_back(self, glossary: Glossary, path: Path) -> None:
        path.write_text(
            "<?xml version='1.0' encoding='UTF-8'?><mtf><conceptGrp><concept>82</concept><system type='entryClass'>1</system>"
            "<transacGrp><transac type='origination'>kk</transac><date>2011-05-16T17:39:16</date></transacGrp>"
            "<descripGrp><descrip type='Subject'>finance</descrip></descripGrp>"
            "<descripGrp><descrip type='Picture'>a.png</descrip></descripGrp>"
            "<languageGrp><language lang='EN-US' type='English (United States)'/>"
            "<descripGrp><descrip type='Definition'>A levy.</descrip></descripGrp>"
            "<termGrp><term>tax</term><descripGrp><descrip type='Status'>Checked</descrip></descripGrp>"
            "<descripGrp><descrip type='Context'>A tax is due.</descrip></descripGrp></termGrp>"
            "<termGrp><term>toll</term><descripGrp><descrip type='Status'>forbidden</descrip></descripGrp></termGrp>"
            "</languageGrp>"
            "<languageGrp><language lang='ZH' type='Chinese (PRC)'/><termGrp><term>税</term></termGrp></languageGrp>"
            "<languageGrp><language lang='FR' type='French'/><termGrp><term>impôt</term></termGrp></languageGrp>"
            "</conceptGrp></mtf>",
            encoding="utf-8",
        )
        (concept,) = (entry for entry in format_named(self.name).read(path, ReadOptions()) if isinstance(entry, Concept))
        assert (concept.domain, concept.definition) == ("finance", "A levy.")
        assert [(said.name, said.value) for said in concept.properties] == [
            ("entryClass", "1"),
            ("origination", "kk"),
            ("Picture", "a.png"),
        ]
        assert [(t.text, t.lang, t.status) for t in concept.terms] == [
            ("tax", "en-US", "preferred"),
            ("toll", "en-US", "deprecated"),
            ("税", "zh-Hans", "preferred"),
            ("impôt", "fr", "preferred"),
        ]
        path.write_bytes(written(self.name, [replace(concept, key="k1")]))
        (again,) = (entry for entry in format_named(self.name).read(path, ReadOptions()) if isinstance(entry, Concept))
        assert again.terms[0].properties == concept.terms[0].properties
        assert [(t.text, t.lang, t.status, t.context) for t in again.terms] == [
            (t.text, t.lang, t.status, t.context) for t in concept.terms
        ]
        assert set(again.properties) >= set(concept.properties[1:])


class TestSkos(_FullContract):
    name = "skos"
    suffix = ".ttl"
    bad_line = '<urn:x:bad> a skos:Concept ; skos:prefLabel "no language" .'
    hopeless = "\nzh,en\n税,tax\n"
    hopeless_line = 2

    def text(self, rows: list[Row]) -> str:
        def label(text: str, tag: str) -> str:
            return json.dumps(text, ensure_ascii=False) + f"@{tag}"

        head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        return head + "".join(
            f"<urn:x:{at}> a skos:Concept ; skos:prefLabel {label(hant, 'zh-Hant')}, {label(hans, 'zh-Hans')} ;"
            f" skos:prefLabel {label(en, 'en')} .\n"
            for at, (hant, hans, en) in enumerate(rows)
        )

    def kept(self, concept: Concept) -> object:
        return in_order(concept)

    def test_turtle_is_read_in_all_its_forms(self, glossary: Glossary, path: Path) -> None:
        path.write_text(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
            "@prefix ex: <http://example.org/> .\n@base <http://example.org/> .\n"
            "ex:scheme a skos:ConceptScheme ; skos:hasTopConcept ( ex:t <b> ) .\n"
            "ex:t a skos:Concept ; skos:inScheme ex:scheme ;\n  skos:prefLabel \"tax\"@en , '税'@zh-CN ;\n"
            '  skos:altLabel """le\\u0076y"""@en ; skos:hiddenLabel "toll"@en ; # a remark\n'
            '  skos:definition "A \\"levy\\"."@en , "一种"@zh ; skos:broader <money> ; skos:notation "1.2"^^ex:n ;\n'
            "  ex:other [ ex:a 1.5 ; ex:b true ] ; .\n"
            'ex:t skos:scopeNote "said apart" .\n'
            'ex:only a skos:Concept ; skos:prefLabel "no language" .\n',
            encoding="utf-8",
        )
        report = glossary.import_file(path)
        assert [(reject.line, reject.reason) for reject in report.rejects] == [(11, "no label in a language that is named")]
        (concept,) = glossary.concepts()
        assert [(t.text, t.lang, t.status) for t in concept.terms] == [
            ("tax", "en", "preferred"),
            ("税", "zh-Hans", "preferred"),
            ("levy", "en", "admitted"),
            ("toll", "en", "deprecated"),
        ]
        assert (concept.definition, concept.note, concept.key) == ('A "levy".', "said apart", "http://example.org/t")
        assert {(said.name, said.value) for said in concept.properties} == {
            ("definition", "一种"),
            ("broader", "http://example.org/money"),
            ("notation", "1.2"),
        }


class TestJsonLines(_FullContract):
    name = "jsonl"
    suffix = ".jsonl"
    bad_line = '{"terms": []}'
    hopeless = "zh,en\n" * 30
    hopeless_line = 20

    def text(self, rows: list[Row]) -> str:
        made = ([("zh-Hant", hant), ("zh-Hans", hans), ("en", english)] for hant, hans, english in rows)
        objects = ({"terms": [{"text": text, "lang": lang} for lang, text in dict(row).items()]} for row in made)
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)

    @settings(suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow])
    @given(held=st.lists(concepts(), max_size=4), said=FIELD)
    def test_nothing_is_lost(self, held: list[Concept], said: str) -> None:
        inner = Property("date", said, "date")
        full = [
            replace(
                concept,
                terms=tuple(
                    replace(t, note=said, context=said, source=said, part_of_speech="noun", pinyin="a1", properties=(inner,))
                    for t in concept.terms
                ),
                properties=(Property("transaction", said, "transac", "#1", "en", (inner, Property("", "", parts=(inner,)))),),
                id=at,
            )
            for at, concept in enumerate(held)
        ]
        assert written_and_read(self.name, full) == full

    def test_objects_of_other_programs_are_read_as_rows(self, glossary: Glossary, path: Path) -> None:
        path.write_text('{"zh": ["税", "税金"], "en": "tax", "topic": "finance", "n": 3}\n{"a": 1}\n', encoding="utf-8")
        report = glossary.import_file(path)
        assert (report.added, [reject.line for reject in report.rejects]) == (1, [2])
        (concept,) = glossary.concepts()
        assert (concept.texts("zh"), concept.domain) == (["税", "税金"], "finance")

    @pytest.mark.parametrize(
        "line",
        [
            '{"terms": [{"text": "税", "lang": "zh", "size": 3}]}',
            '{"terms": [{"text": "税", "lang": "zh", "status": "best"}]}',
            '{"terms": [{"text": 3, "lang": "zh"}]}',
            '{"terms": [{"text": "税", "lang": "zh"}], "state": "maybe"}',
            '{"terms": [{"text": "\\ud800", "lang": "zh"}]}',
            '{"terms": [{"text": "税", "lang": "zh", "properties": [{"name": "x", "value": "y", "parts": 3}]}]}',
            '{"terms": {"text": "税"}}',
            '{"terms": [{"text": "税", "lang": "zh"}], "id": "x"}',
            "[" * 5_000,
            "null",
        ],
    )
    def test_what_is_no_concept_is_rejected(self, glossary: Glossary, path: Path, line: str) -> None:
        path.write_text(self.text(ROWS) + line + "\n", encoding="utf-8")
        report = glossary.import_file(path)
        assert (report.added, [reject.line for reject in report.rejects]) == (len(ROWS), [len(ROWS) + 1])


class TestXlsx(_FullContract):
    name = "xlsx"
    suffix = ".xlsx"

    def save(self, path: Path, *sheets: list[list[object]], merged: str = "") -> None:
        workbook = Workbook_()
        workbook.remove(workbook.worksheets[0])
        for number, rows in enumerate(sheets):
            sheet = workbook.create_sheet(f"S{number}")
            for row in rows:
                sheet.append(row)
            if merged:
                sheet.merge_cells(merged)
        workbook.save(path)

    def rows_of(self, rows: list[Row]) -> list[list[object]]:
        return [["zh-Hant", "zh-Hans", "en"], *map(list, rows)]

    @pytest.mark.parametrize("encoding", ["utf-8"])
    def test_any_encoding_is_read(self, glossary: Glossary, path: Path, encoding: str) -> None:
        self.save(path, self.rows_of(ROWS))
        report = glossary.import_file(path)
        assert (report.format, report.read, report.added, report.rejected) == (self.name, len(ROWS), len(ROWS), 0)
        assert self.landed(glossary) == ROWS

    # Workbooks have neither encodings nor line ends.
    test_legacy_encodings_are_told_apart = None  # type: ignore[assignment]
    test_windows_line_ends_are_read = None  # type: ignore[assignment]
    test_a_last_line_without_end_and_blank_lines_are_read = None  # type: ignore[assignment]

    def test_nasty_terms_are_read_as_they_are(self, glossary: Glossary, path: Path) -> None:
        self.save(path, self.rows_of(NASTY))
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == NASTY

    def test_a_bad_line_is_reported_and_the_others_land(self, glossary: Glossary, path: Path) -> None:
        self.save(path, [*self.rows_of(ROWS), ["只有中文"]])
        report = glossary.import_file(path)
        assert [reject.line for reject in report.rejects] == [len(ROWS) + 2]
        assert self.landed(glossary) == ROWS

    def test_a_file_that_is_not_of_the_format_names_file_and_line(self, glossary: Glossary, path: Path) -> None:
        self.save(path, [["Name", "Preis"], ["Apfel", 1]])
        with pytest.raises(BadFileError, match="'Name', 'Preis'"):
            glossary.import_file(path)
        path.write_text("zh,en\n税,tax\n", encoding="utf-8")
        with pytest.raises(BadFileError, match="workbook"):
            glossary.import_file(path)
        assert glossary.store.changes(1) == []

    @pytest.mark.slow
    def test_huge_cells_are_read(self, glossary: Glossary, path: Path) -> None:
        self.save(path, self.rows_of([("稅" * 9_000, "税" * 9_000, "tax " * 8_000 + "end"), *ROWS]))
        assert glossary.import_file(path).added == len(ROWS) + 1
        assert self.landed(glossary)[1:] == ROWS

    def test_the_second_import_of_a_file_changes_nothing(self, glossary: Glossary, path: Path) -> None:
        self.save(path, self.rows_of(ROWS + NASTY))
        glossary.import_file(path)
        report = glossary.import_file(path)
        assert (report.added, report.updated, report.skipped) == (0, 0, len(ROWS + NASTY))

    def test_content_shows_the_format_whatever_the_files_name(self) -> None:
        head = written(self.name, [Concept((Term("税", "zh"), Term("tax", "en")))])[:20_000]
        assert format_of_content(head, Path("terms")).name == self.name

    def test_titles_merged_cells_synonyms_and_numbers(self, glossary: Glossary, path: Path) -> None:
        self.save(
            path,
            [
                ["Glossary of taxes, 中英对照"],
                [],
                ["Subject", "English", "English 2", "中文（简体）", "Synonym (en)", "Note", "Price"],
                ["tax", "tax", "levy", "税；税金", "impost / duty", date(2026, 1, 2), 7],
                [None, "2026 budget", None, "2026预算", None, 12.0],
            ],
            [["Readme"], ["nothing here"]],
            merged="A4:A5",
        )
        report = glossary.import_file(path)
        assert (report.added, report.rejected) == (2, 0)
        first, second = glossary.concepts()
        assert first.texts("en") == ["tax", "levy", "impost", "duty"]
        assert first.texts("zh") == ["税", "税金"]
        assert (first.domain, first.note, second.domain, second.note) == ("tax", "2026-01-02", "tax", "12")

    def test_formulas_are_read_as_their_values_and_never_written(self, glossary: Glossary, path: Path) -> None:
        held = [Concept((Term("=1+1", "en"), Term("税", "zh-Hans")), note="@SUM(A1)")]
        path.write_bytes(written(self.name, held))
        cells = [cell for row in load_workbook(path)["Terms"].iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]
        glossary.import_file(path)
        (concept,) = glossary.concepts()
        assert (concept.texts("en"), concept.note) == (["=1+1"], "@SUM(A1)")

    @pytest.mark.slow
    def test_a_bomb_is_refused(self, glossary: Glossary, path: Path) -> None:
        archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
        with archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(bytes(1_000_000))
        with pytest.raises(BadFileError, match="unpack"):
            glossary.import_file(path)

    @pytest.mark.slow
    def test_a_row_number_beyond_excel_is_refused(self, glossary: Glossary, path: Path) -> None:
        self.save(path, self.rows_of(ROWS))
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'<row r="3"', b'<row r="2000000000"')
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        with pytest.raises(BadFileError, match="more rows"):
            glossary.import_file(path)
        assert glossary.store.changes(1) == []


class TestRegistry:
    def test_unknown_names_are_refused_with_those_there_are(self) -> None:
        with pytest.raises(UnsupportedError, match="csv"):
            format_named("xyz")
        with pytest.raises(UnsupportedError, match="tsv"):
            format_of_name(Path("terms.xyz"))
        with pytest.raises(UnsupportedError, match="prose"):
            format_of_content(b"Once upon a time\nthere was a term.\n", Path("prose.md"))

    @pytest.mark.parametrize("name", ["absent.csv", "."])
    def test_what_cannot_be_opened_is_named(self, empty_workspace: Workspace, tmp_path: Path, name: str) -> None:
        with pytest.raises(NotFoundError, match=str(tmp_path)):
            empty_workspace.glossary.import_file(tmp_path / name)
