"""Bilingual documents as memories: XLIFF, PO and parallel text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lang.errors import BadFileError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.parallel import read_parallel
from tm.formats.registry import format_of_file
from tm.unit import Unit

DATA = Path(__file__).parent.parent / "data" / "tm"


def read(path: Path, **options: object) -> tuple[list[Entry], ReadOptions]:
    given = ReadOptions(**options)  # type: ignore[arg-type]
    return list(format_of_file(path).read(path, given)), given


def short(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(unit.source, unit.target, unit.state) for unit in entries if isinstance(unit, Unit)]


class TestXliff:
    def test_phrase(self, tmp_path: Path) -> None:
        path = tmp_path / "job.mxliff"
        path.write_text(
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:m="http://www.memsource.com/mxlf/2.0" version="1.2">'
            '<file original="a.docx" source-language="zh_hk" target-language="en"><body><group id="0">'
            '<trans-unit id="1" m:confirmed="1"><source>{b&gt;稅務局&lt;b}的{1}</source>'
            "<target>Bureau {1}of {2&gt;it&lt;2}</target>"
            '</trans-unit><trans-unit id="2" m:confirmed="0"><source>未確認</source><target>Not sure</target></trans-unit>'
            "</group></body></file></xliff>",
            encoding="utf-8",
        )
        entries, options = read(path)
        assert short(entries) == [("稅務局的", "Bureau of it", "translated"), ("未確認", "Not sure", "draft")]
        assert options.tags == {"zh_hk": "zh-Hant-HK", "en": "en"}
        assert short(read(path, inline="keep")[0])[0][0] == "{b>稅務局<b}的{1}"

    def test_version_1_2(self) -> None:
        entries, options = read(DATA / "document-1.2.xlf")
        assert short(entries) == [
            ("各位議員：", "Honourable Members,", "reviewed"),
            ("經濟增長。", "The economy grew.", "draft"),
            ("第一句。", "First sentence.", "translated"),
            ("第二句。", "Second sentence.", "translated"),
        ]
        assert entries[-1] == Reject(23, "no Chinese and English pair: neither is 'de', 'fr'")
        # Two without target, one whose target is the source in state new, one mark without a target's mark.
        assert options.untranslated == 4
        assert options.tags == {"zh-HK": "zh-Hant-HK", "en": "en", "fr": None, "de": None}

    def test_neighbours_are_the_segments_next_to_it_in_the_document_translated_or_not(self) -> None:
        entries, _ = read(DATA / "document-1.2.xlf")
        first, second, third, fourth = (unit for unit in entries if isinstance(unit, Unit))
        assert (first.before, first.after) == ("", "經濟增長。")
        assert (second.before, second.after) == ("各位議員：", "未譯。")
        assert (third.before, third.after) == ("2024", "第二句。")
        assert (fourth.before, fourth.after) == ("第一句。", "第三句。")
        entries, _ = read(DATA / "document-1.2.xlf", neighbours=False)
        assert not any(unit.before or unit.after for unit in entries if isinstance(unit, Unit))

    def test_what_is_said_of_a_unit_is_kept(self) -> None:
        entries, _ = read(DATA / "document-1.2.xlf", origin="address", domain="policy")
        first = entries[0]
        assert isinstance(first, Unit)
        assert (first.source_lang, first.target_lang, first.origin, first.domain) == ("zh-Hant-HK", "en", "address", "policy")
        assert first.properties == (("file", "address.docx"), ("id", "1"), ("note", "salutation"))

    def test_inline_tags_are_kept_on_request(self) -> None:
        entries, _ = read(DATA / "document-1.2.xlf", inline="keep")
        assert short(entries)[0][:2] == ('各位<g id="1">議員</g>：', 'Honourable <g id="1">Members</g>,')
        assert short(entries)[1][:2] == ('經濟<x id="2"/>增長。', 'The economy<x id="2"/> grew.')
        assert short(entries)[3][1] == 'Second <ph id="4">&lt;br/&gt;</ph>sentence.'

    def test_sdlxliff(self) -> None:
        entries, options = read(DATA / "document.sdlxliff")
        assert short(entries) == [("Hello.", "你好。", "reviewed"), ("Goodbye.", "再见。", "draft")]
        assert options.untranslated == 1
        assert [unit.after for unit in entries if isinstance(unit, Unit)] == ["Goodbye.", "Wait."]

    def test_version_2_1(self) -> None:
        entries, options = read(DATA / "document-2.1.xlf")
        assert short(entries) == [
            ("Read this.", "請讀這個。", "reviewed"),
            ("Draft here\t.", "草稿。", "draft"),
            ("Plain.", "普通。", "translated"),
        ]
        assert options.untranslated == 1
        first = entries[0]
        assert isinstance(first, Unit)
        assert (first.source_lang, first.target_lang) == ("en", "zh-Hant-TW")
        assert first.properties == (("file", "page.html"), ("id", "u1"), ("note", "title"))

    def test_a_target_language_that_is_not_named_is_told_by_the_text(self, tmp_path: Path) -> None:
        path = tmp_path / "x.xlf"
        unit = "<trans-unit id='1'><source>yes</source><target{}>是的，我们发现</target></trans-unit>"
        units = unit.format("") + unit.format(' xml:lang="zh-CN"')
        path.write_text(f"<xliff><file source-language='en'><body>{units}</body></file></xliff>", encoding="utf-8")
        entries, _ = read(path)
        assert [unit.target_lang for unit in entries if isinstance(unit, Unit)] == ["zh-Hans", "zh-Hans"]


class TestPo:
    def test_messages(self) -> None:
        entries, options = read(DATA / "messages.po")
        assert short(entries) == [
            ("Open the file", "開啟檔案", "translated"),
            ('Close the "file" %s', "關閉「檔案」 %s\t\\完", "draft"),
            ("Open", "開啟", "translated"),
            ("%d file", "%d 個檔案", "translated"),
            ("%d files", "%d 個檔案", "translated"),
            ("After it", "其後", "translated"),
        ]
        assert [entry for entry in entries if isinstance(entry, Reject)] == [
            Reject(33, "neither a keyword nor a quoted text: '\"Broken'")
        ]
        assert options.untranslated == 1
        assert options.tags == {"zh_HK": "zh-Hant-HK"}
        first, second, third = (unit for unit in entries[:3] if isinstance(unit, Unit))
        assert first.properties == (("note", "seen by the user"),)
        assert third.properties == (("context", "menu"),)
        assert (second.before, second.after) == ("Open the file", "Open")

    def test_real_files_are_read_without_a_reject(self, shared_data: Callable[[str], Path]) -> None:
        files = sorted(shared_data("python-docs/po-3.13").rglob("*.po"))
        units = untranslated = 0
        for path in files:
            entries, options = read(path)
            assert all(isinstance(entry, Unit) for entry in entries), path
            units += len(entries)
            untranslated += options.untranslated
            text = path.read_text(encoding="utf-8")
            live = sum(line.startswith("msgid ") for line in text.splitlines())
            # Every message but the header is one or the other; these files have no plurals.
            assert len(entries) + options.untranslated == live - 1, path
        assert len(files) == 23
        assert units > 1_000

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('msgid "a"\nmsgstr "一"\nmsgid "b"\nmsgstr "二"', [("a", "一"), ("b", "二")]),
            ('msgid "a"\n\nmsgstr "一"\n', [("a", "一")]),
            ('msgid ""\n"a"\n"b"\nmsgstr ""\n"一"\n"二"\n', [("ab", "一二")]),
            ('msgid "\\x41\\102\\q"\nmsgstr "一\\"二"\n', [("ABq", '一"二')]),
            ('#~ msgid "old"\n#~ msgstr "旧"\nmsgid "a"\nmsgstr "一"\n', [("a", "一")]),
            ('msgid "a"\nmsgstr "一"\n#~ msgid "old"\n#~ msgstr "旧"\n', [("a", "一")]),
            ('\ufeffmsgid "a"\r\nmsgstr "一"\r\n', [("a", "一")]),
            ('msgid "n"\nmsgid_plural "ns"\nmsgstr[0] "一"\nmsgstr[1] "多"\n', [("n", "一"), ("ns", "多")]),
        ],
    )
    def test_ways_of_writing(self, tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
        path = tmp_path / "x.po"
        path.write_bytes(text.encode())
        assert [(source, target) for source, target, _ in short(read(path)[0])] == expected

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ('msgid "a"\nmsgid "b"\nmsgstr "二"\n', "has no msgstr"),
            ('msgid "a"\nmsgstr "一"\nmsgstr "二"\n', "msgstr stands twice"),
            ('msgid "a"\nmsgstr "OK"\n', "no Chinese and English pair"),
            ('msgid "中文"\nmsgstr "一"\n', "no Chinese and English pair"),
            ('msgid "a\\0"\nmsgstr "一"\n', "holds NUL"),
            ('msgctxt "c"\nmsgid ""\nmsgstr "一"\n', "has no msgid"),
        ],
    )
    def test_bad_messages_are_rejects(self, tmp_path: Path, text: str, reason: str) -> None:
        path = tmp_path / "x.po"
        path.write_text(f'msgid "good"\nmsgstr "好"\n\n{text}\nmsgid "good"\nmsgstr "好"\n', encoding="utf-8")
        entries, _ = read(path)
        (reject,) = (entry for entry in entries if isinstance(entry, Reject))
        assert reason in reject.reason
        assert short(entries)[0] == short(entries)[-1] == ("good", "好", "translated")

    def test_the_charset_of_the_header_is_believed(self, tmp_path: Path) -> None:
        path = tmp_path / "x.po"
        text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=GB2312\\n"\n\nmsgid "a"\nmsgstr "镕基"\n'
        path.write_bytes(text.encode("gbk"))
        assert short(read(path)[0]) == [("a", "镕基", "translated")]

    def test_another_language_is_rejected(self, tmp_path: Path) -> None:
        path = tmp_path / "fr.po"
        path.write_text('msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "un"\n', encoding="utf-8")
        assert read(path)[0] == [Reject(4, "no Chinese and English pair: neither is 'fr' beside en")]


class TestParallelText:
    @pytest.fixture
    def pair(self, tmp_path: Path) -> Callable[..., tuple[list[Entry], ReadOptions]]:
        def reading(zh: str | bytes, en: str | bytes, **options: object) -> tuple[list[Entry], ReadOptions]:
            paths = tmp_path / "zh.txt", tmp_path / "en.txt"
            for path, text in zip(paths, (zh, en), strict=True):
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
            given = ReadOptions(**options)  # type: ignore[arg-type]
            return list(read_parallel(*paths, given)), given

        return reading

    def test_lines_pair(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        entries, _ = pair("第一句\r\n第二句會\n𠮷\n\n", "one\ntwo\n[b] <x>", origin="o")
        assert entries == [
            Unit("第一句", "one", "zh", "en", "o", after="第二句會"),
            Unit("第二句會", "two", "zh-Hant", "en", "o", before="第一句", after="𠮷"),
            Unit("𠮷", "[b] <x>", "zh", "en", "o", before="第二句會"),
        ]

    def test_encodings_may_differ_and_languages_be_named(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        entries, _ = pair(
            "经济发展\n".encode("gb18030"), "growth\n".encode("utf-16"), languages=("zh_CN", "en-GB"), neighbours=False
        )
        assert entries == [Unit("经济发展", "growth", "zh-Hans", "en-GB")]

    def test_one_blank_line_is_a_reject(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        entries, _ = pair("一\n\n\n四\n", "one\ntwo\n\nfour\n")
        assert [entry for entry in entries if isinstance(entry, Reject)] == [Reject(2, "the Chinese side is empty")]
        assert len(entries) == 3

    def test_unequal_files_are_refused_with_both_counts(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        with pytest.raises(BadFileError, match=r"zh\.txt:3: 5 lines, but .*en\.txt has 2"):
            pair("一\n二\n三\n四\n五\n", "one\ntwo\n")
        with pytest.raises(BadFileError, match=r"zh\.txt:1: 0 lines, but .*en\.txt has 1"):
            pair("", "one\n")

    def test_files_the_wrong_way_round_are_noticed(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        with pytest.raises(BadFileError, match="Give the Chinese file first"):
            pair("one\ntwo\n", "一\n二\n")

    def test_two_empty_files_have_no_units(self, pair: Callable[..., tuple[list[Entry], ReadOptions]]) -> None:
        assert pair("", "")[0] == []

    def test_real_lines(self, shared_data: Callable[[str], Path]) -> None:
        chinese, english = shared_data("ntrex/newstest2019-ref.zho-TW.txt"), shared_data("ntrex/newstest2019-src.eng.txt")
        entries = list(read_parallel(chinese, english, ReadOptions(languages=("zh-TW", "en"))))
        assert len(entries) == 1_997
        assert all(isinstance(entry, Unit) for entry in entries)
