"""Plain text, Markdown and HTML: what is a segment, what stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lang.errors import UnsupportedError
from tm.documents.document import Document
from tm.documents.opening import open_document

Opened = Callable[..., Document]
Rewritten = Callable[..., str]


def texts(document: Document) -> list[str]:
    return [segment.text for segment in document.segments()]


class TestPlainText:
    def test_lines_are_paragraphs_and_sentences_segments(self, opened: Opened) -> None:
        segments = opened("a.txt", "　　第一句。第二句！\r\n\r\nThird. Fourth\r").segments()
        assert [(segment.text, segment.paragraph) for segment in segments] == [
            ("第一句。", 1),
            ("第二句！", 1),
            ("Third.", 2),
            ("Fourth", 2),
        ]

    def test_what_has_no_letter_and_digit_is_no_segment(self, opened: Opened) -> None:
        assert texts(opened("a.txt", "***\n——\n5\n甲")) == ["5", "甲"]

    def test_sentences_get_the_blanks_of_their_new_language(self, rewritten: Rewritten) -> None:
        assert rewritten("a.txt", "第一句。第二句。\n", {"第一句。": "One.", "第二句。": "Two."}) == "One. Two.\n"
        assert rewritten("b.txt", "One.  Two.\n", {"One.": "第一句。", "Two.": "第二句。"}) == "第一句。第二句。\n"
        assert rewritten("c.txt", "甲句。乙句。丙句。", {"乙句。": "Two."}) == "甲句。Two. 丙句。"
        assert rewritten("d.txt", "One.  Two.", {"One.": "First."}) == "First.  Two."

    def test_tabs_part_segments_and_stay(self, rewritten: Rewritten) -> None:
        assert rewritten("a.txt", "(a)\t第一句。\t3\n", {"第一句。": "One."}) == "(a)\tOne.\t3\n"

    def test_paragraphs_can_be_segments(self, opened: Opened) -> None:
        assert texts(opened("a.txt", " 第一句。第二句。\n第三句。", by="paragraph")) == ["第一句。第二句。", "第三句。"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
    def test_the_encoding_is_kept(self, encoding: str, opened: Opened, tmp_path: Path) -> None:
        text = "人民代表大會是我們國家的根本政治制度，這是大家都知道的。\n第二行也有文字。\n"
        document = opened("a.txt", text.encode(encoding))
        document.write(tmp_path / "out.txt", {1: "這是新的一句。"})
        expected = text.replace("第二行也有文字。", "這是新的一句。")
        assert (tmp_path / "out.txt").read_bytes() == expected.encode(encoding)

    def test_utf_16_of_the_other_byte_order_stays_so(self, opened: Opened, tmp_path: Path) -> None:
        opened("a.txt", b"\xfe\xff" + "甲句。".encode("utf-16-be")).write(tmp_path / "out.txt", {0: "Yes."})
        assert (tmp_path / "out.txt").read_bytes() == b"\xfe\xff" + "Yes.".encode("utf-16-be")

    def test_a_character_the_encoding_lacks_is_named(self, opened: Opened, tmp_path: Path) -> None:
        document = opened("a.txt", "人民代表大會是我們國家的根本政治制度，這是大家都知道的。".encode("big5hkscs"))
        with pytest.raises(UnsupportedError, match="'😀' cannot be written in big5hkscs"):
            document.write(tmp_path / "out.txt", {0: "😀 a"})
        assert not (tmp_path / "out.txt").exists()


class TestMarkdown:
    def test_the_blank_between_sentences_stands_behind_a_note_of_the_first(self, rewritten: Rewritten) -> None:
        content = "甲有**乙**[^1]。丙。"
        assert rewritten("a.md", content, {"甲有乙。": "A.", "丙。": "C."}) == "A.[^1] C."

    def test_kinds_of_blocks(self, samples: Path) -> None:
        found = [(segment.kind, segment.text) for segment in open_document(samples / "notes.md").segments()]
        assert found == [
            ("heading", "低空經濟發展"),
            ("paragraph", "第一句重要。"),
            ("paragraph", "第二句見 GovHK 網站，接續下一行。"),
            ("quote", "引文一句。"),
            ("quote", "引文二句。"),
            ("list item", "甲項 code 項"),
            ("list item", "乙項"),
            ("list item", "子項"),
            ("paragraph", "indented code in list"),
            ("cell", "項目"),
            ("cell", "數值"),
            ("cell", "出口 | 進口"),
            ("cell", "3.68"),
            ("cell", "總額"),
            ("heading", "Setext 標題"),
            ("paragraph", "文字 與注，a*b & c。"),
            ("note", "注釋文字。"),
        ]

    @pytest.mark.parametrize(
        ("source", "translation", "written"),
        [
            ("請用 `make` 建置。", "Build with make.", "Build with `make`."),
            ("見 [GovHK](https://gov.hk)。", "See GovHK.", "See [GovHK](https://gov.hk)."),
            ("見 [網站](https://gov.hk)。", "See the site.", "See the site."),
            ("**全句粗體。**", "All bold.", "**All bold.**"),
            ("共**4.6**萬。", "Some 46,000 of 4.6.", "Some 46,000 of **4.6**."),
            ("共**4.6**萬。", "Some 14.65.", "Some 14.65."),
            ("**甲** *乙*", "C.", "C."),
            ("# 標題 {#id} #", "Title", "# Title {#id} #"),
            ("- [x] 完成", "Done", "- [x] Done"),
            ("甲\\*乙", "a * b", "a \\* b"),
            ("甲", "1. one", "1\\. one"),
            ("甲", "- one", "\\- one"),
            ("甲", "# one", "\\# one"),
            ("甲", "snake_case _x_ <b>", "snake_case \\_x\\_ \\<b>"),
            ("| 甲 | 乙 |\n|--|--|", None, "| 甲 | 乙 |\n|--|--|"),
        ],
    )
    def test_inline_markup(
        self, source: str, translation: str | None, written: str, rewritten: Rewritten, opened: Opened
    ) -> None:
        segment = opened("b.md", source).segments()[0]
        assert rewritten("a.md", source, {segment.text: translation or segment.text}) == written

    def test_markup_across_sentences_stays_balanced(self, rewritten: Rewritten) -> None:
        source = "甲句**重點。乙句**完。"
        assert rewritten("a.md", source, {"甲句重點。": "First.", "乙句完。": "Second."}) == "First. Second."
        assert rewritten("b.md", source, {"甲句重點。": "First."}) == "First. **乙句**完。"

    @pytest.mark.parametrize(
        "source",
        [
            "---\ntitle: 甲\n---\n",
            "```\n代碼\n```\n",
            "~~~~\n```\n代碼\n~~~~",
            "    代碼\n",
            "<div>\n文字\n</div>\n",
            "<!-- 注\n\n釋 -->\n",
            "$$\n公式\n$$\n",
            "[甲]: http://a.b '題'\n",
            "***\n",
            "- - -\n",
            "> ```\n> 代碼\n> ```\n",
            "- 　\n",
            ":::note\n",
        ],
    )
    def test_left_alone(self, source: str, opened: Opened) -> None:
        assert texts(opened("a.md", source)) == []

    def test_hard_breaks_end_segments(self, opened: Opened) -> None:
        assert texts(opened("a.md", "第一行  \n第二行\\\n第三行<br>第四行")) == ["第一行", "第二行", "第三行", "第四行"]

    def test_line_ends_stay(self, rewritten: Rewritten) -> None:
        assert rewritten("a.md", "# 甲\r\n\r\n乙\r\n丙。\r\n", {"乙丙。": "B."}) == "# 甲\r\n\r\nB.\r\n"


class TestHtml:
    def test_what_attributes_show_comes_after_the_text(self, opened: Opened, rewritten: Rewritten) -> None:
        page = (
            "<p>甲<a href='x' title='提示「&amp;」'>乙</a>丙<img src=\"a\" alt=\"圖\">。</p>"
            "<input value='值' placeholder='輸入'><p translate=no title='不譯'>丁</p>"
        )
        assert texts(opened("a.html", page)) == ["甲乙丙。", "提示「&」", "圖", "輸入"]
        assert rewritten("a.html", page, {"提示「&」": "A \"hint\" & 'more'", "圖": "picture"}) == page.replace(
            "提示「&amp;」", "A &quot;hint&quot; &amp; &#39;more&#39;"
        ).replace("圖", "picture")
        # A link whose words are gone goes, and its title with it.
        out = rewritten("a.html", page, {"甲乙丙。": "All.", "提示「&」": "hint", "圖": "picture", "輸入": "type here"})
        assert out.startswith('<p>All.<img src="a" alt="picture"></p>')
        assert "placeholder='type here'" in out
        assert "hint" not in out

    def test_blocks_and_what_is_left_alone(self, samples: Path) -> None:
        found = [(segment.kind, segment.text) for segment in open_document(samples / "page.html").segments()]
        assert found[:8] == [
            ("heading", "低空經濟"),
            ("heading", "標題 & 副題"),
            ("paragraph", "第一句重要。"),
            ("paragraph", "第二句見 GovHK 網站。"),
            ("paragraph", "第三句"),
            ("list item", "甲項"),
            ("list item", "乙項"),
            ("cell", "單元"),
        ]
        assert not any("不" in text for _, text in found)

    @pytest.mark.parametrize(
        ("source", "translation", "written"),
        [
            ("<p>見 <a href='x'>GovHK</a>。</p>", "See GovHK now.", "<p>See <a href='x'>GovHK</a> now.</p>"),
            ("<p>見<a href='x'>網站</a>。</p>", "See it.", "<p>See it.</p>"),
            ("<p><b>全句。</b></p>", "All.", "<p><b>All.</b></p>"),
            ("<p>甲<img src=a>乙</p>", "A", "<p>A<img src=a></p>"),
            ("<p>甲<!-- b -->乙</p>", "A", "<p>A<!-- b --></p>"),
            ("<p>甲&nbsp;乙 &lt;丙&gt;</p>", "a < b & c", "<p>a &lt; b &amp; c</p>"),
            ("<td>甲<td>甲", "A", "<td>甲<td>A"),
            ("<p>甲\n  乙</p>", "A", "<p>A</p>"),
            ("甲", "A", "A"),
            ("<p>甲</p", "A", "<p>A</p"),
            ("<p title='a>b'>甲<p>", "A", "<p title='a>b'>A<p>"),
        ],
    )
    def test_inline_markup(self, source: str, translation: str, written: str, rewritten: Rewritten, opened: Opened) -> None:
        segment = opened("b.html", source).segments()[0]
        assert rewritten("a.html", source, {segment.text: translation}) == written

    @pytest.mark.parametrize(
        "source",
        [
            "<script>甲</script>",
            "<STYLE>甲",
            "<pre><b>甲</b></pre>",
            "<div translate=no><div>甲</div>乙</div>",
            "<div class='a notranslate'>甲</div>",
            "<!-- 甲 -->",
            "<![CDATA[甲]]>",
            "<svg><text>甲</text></svg>",
            "<textarea>甲</textarea>",
            "<!-- 甲",
        ],
    )
    def test_left_alone(self, source: str, opened: Opened) -> None:
        assert texts(opened("a.html", source)) == []

    def test_a_paragraph_not_to_translate_ends_where_the_next_begins(self, opened: Opened) -> None:
        assert texts(opened("a.html", "<p translate='no'>甲<p>乙</p>")) == ["乙"]

    def test_declared_encoding_and_characters_it_lacks(self, opened: Opened, tmp_path: Path) -> None:
        page = '<meta charset="gb2312"><p>各位代表，现在我代表市人民政府向大会报告工作。</p>'.encode("gbk")
        document = opened("a.html", page)
        document.write(tmp_path / "out.html", {0: "They said 😀."})
        assert (tmp_path / "out.html").read_bytes() == b'<meta charset="gb2312"><p>They said &#128512;.</p>'
