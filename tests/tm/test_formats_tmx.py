"""TMX as other tools write it, what it cannot be, and what is written."""

import io
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lang.errors import BadFileError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.registry import format_named, format_of_file
from tm.unit import Unit

DATA = Path(__file__).parent.parent / "data" / "tm"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def read(path: Path, **options: object) -> list[Entry]:
    return list(format_of_file(path).read(path, ReadOptions(**options)))  # type: ignore[arg-type]


def tu(zh: str, en: str) -> str:
    return f'<tu><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n'


def tmx(body: str) -> str:
    return f'<tmx version="1.4"><header srclang="zh-CN"/><body>\n{body}</body></tmx>'


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., list[Entry]]:
    def reading(text: str | bytes, **options: object) -> list[Entry]:
        path = tmp_path / "memory.tmx"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path, **options)

    return reading


class TestOtherTools:
    def test_codes_leave_one_blank(self, read_text: Callable[..., list[Entry]]) -> None:
        en = 'Click <ph x="1">&lt;img alt="<sub>A <hi>B</hi></sub>"&gt;</ph> to <ph/><hi>start</hi> <ph type="lb"/> now<ph/> '
        (unit,) = read_text(tmx(tu("點<ph/>擊", en)))
        assert isinstance(unit, Unit)
        assert (unit.source, unit.target) == ("點擊", "Click to start \n now")

    def test_memoq(self) -> None:
        assert read(DATA / "memoq.tmx") == [
            Unit(
                "離境退稅即時生效。",
                "The departure tax refund takes effect at once.",
                "zh-Hant-HK",
                "en",
                domain="tourism",
                author="wong",
                created="2025-01-02T03:04:05+00:00",
                changed="2025-03-02T03:04:05+00:00",
                before="上一句 R&D。",
                after="下一句。",
                properties=(
                    ("changeid", "chan"),
                    ("client", "LegCo"),
                    ("subject", "tax"),
                    ("corrected", "no"),
                    ("x-document", "address.docx"),
                ),
            )
        ]

    def test_memoq_in_utf_16_as_it_exports(self, read_text: Callable[..., list[Entry]]) -> None:
        text = (DATA / "memoq.tmx").read_text(encoding="utf-8").replace('"utf-8"', '"utf-16"')
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            assert read_text(text.encode(encoding)) == read(DATA / "memoq.tmx")

    def test_omegat(self) -> None:
        first, second = read(DATA / "omegat.tmx", origin="project")
        assert first == Unit(
            "Save & close",
            "保存并关闭",
            "en-US",
            "zh-Hans",
            origin="project",
            author="zhang",
            created="2024-01-02T03:04:05+00:00",
            changed="2024-05-06T07:08:09+00:00",
            properties=(("changeid", "li"),),
        )
        assert isinstance(second, Unit)
        assert (second.before, second.after) == ("File", "Quit")
        assert second.properties == (("note", "of a file"), ("file", "menu.txt"))

    def test_trados(self) -> None:
        (unit,) = read(DATA / "trados.tmx")
        assert unit == Unit(
            "Page \ntwo",
            "第二頁",
            "en-US",
            "zh-Hant-TW",
            domain="finance",
            author="OFFICE\\wong",
            created="2025-01-02T03:04:05+00:00",
            changed="2025-03-02T03:04:05+00:00",
            state="reviewed",
            before="Either | or.",
            after="What follows.",
            properties=(
                ("usagecount", "3"),
                ("lastusagedate", "20250302T030405Z"),
                ("x-LastUsedBy", "OFFICE\\wong"),
                ("x-Context", "3724826454458105209, 8956964337464956188"),
                ("x-Origin", "TM"),
            ),
        )

    def test_inline_tags_are_kept_as_xml_on_request(self) -> None:
        (unit,) = read(DATA / "trados.tmx", inline="keep")
        assert isinstance(unit, Unit)
        assert unit.source == '<bpt i="1" type="12" x="1"/>Page<ept i="1"/> <ph type="lb"/>two'
        assert unit.target == (
            '第<bpt i="1" type="12" x="1">&lt;b&gt;<sub>名</sub></bpt>二<ept i="1">&lt;/b&gt;</ept><hi type="x">頁</hi>'
        )

    def test_tmx_1_1_names_languages_without_xml(self) -> None:
        assert read(DATA / "level1-1.1.tmx") == [
            Unit("The meeting is open.", "会议开始。", "en", "zh-Hans"),
            Unit("Vote now", "現在表決", "en-US", "zh-Hant-TW"),
        ]

    def test_each_chinese_variety_is_a_unit_and_other_languages_are_left_out(self) -> None:
        options = ReadOptions()
        entries = list(format_named("tmx").read(DATA / "several-languages.tmx", options))
        found = [(u.source, u.target, u.source_lang, u.target_lang) for u in entries if isinstance(u, Unit)]
        assert found == [
            ("软件", "software", "zh-Hans", "en"),
            ("軟體", "software", "zh-Hant-TW", "en"),
            ("軟件", "software", "zh-Hant-HK", "en"),
            ("colour", "颜色", "en-GB", "zh-Hans"),
            ("color", "颜色", "en-US", "zh-Hans"),
        ]
        assert [entry for entry in entries if isinstance(entry, Reject)] == [
            Reject(17, "no Chinese and English pair: neither is 'de', 'fr'"),
            Reject(21, "the Chinese side is empty"),
            Reject(25, "no Chinese and English pair, only zh-Hans"),
        ]
        assert options.tags["fr"] is None
        assert options.tags["zh-TW"] == "zh-Hant-TW"

    def test_the_real_memory_is_read_whole(self, shared_data: Callable[[str], Path]) -> None:
        entries = read(shared_data("tico19/all.en-zh.tmx"))
        assert len(entries) == 3_071
        units = [entry for entry in entries if isinstance(entry, Unit)]
        assert len(units) == 3_071
        assert {unit.source_lang for unit in units} == {"en"}
        # Single sentences have no character that only one script has.
        assert sum(unit.target_lang == "zh-Hans" for unit in units) > 2_900
        assert units[0].source == "about how long have these symptoms been going on?"

    def test_a_real_memory_written_and_read_again_is_the_same(self, shared_data: Callable[[str], Path], tmp_path: Path) -> None:
        units = [entry for entry in read(shared_data("tico19/all.en-zh.tmx")) if isinstance(entry, Unit)]
        path = tmp_path / "again.tmx"
        with path.open("wb") as file:
            assert format_named("tmx").write(units, file) == len(units)
        assert read(path) == units


