"""TBX: what is read of files of others, what is said of those that break rules, and that what is written is TBX-Basic."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Term
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.registry import format_named, format_of_file
from glossary.formats.tbx_rules import CATEGORIES, TYPED
from lang.errors import BadFileError
from workspace.workspace import Workspace

SharedData = Callable[[str], Path]
STYLES = ("tbx", "tbx-dct")
GOOD = ("basic_good", "core_structure_good", "min_good", "Example_Astronomy_DCA_VALID", "Example_Astronomy_DCT_VALID")
SCHEMA = Path(__file__).parents[1] / "data/tbx/core.rng"
NS = {"t": "urn:iso:std:iso:30042:ed-2"}
# The rules of TBX-Basic: what each of these paths finds breaks one.
FORBIDDEN = (
    "//t:termNote[not(parent::t:termSec or parent::t:termNoteGrp/parent::t:termSec)]",
    "//t:*[@type='']",
    "//t:descrip[@type='subjectField'][not(ancestor-or-self::*[parent::t:conceptEntry])]",
    "//t:descrip[@type='subjectField'][ancestor::t:langSec]",
    "//t:descrip[@type='definition'][ancestor::t:termSec]",
    "//t:descrip[@type='context'][not(ancestor::t:termSec)]",
    "//t:admin[@type='source'][parent::t:conceptEntry or parent::t:langSec]",
    "//t:admin[@type='source'][not(parent::t:descripGrp or parent::t:termSec)]",
    "//t:termNote[@type='administrativeStatus'][not(contains(' preferredTerm-admn-sts admittedTerm-admn-sts"
    " deprecatedTerm-admn-sts supersededTerm-admn-sts ', concat(' ', ., ' ')))]",
    "//t:termNote[@type='partOfSpeech'][not(contains(' adjective noun other verb adverb ', concat(' ', ., ' ')))]",
    "//t:termNote[@type='grammaticalGender'][not(contains(' masculine feminine neuter other ', concat(' ', ., ' ')))]",
    "//t:termNote[@type='termType'][not(contains(' fullForm acronym abbreviation shortForm variant phrase ',"
    " concat(' ', ., ' ')))]",
    "//t:transac[@type='transactionType'][not(.='origination' or .='modification')]",
    "//t:ref[@type='crossReference'][not(parent::t:conceptEntry or parent::t:termSec)]",
    "//t:xref[@type='xGraphic'][ancestor::t:termSec]",
    "//*[@target][not(starts-with(@target, 'http')) and not(@target = //*/@id)]",
    "/t:tbx[not(@type='TBX-Basic')]",
    "/t:tbx[@style='dct']//t:body//t:*[@type]",
    "/t:tbx[@style='dca']//*[not(namespace-uri()='urn:iso:std:iso:30042:ed-2')]",
)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMA))


def read(path: Path) -> tuple[list[Concept], ReadOptions, list[Reject]]:
    options = ReadOptions()
    entries: list[Entry] = list(format_of_file(path).read(path, options))
    rejects = [entry for entry in entries if isinstance(entry, Reject)]
    return [entry for entry in entries if isinstance(entry, Concept)], options, rejects


def written(concepts: list[Concept], path: Path, style: str = "tbx") -> Path:
    with path.open("wb") as file:
        assert format_named(style).write(concepts, file) == len(concepts)
    return path


def faults(path: Path, schema: etree.RelaxNG) -> list[str]:
    """What breaks the core structure or a rule of TBX-Basic, or an identifier used twice."""
    tree = etree.parse(path)
    schema.validate(tree)
    found = [f"{error.line}: {error.message}" for error in schema.error_log]
    for rule in FORBIDDEN:
        hits: Any = tree.xpath(rule, namespaces=NS)
        found.extend(f"{hit.sourceline}: {rule}" for hit in hits)
    ids = [str(value) for value in tree.xpath("//@id")]  # type: ignore[union-attr]
    return [*found, *(f"twice: {value}" for value in set(ids) if ids.count(value) > 1)]


def file_of(tmp_path: Path, body: str, *, root: str = 'type="TBX-Basic" style="dca" xml:lang="en"') -> Path:
    path = tmp_path / "terms.tbx"
    header = "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>"
    text = f'<tbx {root} xmlns="urn:iso:std:iso:30042:ed-2">\n{header}<text><body>\n{body}\n</body></text></tbx>'
    path.write_text(text, encoding="utf-8")
    return path


def section(tag: str, *terms: str, said: str = "") -> str:
    held = "".join(term if term.startswith("<") else f"<termSec><term>{term}</term></termSec>" for term in terms)
    return f'<langSec xml:lang="{tag}">{said}{held}</langSec>'


class TestFilesOfTheStandard:
    @pytest.mark.parametrize("name", GOOD)
    def test_good_files_are_read_whole_and_without_a_word(self, name: str, shared_data: SharedData) -> None:
        concepts, options, rejects = read(shared_data("tbx") / f"{name}.tbx")
        assert (len(concepts), sum(len(concept.terms) for concept in concepts)) == (45, 113)
        assert (rejects, options.breaches) == ([], [])
        assert options.tags == {"en": "en", "es": "es", "zu": "zu"}

    @pytest.mark.parametrize("style", STYLES)
    @pytest.mark.parametrize("name", [*GOOD, "basic_bad", "core_structure_bad", "min_bad"])
    def test_read_and_written_they_are_the_same_and_valid(
        self, name: str, style: str, shared_data: SharedData, tmp_path: Path, schema: etree.RelaxNG
    ) -> None:
        concepts, _, _ = read(shared_data("tbx") / f"{name}.tbx")
        path = written(concepts, tmp_path / "again.tbx", style)
        again, options, _ = read(path)
        assert again == concepts
        assert options.breaches == []
        assert faults(path, schema) == []

    def test_both_styles_say_the_same(self, shared_data: SharedData) -> None:
        dca, _, _ = read(shared_data("tbx") / "Example_Astronomy_DCA_VALID.tbx")
        dct, _, _ = read(shared_data("tbx") / "Example_Astronomy_DCT_VALID.tbx")
        same = [a == b for a, b in zip(dca, dct, strict=True)]
        # In the files themselves one concept has a graphic in one and a note in the other, and some texts differ.
        assert same.count(True) >= 40

    def test_what_they_say_is_found_in_its_fields(self, shared_data: SharedData) -> None:
        concepts, _, _ = read(shared_data("tbx") / "Example_Astronomy_DCA_VALID.tbx")
        first = concepts[0]
        assert (first.key, first.domain, first.source) == ("c1", "General", "Oxford2007")
        assert first.definition == "A group of stars formed together in the spiral arms of a galaxy."
        assert first.note.startswith("G-Source: http://www.physics.drexel.edu")
        opened, galactic, spanish = first.terms
        assert (opened.status, opened.part_of_speech, galactic.status, spanish.lang) == ("preferred", "noun", "deprecated", "es")
        assert opened.context.startswith("Over 1100 open clusters are known in our Milky Way Galaxy, and")
        made = first.properties[0]
        assert (made.value, made.parts[0].value, made.parts[1].value) == ("origination", "2010-04-17", "Tommy")
        assert made.parts[1].parts == (Property("fn", "Tommy Tomolonis", "item"),)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            (
                "basic_bad",
                {24: "source stands alone", 26: "theWrongType", 69: "'nominal'", 97: "definition is not said", 140: "wrongType"},
            ),
            ("min_bad", {21: "'source' is not of TBX-Min", 41: "<xref>", 803: "'not an allowed value'"}),
            (
                "core_structure_bad",
                {
                    15: "text stands in <sourceDesc>",
                    21: "<admin> is not allowed in <text>",
                    26: "<term> must come first",
                    27: "<admin> has no type",
                    32: "a second <term>",
                    46: "a second <descrip>",
                },
            ),
        ],
    )
    def test_bad_files_are_read_and_each_breach_told_with_its_line(
        self, name: str, expected: dict[int, str], shared_data: SharedData, empty_workspace: Workspace
    ) -> None:
        report = empty_workspace.glossary.import_file(shared_data("tbx") / f"{name}.tbx")
        assert (report.read, report.added, report.rejected, report.unpaired) == (45, 45, 0, 45)
        assert [breach.line for breach in report.breaches] == list(expected)
        for breach in report.breaches:
            assert expected[breach.line] in breach.rule

    def test_a_file_that_is_not_well_formed_is_refused_with_the_line(
        self, shared_data: SharedData, empty_workspace: Workspace
    ) -> None:
        with pytest.raises(BadFileError, match=r"poorly_formed_xml\.tbx:42: .*term line 41"):
            empty_workspace.glossary.import_file(shared_data("tbx") / "poorly_formed_xml.tbx")
        assert empty_workspace.glossary.store.changes(1) == []


class TestReading:
    def test_chinese_of_several_places_stays_apart(self, tmp_path: Path) -> None:
        body = section("zh-CN", "软件") + section("zh-TW", "軟體") + section("zh-HK", "軟件") + section("en-US", "software")
        (concept,), options, _ = read(file_of(tmp_path, f"<conceptEntry>{body}</conceptEntry>"))
        tags = {"zh-Hans": "软件", "zh-Hant-TW": "軟體", "zh-Hant-HK": "軟件", "en-US": "software"}
        assert {term.lang: term.text for term in concept.terms} == tags
        assert options.tags == {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant-TW", "zh-HK": "zh-Hant-HK", "en-US": "en-US"}

    @pytest.mark.parametrize(
        ("note", "status"),
        [
            ('type="administrativeStatus">admittedTerm-admn-sts', "admitted"),
            ('type="administrativeStatus">supersededTerm-admn-sts', "deprecated"),
            ('type="usageStatus">obsolete', "deprecated"),
            ('type="usageStatus">preferred', "preferred"),
            ('type="usageStatus">notRecommended', "deprecated"),
            ('type="normativeAuthorization">admittedTerm', "admitted"),
            ('type="normativeAuthorization">standardizedTerm', "preferred"),
        ],
    )
    def test_every_spelling_of_a_status_is_read(self, tmp_path: Path, note: str, status: str) -> None:
        term = f"<termSec><term>tax</term><termNote {note}</termNote></termSec>"
        (concept,), _, _ = read(file_of(tmp_path, f"<conceptEntry>{section('en', term)}</conceptEntry>"))
        assert concept.terms[0].status == status
        (again,), _, _ = read(written([concept], tmp_path / "again.tbx"))
        assert again == concept

    def test_of_terms_without_status_the_first_is_preferred(self, tmp_path: Path) -> None:
        (concept,), _, _ = read(file_of(tmp_path, f"<conceptEntry>{section('en', 'tax', 'levy')}</conceptEntry>"))
        assert [term.status for term in concept.terms] == ["preferred", "admitted"]

    def test_unknown_categories_are_kept_and_written_where_they_stood(self, tmp_path: Path) -> None:
        body = (
            '<conceptEntry><admin type="entrySource">IATE</admin>'
            '<langSec xml:lang="en"><descrip type="reliabilityCode">3</descrip><termSec><term>tax</term>'
            '<termNote type="register">formal</termNote></termSec></langSec></conceptEntry>'
        )
        path = file_of(tmp_path, body, root='type="TBX-Linguist" style="dca" xml:lang="en"')
        (concept,), options, _ = read(path)
        assert options.breaches == []
        assert [(one.name, one.lang) for one in concept.properties] == [("entrySource", ""), ("reliabilityCode", "en")]
        assert concept.terms[0].properties == (Property("register", "formal", "termNote"),)
        tree = etree.parse(written([concept], tmp_path / "again.tbx"))
        for found in (
            "//t:conceptEntry/t:admin[@type='entrySource']",
            "//t:langSec/t:descrip[@type='reliabilityCode']",
            "//t:termSec/t:termNote[@type='register']",
        ):
            assert len(tree.xpath(found, namespaces=NS)) == 1  # type: ignore[arg-type]

    def test_line_breaks_of_layout_are_blanks_and_empty_lines_paragraphs(self, tmp_path: Path) -> None:
        body = "<conceptEntry><note>\n\t\tone\n\t\ttwo\n\n\t\tthree\n\t</note>" + section("en", "a\n\t b") + "</conceptEntry>"
        (concept,), _, _ = read(file_of(tmp_path, body))
        assert (concept.note, concept.terms[0].text) == ("one two\nthree", "a b")

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("<conceptEntry/>", "holds no term"),
            ("<conceptEntry><langSec><termSec><term>a</term></termSec></langSec></conceptEntry>", "holds no term"),
            (f"<conceptEntry><conceptEntry>{section('en', 'a')}</conceptEntry></conceptEntry>", "not in <body>"),
            (f"<conceptEntry>{section('en', 'a&#1;')}</conceptEntry>", "control character"),
        ],
    )
    def test_what_cannot_be_taken_is_rejected_with_its_line(self, tmp_path: Path, body: str, said: str) -> None:
        good = f"<conceptEntry>{section('en', 'good')}</conceptEntry>"
        concepts, _, rejects = read(file_of(tmp_path, f"{good}\n{body}\n{good}"))
        assert [concept.terms[0].text for concept in concepts] == ["good", "good"]
        assert rejects
        assert all(reject.line == 4 for reject in rejects)
        assert any(said in reject.reason for reject in rejects)

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (f"<conceptEntry>{section('en', 'a')}{section('Klingonish', 'b')}</conceptEntry>", "'Klingonish' is no language"),
            (f"<conceptEntry>{section('en', 'a', 'a')}</conceptEntry>", "stands twice"),
            (f"<conceptEntry>{section('en', 'a')}<foo>b</foo></conceptEntry>", "<foo> is not allowed in <conceptEntry>"),
            (f"<conceptEntry>{section('en', 'a')}words</conceptEntry>", "text stands in <conceptEntry>"),
            (f"<conceptEntry>{section('en', 'a')}<note>b</note></conceptEntry>", "<note> must come before <langSec>"),
            (f"<conceptEntry>{section('en', '<termSec><term>a <hi>b</hi></term></termSec>')}</conceptEntry>", "<hi> in a text"),
            (
                f"<conceptEntry id='x'>{section('en', 'a')}</conceptEntry>"
                f"<conceptEntry id='x'>{section('en', 'b')}</conceptEntry>",
                "'x'",
            ),
            (
                f"<conceptEntry><m:subjectField xmlns:m='u'>b</m:subjectField>{section('en', 'a')}</conceptEntry>",
                "a category as a tag",
            ),
            (f"<foo/><conceptEntry>{section('en', 'a')}</conceptEntry>", "<foo> is not allowed in <body>"),
            (f"<conceptEntry>{section('en', 'a')}</conceptEntry>stray", "text stands in <body>"),
        ],
    )
    def test_what_is_left_out_of_an_entry_is_told(self, tmp_path: Path, body: str, said: str) -> None:
        concepts, options, rejects = read(file_of(tmp_path, body))
        assert concepts
        assert rejects == []
        assert [said in breach.rule for breach in options.breaches] == [True]
        assert options.breaches[0].line == 3

    def test_attributes_in_a_file_of_tags_are_told(self, tmp_path: Path) -> None:
        body = f'<conceptEntry><descrip type="subjectField">tax</descrip>{section("en", "a")}</conceptEntry>'
        (concept,), options, _ = read(file_of(tmp_path, body, root='type="TBX-Basic" style="dct" xml:lang="en"'))
        assert concept.domain == "tax"
        assert ["whose style is dct" in breach.rule for breach in options.breaches] == [True]

    def test_the_second_edition_is_read(self, tmp_path: Path) -> None:
        """As Microsoft and IATE write it: ntig and termGrp, or tig; descripGrp around definitions."""
        path = tmp_path / "terms.xml"
        path.write_text(
            '<?xml version="1.0"?>\n<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
            '<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc>'
            "</martifHeader><text><body>"
            '<termEntry id="27766_1436060"><descripGrp><descrip type="subjectField">finance</descrip></descripGrp>'
            '<langSet xml:lang="en-US"><descripGrp><descrip type="definition">What is paid.</descrip></descripGrp>'
            '<ntig><termGrp><term id="t1">tax</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>'
            '<langSet xml:lang="zh-cn"><tig><term>税</term>'
            '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
            '<descrip type="reliabilityCode">4</descrip></tig></langSet></termEntry></body></text></martif>',
            encoding="utf-8",
        )
        (concept,), options, rejects = read(path)
        assert (rejects, options.breaches) == ([], [])
        assert (concept.key, concept.domain, concept.definition) == ("27766_1436060", "finance", "What is paid.")
        english, chinese = concept.terms
        assert (english.text, english.lang, english.part_of_speech) == ("tax", "en-US", "noun")
        assert (chinese.text, chinese.lang, chinese.status) == ("税", "zh-Hans", "preferred")
        assert chinese.properties == (Property("reliabilityCode", "4", "descrip"),)

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE tbx [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>',
        ],
    )
    def test_entities_are_refused(self, tmp_path: Path, doctype: str, empty_workspace: Workspace) -> None:
        path = file_of(tmp_path, f"<conceptEntry>{section('en', '&b;')}</conceptEntry>")
        path.write_text(f"{doctype}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        with pytest.raises(BadFileError, match=r"terms\.tbx:1: declares entities"):
            empty_workspace.glossary.import_file(path)


def by_language(concept: Concept) -> Concept:
    """A concept without its number, its terms by language, each in the order in which it has them."""
    return replace(concept, id=0, terms=tuple(sorted(concept.terms, key=lambda term: term.lang)))


class TestImporting:
    def test_concepts_without_chinese_or_english_are_known_again(self, tmp_path: Path, empty_workspace: Workspace) -> None:
        glossary = empty_workspace.glossary
        body = f"<conceptEntry>{section('es', 'impuesto')}{section('zu', 'intela')}</conceptEntry>"
        body += f"<conceptEntry>{section('es', 'impuesto')}</conceptEntry>"
        report = glossary.import_file(file_of(tmp_path, body))
        assert (report.added, report.unpaired, report.tag_counts["es"]) == (2, 2, 2)
        report = glossary.import_file(file_of(tmp_path, body))
        assert (report.added, report.updated, report.skipped) == (0, 0, 2)

    @pytest.mark.parametrize("style", STYLES)
    @pytest.mark.slow
    def test_the_curated_term_base_survives_export_and_import(
        self, seeded_workspace: Workspace, empty_workspace: Workspace, tmp_path: Path, style: str, schema: etree.RelaxNG
    ) -> None:
        curated = list(seeded_workspace.glossary.concepts())
        path = written(curated, tmp_path / "terms.tbx", style)
        assert faults(path, schema) == []
        report = empty_workspace.glossary.import_file(path)
        assert (report.added, report.rejected, report.breaches) == (len(curated), 0, [])
        # A file keeps the terms of a language together: en-HK comes after all of en.
        back = [by_language(concept) for concept in empty_workspace.glossary.concepts()]
        assert back == [by_language(concept) for concept in curated]
        report = seeded_workspace.glossary.import_file(path)
        assert (report.added, report.updated, report.rejected) == (0, 0, 0)

    def test_real_terms_survive_export_and_import(
        self, shared_data: SharedData, empty_workspace: Workspace, tmp_path: Path, schema: etree.RelaxNG
    ) -> None:
        glossary = empty_workspace.glossary
        glossary.import_files(sorted((shared_data("tico19") / "terms").glob("*.csv")))
        held = list(glossary.concepts())
        assert len(held) > 100
        path = written(held, tmp_path / "terms.tbx")
        assert faults(path, schema) == []
        again, options, rejects = read(path)
        assert (options.breaches, rejects) == ([], [])
        assert list(map(unordered, again)) == [unordered(replace(concept, id=0)) for concept in held]
        report = glossary.import_file(path)
        assert (report.added, report.updated, report.skipped) == (0, 0, len(held))


def xml_text(text: str) -> bool:
    return all(char in "\t\n\r" or " " <= char <= "~" or "\x80" <= char not in "\ufffe\uffff" for char in text)


TEXT = st.text(
    st.sampled_from("稅 \t\n\r&<>\"';]{}[A:a\u3000\u200b\u2028\x85é𠮷😀") | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=10,
).filter(xml_text)
LABELLED = TEXT | st.sampled_from(
    ["Pinyin: a", "Note: b", 'Property: {"name": "x"}', "Source: c", "Review state: rejected", "ok"]
)
TAGS = ("zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en", "en-GB", "es", "sr-Latn")
VALUES = st.sampled_from(
    ["noun", "other", "supersededTerm-admn-sts", "preferredTerm-admn-sts", "origination", "acronym", "2026-11-26", ""]
)


def properties(depth: int = 2) -> st.SearchStrategy[Property]:
    """Properties that TBX has a place for, and such as no file would hold."""
    categories = st.sampled_from(sorted(CATEGORIES)).map(lambda name: (name, CATEGORIES[name].element))
    names = st.sampled_from(["entrySource", "note", "date", "item", "usageStatus", "x y", ""])
    odd = st.tuples(names, st.sampled_from([*sorted(TYPED), "note", "date", "item", "termSec", ""]))
    notes = st.just(("note", "note"))
    return st.builds(
        lambda named, value, target, lang, parts: Property(*named[:1], value, named[1], target, lang, tuple(parts)),
        categories | odd | notes,
        VALUES | LABELLED,
        st.sampled_from(["", "", "c1", "p-1", "https://example.org/a?b=1", "no name"]),
        st.sampled_from(["", "", "en", "zh-Hans", "fr"]),
        st.lists(properties(depth - 1), max_size=2) if depth else st.just([]),
    )


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    terms: list[Term] = []
    for tag in draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=3, unique=True)):
        texts = draw(st.lists(TEXT.filter(str.strip), min_size=1, max_size=2, unique=True))
        for text in texts:
            fields = [draw(LABELLED) for _ in range(5)]
            said = tuple(draw(st.lists(properties(), max_size=3)))
            terms.append(Term(text, tag, draw(st.sampled_from(STATUSES)), *fields, said))
    texts = [draw(LABELLED) for _ in range(4)]
    key = draw(st.sampled_from(["", "c1", "departure-tax", "1", "稅 𠮷", "_x0031_"]))
    return Concept(
        tuple(terms), *texts, draw(st.sampled_from(REVIEW_STATES)), key, 0, tuple(draw(st.lists(properties(), max_size=4)))
    )


def unordered(concept: Concept) -> Concept:
    """A concept with terms and properties in an order of their own: files group them by language and place."""
    terms = [replace(term, properties=tuple(sorted(term.properties, key=repr))) for term in concept.terms]
    terms.sort(key=lambda term: term.lang)
    return replace(concept, terms=tuple(terms), properties=tuple(sorted(concept.properties, key=repr)))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None, derandomize=True)
@given(held=concepts(), style=st.sampled_from(STYLES))
@example(held=Concept((Term("a", "en"),), source="b", properties=(Property("source", "c", "admin"),)), style="tbx")
@example(
    held=Concept(
        (Term("a", "en"),),
        properties=(Property("projectSubset", "b", "admin", parts=(Property("note", "Pinyin: ", "note"),)),),
    ),
    style="tbx",
)
def test_import_of_an_export_is_the_same_and_valid(held: Concept, style: str, schema: etree.RelaxNG) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written([held], Path(folder) / "terms.tbx", style)
        (again,), options, rejects = read(path)
        assert faults(path, schema) == []
        assert (rejects, options.breaches) == ([], [])
        assert unordered(again) == unordered(held)
        (third,), _, _ = read(written([again], path, style))
        assert third == again
