"""What every format of term files keeps to: one class of tests, inherited by a class for each format."""

import csv
import io
import tempfile
from pathlib import Path
from typing import ClassVar
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.concept import REVIEW_STATES, Concept, Term
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
        path.write_bytes(self.text(ROWS).encode(encoding))
        report = glossary.import_file(path)
        assert (report.format, report.read, report.added, report.rejected) == (self.name, len(ROWS), len(ROWS), 0)
        assert self.landed(glossary) == ROWS

    @pytest.mark.parametrize("encoding", ["big5", "gb18030"])
    def test_legacy_encodings_are_told_apart(self, glossary: Glossary, path: Path, encoding: str) -> None:
        path.write_bytes(self.text(COMMON).encode(encoding))
        glossary.import_file(path)
        assert self.landed(glossary) == COMMON

    def test_windows_line_ends_are_read(self, glossary: Glossary, path: Path) -> None:
        path.write_bytes(self.text(ROWS).replace("\n", "\r\n").encode())
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == ROWS

    def test_a_last_line_without_end_and_blank_lines_are_read(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(ROWS).replace("\n", "\n\n").rstrip("\n"), encoding="utf-8")
        assert glossary.import_file(path).read == len(ROWS)
        assert self.landed(glossary) == ROWS

    def test_nasty_terms_are_read_as_they_are(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(NASTY), encoding="utf-8")
        assert glossary.import_file(path).rejected == 0
        assert self.landed(glossary) == NASTY

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
        lines = self.text(ROWS).splitlines()
        lines.insert(-1, self.bad_line)
        path.write_text("\n".join(lines), encoding="utf-8")
        report = glossary.import_file(path)
        assert (report.read, report.added, report.rejected) == (len(ROWS) + 1, len(ROWS), 1)
        assert report.rejects[0].line == len(lines) - 1
        assert report.rejects[0].reason
        assert self.landed(glossary) == ROWS

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

    def test_huge_cells_are_read(self, glossary: Glossary, path: Path) -> None:
        rows = [("稅" * 20_000, "税" * 20_000, "tax " * 50_000 + "end"), *ROWS]
        path.write_text(self.text(rows), encoding="utf-8")
        assert glossary.import_file(path).added == len(rows)
        assert self.landed(glossary)[1:] == ROWS

    def test_the_second_import_of_a_file_changes_nothing(self, glossary: Glossary, path: Path) -> None:
        path.write_text(self.text(ROWS + NASTY), encoding="utf-8")
        glossary.import_file(path)
        before = list(glossary.concepts())
        report = glossary.import_file(path)
        assert (report.added, report.updated, report.skipped) == (0, 0, len(ROWS + NASTY))
        assert report.change_id is None
        assert list(glossary.concepts()) == before
        assert len(glossary.store.changes(9)) == 1

    def test_content_shows_the_format_whatever_the_files_name(self) -> None:
        assert format_of_content(self.text(ROWS).encode(), Path("terms")).name == self.name

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