class TestDamage:
    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (tu("一&nbsp;二", "one"), "refers to an entity that is not declared, &nbsp;"),
            (tu("一", "one\x01"), "control character"),
            (tu("一&#x1F;", "one"), "control character"),
            (tu("一&#55357;", "one"), "control character"),
            (tu("<ph/> ", "one"), "the Chinese side is empty"),
            (tu("一", "one").replace("<seg>one</seg>", ""), "the English side is empty"),
            (tu("一", "one").replace(' xml:lang="en"', ""), "neither is 'none' beside zh-Hans"),
            ("<tu/>", "holds no text"),
            (tu("一", "one").replace("</tu>", '<tuv xml:lang="en"><seg>x</seg></tuv>' * 70 + "</tu>"), "more than can be told"),
        ],
    )
    def test_a_bad_unit_is_a_reject_among_good_ones(self, read_text: Callable[..., list[Entry]], body: str, reason: str) -> None:
        text = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n' + tmx(tu("好", "good") + body + tu("好", "good"))
        first, reject, last = read_text(text)
        assert isinstance(first, Unit)
        assert first == last
        assert isinstance(reject, Reject)
        assert reject.line == 5
        assert reason in reject.reason

    def test_characters_beyond_the_bmp_are_read_however_they_are_written(self, read_text: Callable[..., list[Entry]]) -> None:
        (unit,) = read_text(DECLARATION + tmx(tu("𠮷&#134071;&#x20BB7;&#55362;&#57271;", "&#xD83D;&#xDE00;")))
        assert isinstance(unit, Unit)
        assert (unit.source, unit.target) == ("𠮷" * 4, "😀")

    @pytest.mark.slow
    def test_lines_are_known_beyond_65535(self, read_text: Callable[..., list[Entry]]) -> None:
        entries = read_text(DECLARATION + tmx(tu("中", "a") * 66_000 + tu("", "b")))
        assert entries[-1] == Reject(66_003, "the Chinese side is empty")

    @pytest.mark.parametrize(
        ("doctype", "line"),
        [
            ('<!DOCTYPE tmx [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;">]>', 3),
            ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 2),
            ('<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY % p SYSTEM "http://localhost/p">%p;]>', 2),
            ("<!DOCTYPE tmx [<!-- ]> --><!ENTITY a 'b'>]>", 2),
        ],
    )
    def test_declared_entities_are_refused(self, read_text: Callable[..., list[Entry]], doctype: str, line: int) -> None:
        for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32"):
            with pytest.raises(BadFileError, match="declares entities") as caught:
                read_text(f'<?xml version="1.0"?>\n{doctype}\n{tmx(tu("&a;", "x"))}'.encode(encoding))
            assert caught.value.line == line

    def test_default_attributes_are_refused(self, read_text: Callable[..., list[Entry]]) -> None:
        """Each element would get all of them: a few pages could fill the memory."""
        for value in ('"x"', "'x'", '#FIXED "1"'):
            with pytest.raises(BadFileError, match="document type declaration that is not understood"):
                read_text(f"<!DOCTYPE tmx [<!ATTLIST tu a CDATA {value}>]>{tmx(tu('好', 'good'))}")

    def test_an_entity_bomb_is_refused_at_once(self, read_text: Callable[..., list[Entry]]) -> None:
        entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
        began = time.perf_counter()
        for body in (tu("&l11;", "x"), '<tu tuid="&l11;"/>'):
            with pytest.raises(BadFileError, match=r"memory\.tmx:1: declares entities"):
                read_text(f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{entities}]>{tmx(body)}')
        assert time.perf_counter() - began < 1

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE tmx SYSTEM "http://localhost:1/tmx14.dtd">',
            "<!DOCTYPE tmx PUBLIC '-//LISA OSCAR:1998//DTD//EN' 'file:///nowhere/tmx14.dtd'>",
            '<!DOCTYPE tmx [ <!-- " --> <!ELEMENT seg (#PCDATA)> <!ATTLIST tu a (b|c) #IMPLIED> <!NOTATION n SYSTEM "o"> ]>',
            "<!-- a --><?pi b?>\n",
        ],
    )
    def test_a_dtd_is_never_loaded(self, read_text: Callable[..., list[Entry]], doctype: str) -> None:
        assert len(read_text(f'<?xml version="1.0"?>{doctype}{tmx(tu("好", "good"))}')) == 1

    @pytest.mark.parametrize(
        "prolog",
        [
            "<!DOCTYPE tmx [" + "<!-- x -->" * 30_000,
            "<!DOCTYPE tmx [<!ATTLIST a b CDATA 'c' " * 9_000,
            "<!--" * 70_000,
            "<?" * 99_000,
        ],
    )
    def test_a_hostile_prolog_costs_no_time(self, read_text: Callable[..., list[Entry]], prolog: str) -> None:
        began = time.perf_counter()
        with pytest.raises(BadFileError):
            read_text(prolog)
        assert time.perf_counter() - began < 2

    def test_depth_is_no_danger(self, read_text: Callable[..., list[Entry]]) -> None:
        deep = tu("<hi>" * 1_900 + "深" + "</hi>" * 1_900, "deep")
        (unit,) = read_text(tmx(deep), inline="keep")
        assert isinstance(unit, Unit)
        assert unit.source.count("<hi>") == 1_900
        with pytest.raises(BadFileError, match=r"memory\.tmx:2: not well-formed XML"):
            read_text(tmx(tu("<hi>" * 9_000 + "深" + "</hi>" * 9_000, "deep")))

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (tmx(tu("一", "one"))[:-20], r"memory\.tmx:\d: not well-formed XML: .*cut off"),
            (tmx(tu("一", "one")).replace("</seg>", "", 1), r"memory\.tmx:2: not well-formed XML: Opening and ending tag"),
            (tmx(tu("一", "R&D")), r"memory\.tmx:2: not well-formed XML"),
            ('<xliff version="1.2"/>', r"memory\.tmx:1: its root element is <xliff>, not <tmx> Check --format"),
            ('<?xml version="1.0" encoding="x-made-up"?><tmx/>', "declares the encoding 'x-made-up'"),
            ("", r"memory\.tmx: is empty"),
            ("中文", r"memory\.tmx:1: is no XML"),
        ],
    )
    def test_what_is_no_tmx_is_refused_with_line_and_reason(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "memory.tmx"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadFileError, match=message):
            list(format_named("tmx").read(path, ReadOptions()))

    @pytest.mark.slow
    def test_the_line_of_a_syntax_error_far_into_a_file_is_right(self, read_text: Callable[..., list[Entry]]) -> None:
        with pytest.raises(BadFileError) as caught:
            read_text(tmx(tu("一", "one") * 70_000 + "<tu>&</tu>"))
        assert caught.value.line == 70_002

    @pytest.mark.parametrize("declared", ["GB2312", "gbk", "gb18030"])
    def test_legacy_encodings_are_read_as_declared(self, read_text: Callable[..., list[Entry]], declared: str) -> None:
        text = f'<?xml version="1.0" encoding="{declared}"?>' + tmx(tu("朱镕基", "Zhu Rongji"))
        assert [entry.source for entry in read_text(text.encode("gb18030")) if isinstance(entry, Unit)] == ["朱镕基"]

    def test_a_wrong_declaration_is_named_and_can_be_overruled(self, read_text: Callable[..., list[Entry]]) -> None:
        data = (DECLARATION + tmx(tu("好", "good") + tu("朱镕基总理", "Premier Zhu Rongji"))).encode("gbk")
        with pytest.raises(BadFileError, match=r"memory\.tmx:\d: not readable as utf-8\. Name its encoding with --encoding"):
            read_text(data)
        assert len(read_text(data, encoding="gbk")) == 2

    def test_a_file_saved_as_utf_8_that_says_utf_16_is_read(self, read_text: Callable[..., list[Entry]]) -> None:
        assert len(read_text(DECLARATION.replace("UTF-8", "utf-16") + tmx(tu("好", "good")))) == 1


