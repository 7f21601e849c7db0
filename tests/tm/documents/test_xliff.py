"""XLIFF: targets, states, inline codes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from lang.errors import BadFileError, UnsupportedError
from tm.documents.document import Document
from tm.documents.opening import open_document

Opened = Callable[..., Document]
OLD = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file source-language="zh" target-language="en"><body>{}</body></file></xliff>'
)
NEW = (
    '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="zh" trgLang="en"><file id="f">{}</file></xliff>'
)


def unit(source: str, number: int = 1, target: str = "", attributes: str = "") -> str:
    """A unit of XLIFF 1.2."""
    return f'<trans-unit id="{number}"{attributes}><source>{source}</source>{target}</trans-unit>'


def part(source: str, attributes: str = "") -> str:
    """A segment of XLIFF 2.1."""
    return f"<segment{attributes}><source>{source}</source></segment>"


def mark(text: str, number: int) -> str:
    """A segment within a unit of XLIFF 1.2."""
    return f'<mrk mtype="seg" mid="{number}">{text}</mrk>'


def targets(path: Path) -> list[str]:
    """The targets of a file as they are written, without namespaces."""
    tree = etree.parse(str(path))
    written = [etree.tostring(target, encoding="unicode", with_tail=False) for target in tree.getroot().iter("{*}target")]
    return [text.replace(f' xmlns="{tree.getroot().nsmap[None]}"', "") for text in written]


def filled(opened: Opened, tmp_path: Path, content: str, translations: dict[int, str], review: tuple[int, ...] = ()) -> list[str]:
    opened("a.xlf", content).write(tmp_path / "out.xlf", translations, review=review)
    return targets(tmp_path / "out.xlf")


def test_existing_targets_states_and_places(samples: Path) -> None:
    segments = open_document(samples / "project-1.2.xlf").segments()
    assert [(segment.text, segment.target, segment.state, segment.place, segment.paragraph) for segment in segments] == [
        ("請按OK按鈕。", "", "", "1", 1),
        ("離境退稅", "departure tax refund", "final", "2", 2),
        ("一句。", "", "", "4/0", 3),
        ("二句。", "", "", "4/1", 3),
    ]
    segments = open_document(samples / "project-2.1.xlf").segments()
    assert [(segment.text, segment.target, segment.state, segment.place) for segment in segments] == [
        ("見附件 A。", "", "", "u1/s1"),
        ("好。", "Good.", "final", "u1/s2"),
    ]


class TestOld:
    def test_states(self, opened: Opened, tmp_path: Path) -> None:
        known = '<target state="final" state-qualifier="x">b</target>'
        units = unit("甲") + unit("乙", 2, known, ' approved="yes"')
        assert filled(opened, tmp_path, OLD.format(units), {0: "A", 1: "B"}, (1,)) == [
            '<target state="translated">A</target>',
            '<target state="needs-review-translation">B</target>',
        ]
        assert 'approved="no"' in (tmp_path / "out.xlf").read_text("utf-8")

    def test_codes_around_the_same_words_stay_there(self, opened: Opened, tmp_path: Path) -> None:
        content = OLD.format(unit('請按<g id="1">OK</g>鍵'))
        expected = '<target state="translated">Press <g id="1">OK</g></target>'
        assert filled(opened, tmp_path, content, {0: "Press OK"}) == [expected]

    @pytest.mark.parametrize(
        ("begins", "ends"),
        [
            ('<bpt id="1">b</bpt>', '<ept id="1">/b</ept>'),
            ('<bpt id="1" rid="7">b</bpt>', '<ept id="2" rid="7">/b</ept>'),
            ('<bx id="1" rid="7"/>', '<ex id="2" rid="7"/>'),
        ],
    )
    def test_paired_codes_around_the_same_words_stay_there(self, begins: str, ends: str, opened: Opened, tmp_path: Path) -> None:
        content = OLD.format(unit(f"第{begins}3{ends}頁"))
        expected = f'<target state="translated">Page {begins}3{ends}</target>'
        assert filled(opened, tmp_path, content, {0: "Page 3"}) == [expected]

    def test_blanks_on_both_sides_of_a_code_are_one_blank(self, opened: Opened, tmp_path: Path) -> None:
        document = opened("a.xlf", OLD.format(unit('Click <x id="1"/> to <x id="2"/><x id="3"/> start.')))
        assert [segment.text for segment in document.segments()] == ["Click to start."]
        document.write(tmp_path / "out.xlf", {0: "Click to start."})
        expected = '<target state="translated">Click <x id="1"/> to <x id="2"/><x id="3"/> start.</target>'
        assert targets(tmp_path / "out.xlf") == [expected]

    def test_no_code_is_lost(self, opened: Opened, tmp_path: Path) -> None:
        source = '<bpt id="1">b</bpt>甲<ept id="1">/b</ept>乙<x id="2"/><g id="3">丙</g>'
        assert filled(opened, tmp_path, OLD.format(unit(source)), {0: "A B"}) == [
            '<target state="needs-review-translation"><bpt id="1">b</bpt><ept id="1">/b</ept>A B<x id="2"/><g id="3"/></target>'
        ]

    def test_codes_at_the_ends_need_no_review(self, opened: Opened, tmp_path: Path) -> None:
        content = OLD.format(unit('<x id="1"/>甲乙<x id="2"/>'))
        expected = '<target state="translated"><x id="1"/>A<x id="2"/></target>'
        assert filled(opened, tmp_path, content, {0: "A"}) == [expected]

    def test_marked_terms_without_their_words_go(self, opened: Opened, tmp_path: Path) -> None:
        content = OLD.format(unit('甲<mrk mtype="term">乙</mrk>丙'))
        assert filled(opened, tmp_path, content, {0: "A"}) == ['<target state="needs-review-translation">A</target>']

    def test_one_of_several_segments_of_a_unit(self, opened: Opened, tmp_path: Path) -> None:
        cut = f"<seg-source>{mark('甲。', 0)} {mark('乙。', 1)}</seg-source><target>{mark('A.', 0)} {mark('', 1)}</target>"
        expected = f'<target state="translated">{mark("A.", 0)} {mark("B.", 1)}</target>'
        assert filled(opened, tmp_path, OLD.format(unit("甲。乙。", 1, cut)), {1: "B."}) == [expected]

    def test_segments_still_empty_need_review(self, opened: Opened, tmp_path: Path) -> None:
        cut = f"<seg-source>{mark('甲。', 0)}{mark('乙。', 1)}</seg-source>"
        expected = f'<target state="needs-review-translation"><mrk mtype="seg" mid="0"/>{mark("B.", 1)}</target>'
        assert filled(opened, tmp_path, OLD.format(unit("甲。乙。", 1, cut)), {1: "B."}) == [expected]

    def test_not_to_be_translated(self, opened: Opened) -> None:
        units = f'<group translate="no">{unit("甲")}</group>' + unit("乙", 2, "", ' translate="no"')
        assert opened("a.xlf", OLD.format(units)).segments() == []


class TestDialects:
    """What other tools write in attributes and elements of their own."""

    def test_trados(self, opened: Opened, tmp_path: Path) -> None:
        cut = f"<seg-source>{mark('甲。', 1)}{mark('乙。', 2)}{mark('丙。', 3)}</seg-source><target>{mark('A.', 1)}</target>"
        said = (
            '<s:seg-defs xmlns:s="http://sdl.com/FileTypes/SdlXliff/1.0"><s:seg id="1" conf="ApprovedTranslation"/>'
            '<s:seg id="2" conf="Draft" percent="80"/><s:seg id="3" locked="true"/></s:seg-defs>'
        )
        document = opened("a.sdlxliff", OLD.format(unit("甲。乙。丙。", 1, cut + said)))
        found = [(segment.text, segment.target, segment.state) for segment in document.segments()]
        assert found == [("甲。", "A.", "ApprovedTranslation"), ("乙。", "", "")]
        document.write(tmp_path / "out.sdlxliff", {1: "B."})
        written = (tmp_path / "out.sdlxliff").read_text("utf-8")
        assert '<s:seg id="2" conf="Translated" origin="tm"/><s:seg id="3" locked="true"/>' in written
        document.write(tmp_path / "out.sdlxliff", {1: "B."}, review=(1,))
        assert '<s:seg id="2" conf="Draft" origin="tm"/>' in (tmp_path / "out.sdlxliff").read_text("utf-8")

    def test_memoq(self, opened: Opened, tmp_path: Path) -> None:
        units = (
            unit("甲", 1, "<target></target>", ' m:status="NotStarted"')
            + unit("乙", 2, "<target>B</target>", ' m:status="ManuallyConfirmed"')
            + unit("丙", 3, "", ' m:status="NotStarted" m:locked="locked"')
        )
        document = opened("a.mqxliff", OLD.replace("<xliff ", '<xliff xmlns:m="MQXliff" ').format(units))
        found = [(segment.text, segment.target, segment.state) for segment in document.segments()]
        assert found == [("甲", "", ""), ("乙", "B", "ManuallyConfirmed")]
        document.write(tmp_path / "out.mqxliff", {0: "A"})
        assert '<trans-unit id="1" m:status="Pretranslated">' in (tmp_path / "out.mqxliff").read_text("utf-8")

    def test_phrase_writes_codes_as_text(self, opened: Opened, tmp_path: Path) -> None:
        units = unit("見{b&gt;OK&lt;b}鍵{1}，{2&gt;甲&lt;2}。", 1, "", ' m:confirmed="0" m:locked="false"') + unit(
            "乙", 2, "<target>B{1}</target>", ' m:confirmed="1"'
        )
        content = OLD.replace("<xliff ", '<xliff xmlns:m="http://www.memsource.com/mxlf/2.0" ').format(units)
        document = opened("a.mxliff", content)
        found = [(segment.text, segment.target, segment.state) for segment in document.segments()]
        assert found == [("見OK鍵，甲。", "", ""), ("乙", "B", "translated")]
        document.write(tmp_path / "out.mxliff", {0: "See the key."})
        flat, _ = targets(tmp_path / "out.mxliff")
        assert flat.endswith("See the key.{b&gt;&lt;b}{1}{2&gt;&lt;2}</target>")
        bold = opened("b.mxliff", content.replace("，{2&gt;甲&lt;2}。", ""))
        bold.write(tmp_path / "out.mxliff", {0: "See OK"})
        assert targets(tmp_path / "out.mxliff")[0].endswith(">See {b&gt;OK&lt;b}{1}</target>")

    def test_braces_of_other_files_are_text(self, opened: Opened) -> None:
        assert opened("a.xlf", OLD.format(unit("第{1}頁"))).segments()[0].text == "第{1}頁"


class TestNew:
    def test_states(self, opened: Opened, tmp_path: Path) -> None:
        parts = part("甲", ' id="s" state="reviewed" subState="a:b"') + part("乙")
        written = filled(opened, tmp_path, NEW.format(f'<unit id="u">{parts}</unit>'), {0: "A", 1: "B"}, (1,))
        assert written == ["<target>A</target>", "<target>B</target>"]
        text = (tmp_path / "out.xlf").read_text("utf-8")
        assert '<segment id="s" state="translated">' in text
        assert '<segment state="initial" subState="yuqiao:needs-review">' in text

    def test_codes(self, opened: Opened, tmp_path: Path) -> None:
        parts = part('見<pc id="1">附件 A</pc>。') + part('第<sc id="2"/>3<ec startRef="2"/>頁') + part('甲<sc id="4"/>乙')
        content = NEW.format(f'<unit id="u">{parts}</unit>')
        assert filled(opened, tmp_path, content, {0: "See the annex.", 1: "Page 3", 2: "B"}) == [
            '<target>See the annex.<pc id="1"/></target>',
            '<target>Page <sc id="2"/>3<ec startRef="2"/></target>',
            '<target>B<sc id="4"/></target>',
        ]

    def test_the_target_language_is_named(self, opened: Opened, tmp_path: Path) -> None:
        content = NEW.format(f'<unit id="u">{part("甲")}</unit>').replace(' trgLang="en"', "")
        opened("a.xlf", content).write(tmp_path / "out.xlf", {0: "A"}, target_lang="en-GB")
        assert 'trgLang="en-GB"' in (tmp_path / "out.xlf").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("<xliff version='3.0'/>", UnsupportedError, "XLIFF 3.0 is not read"),
        ("<tmx/>", UnsupportedError, "root 'tmx'"),
        ("<xliff version='1.2'>\n<a>", BadFileError, "a.xlf:2: is no well-formed XML"),
        ("", BadFileError, "well-formed"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><xliff version='1.2'>&a;</xliff>", BadFileError, "document type of its own"),
        ("<!DOCTYPE x [<!ENTITY a SYSTEM '/etc/passwd'>]><xliff version='1.2'/>", BadFileError, "document type of its own"),
        (
            "<?xml version='1.0'?><!-- > --> <!DOCTYPE x SYSTEM '>' [ ]><xliff version='1.2'/>",
            BadFileError,
            "document type of its own",
        ),
        ("<xliff version='1.2'>&undefined;</xliff>", BadFileError, "well-formed"),
    ],
)
def test_files_that_are_refused(content: str, error: type[Exception], message: str, opened: Opened) -> None:
    with pytest.raises(error, match=message):
        opened("a.xlf", content)


def test_entities_hidden_by_an_encoding_are_refused(opened: Opened) -> None:
    text = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><xliff version='1.2'/>"
    with pytest.raises(BadFileError):
        opened("a.xlf", text.encode("utf-16"))
    seven = (
        b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE x +AFs-+ADwAIQ-ENTITY a 'b'+AD4-+AF0-+AD4-<xliff version='1.2'/>"
    )
    with pytest.raises((BadFileError, UnsupportedError)):
        opened("b.xlf", seven)


def test_a_system_document_type_is_not_fetched(opened: Opened) -> None:
    content = "<!DOCTYPE xliff SYSTEM 'http://127.0.0.1:1/x.dtd'>" + OLD.format(unit("甲"))
    assert [segment.text for segment in opened("a.xlf", content).segments()] == ["甲"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str, opened: Opened, tmp_path: Path) -> None:
    name = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{name}"?>\n' + OLD.format(unit("甲"))
    document = opened("a.xlf", content.encode(encoding))
    document.write(tmp_path / "out.xlf", {0: "甲𠮷"})
    assert open_document(tmp_path / "out.xlf").segments()[0].target == "甲𠮷"
    assert (tmp_path / "out.xlf").read_bytes()[:4] == content.encode(encoding)[:4]