class TestWriting:
    def written(self, units: list[Unit]) -> str:
        file = io.BytesIO()
        format_named("tmx").write(units, file)
        return file.getvalue().decode()

    def test_the_header_has_all_that_tmx_1_4b_requires(self) -> None:
        header = re.search("<header ([^>]*)/>", self.written([]))
        assert header
        attributes = dict(re.findall('([a-z-]+)="([^"]*)"', header[1]))
        assert set(attributes) == set("creationtool creationtoolversion segtype o-tmf adminlang srclang datatype".split())
        assert attributes["srclang"] == "*all*"

    def test_languages_are_written_in_the_common_spelling(self) -> None:
        tags = ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO", "zh-Hans-SG", "zh-Hant", "zh"]
        text = self.written([Unit("中文", "Chinese", tag, "en-GB") for tag in tags])
        assert re.findall('xml:lang="(zh[^"]*)"', text) == ["zh-CN", "zh-TW", "zh-HK", "zh-MO", "zh-SG", "zh-Hant", "zh"]
        assert 'srclang="zh-CN" datatype' in text
        # A unit with another source than the first one says so itself.
        assert text.count("<tu srclang=") == 6

    def test_dates_people_states_and_context_are_written(self) -> None:
        unit = Unit(
            "一", "one", "zh-Hans", "en", "memory", "law", "li", "2025-01-02T11:04:05+08:00", "2025-02-02", "reviewed", "前", "後"
        )
        text = self.written([unit])
        assert '<tu creationid="li" creationdate="20250102T030405Z" changedate="20250202T000000Z">' in text
        assert '<prop type="domain">law</prop>' in text
        assert '<prop type="x-ConfirmationLevel">ApprovedTranslation</prop>' in text
        assert '<prop type="x-context-pre">&lt;seg&gt;前&lt;/seg&gt;</prop>' in text

    def test_what_xml_forbids_is_replaced(self) -> None:
        assert "<seg>a\ufffdb\ufffd</seg>" in self.written([Unit("一", "a\x00b\ufffe")])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path: Path, project_root: Path) -> None:
    path = tmp_path / "large.tmx"
    with path.open("w", encoding="utf-8") as file:
        file.write('<tmx version="1.4"><header srclang="zh-CN"/><body>\n')
        file.writelines(tu(f"第{number}項會議議程的文件。" * 5, f"Agenda paper {number}. " * 10) for number in range(150_000))
        file.write("</body></tmx>")
    code = (
        "import re; from pathlib import Path; from tm.formats.registry import format_named; "
        "from tm.formats.entries import ReadOptions; "
        f"count = sum(1 for _ in format_named('tmx').read(Path({str(path)!r}), ReadOptions())); "
        # Not getrusage: a process counts the memory of the one that started it until it becomes its own.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]; "
        "print(count, int(peak) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project_root, capture_output=True, text=True, check=True)
    count, megabytes = map(int, done.stdout.split())
    assert path.stat().st_size > 60_000_000
    assert count == 150_000
    assert megabytes < 80


def test_very_many_attributes_are_refused_in_no_time(read_text: Callable[..., list[Entry]]) -> None:
    """Reading them one by one would take minutes."""
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    entries = read_text(tmx(tu("甲", "A").replace("<tu>", f"<tu {attributes}>") + tu("乙", "B")))
    assert entries == [Reject(2, "has 100,000 attributes on one element"), Unit("乙", "B", "zh-Hans", "en")]


@pytest.mark.parametrize("name", ["idna", "punycode", "utf-7", "unicode_escape", "rot13", "nonsense"])
def test_what_is_no_encoding_of_files_is_refused(name: str, read_text: Callable[..., list[Entry]]) -> None:
    with pytest.raises(BadFileError, match=f"declares the encoding '{name}'"):
        read_text(f'<?xml version="1.0" encoding="{name}"?>' + tmx(tu("甲", "A")))
