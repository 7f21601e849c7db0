"""Word documents and Excel workbooks: what changes, and that nothing else does."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from lang.errors import BadFileError
from tm.documents import package as package_module
from tm.documents.document import Document, WriteReport
from tm.documents.opening import open_document

Opened = Callable[..., Document]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def translate(path: Path, out: Path, translations: dict[str, str]) -> WriteReport:
    document = open_document(path)
    numbers = {segment.text: segment.index for segment in document.segments()}
    return document.write(out, {numbers[text]: translation for text, translation in translations.items()})


def with_parts(path: Path, out: Path, changes: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts(path), **changes}.items():
            archive.writestr(name, data)
    return out


def word(tmp_path: Path, samples: Path, body: str) -> Path:
    """A Word document with this body."""
    document = f'<w:document xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{body}</w:body></w:document>'
    return with_parts(samples / "report.docx", tmp_path / "made.docx", {"word/document.xml": document.encode()})


def body_of(path: Path, *, huge: bool = False) -> str:
    parser = etree.XMLParser(huge_tree=huge)
    text = etree.tostring(etree.fromstring(parts(path)["word/document.xml"], parser)[0], encoding="unicode")
    return text[text.index(">") + 1 :].removesuffix("</w:body>")


class TestWord:
    def test_segments(self, samples: Path) -> None:
        found = [(segment.kind, segment.text) for segment in open_document(samples / "report.docx").segments()]
        assert found == [
            ("heading", "低空經濟發展報告"),
            ("paragraph", "本報告概述低空經濟的發展。"),
            ("paragraph", "二零二四年產值達4.6萬億元。"),
            ("paragraph", "詳見附件。"),
            ("paragraph", "請參閱 example.org 的說明。"),
            ("list item", "第一項工作。"),
            ("list item", "第二項工作。"),
            ("cell", "項目"),
            ("cell", "數字"),
            ("cell", "出口總額"),
            ("cell", "3.68"),
            ("paragraph", "圖片在此：如上所示。"),
            ("paragraph", "一、總則"),
            ("paragraph", "3"),
            ("paragraph", "保留的文字和新增的文字。"),
            ("paragraph", "文字方塊的內容。"),
            ("paragraph", "數字見注釋。"),
            ("note", "數字由政府統計處提供。"),
            ("header", "立法會文件"),
            ("footer", "第 1 頁"),
        ]

    def test_other_parts_stay_byte_for_byte(self, samples: Path, tmp_path: Path) -> None:
        source, out = samples / "report.docx", tmp_path / "out.docx"
        translate(source, out, {"詳見附件。": "See the annex."})
        assert changed_parts(source, out) == {"word/document.xml"}
        translate(source, out, {"立法會文件": "LegCo paper"})
        assert len(changed_parts(source, out)) == 1

    def test_everything_but_the_text_stays(self, samples: Path, tmp_path: Path) -> None:
        source, out = samples / "report.docx", tmp_path / "out.docx"
        translate(source, out, {"低空經濟發展報告": "Report", "出口總額": "Exports"})
        before, after = parts(source)["word/document.xml"].decode(), parts(out)["word/document.xml"].decode()
        expected = etree.fromstring(before.replace("低空經濟發展報告", "Report").replace("出口總額", "Exports").encode())
        assert etree.tostring(etree.fromstring(after.encode()), method="c14n") == etree.tostring(expected, method="c14n")

    def test_formatting_stays_with_words_that_stay(self, samples: Path, tmp_path: Path) -> None:
        run, bold = "<w:r><w:t>{}</w:t></w:r>", "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
        path = word(tmp_path, samples, f"<w:p>{run.format('共')}{bold.format('4.6')}{run.format('萬。')}</w:p>")
        assert translate(path, tmp_path / "out.docx", {"共4.6萬。": "Some 4.6 of it."}).simplified == ()
        preserved = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
        assert body_of(tmp_path / "out.docx") == (
            f"<w:p>{preserved.format('Some ')}{bold.format('4.6')}{preserved.format(' of it.')}</w:p>"
        )
        assert translate(path, tmp_path / "out.docx", {"共4.6萬。": "Some 46,000."}).simplified == (0,)
        assert body_of(tmp_path / "out.docx") == f"<w:p>{run.format('Some 46,000.')}</w:p>"

    def test_the_first_runs_formatting_is_taken(self, samples: Path, tmp_path: Path) -> None:
        bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
        path = word(tmp_path, samples, f"<w:p>{bold.format('粗')}<w:r><w:t>細。</w:t></w:r></w:p>")
        translate(path, tmp_path / "out.docx", {"粗細。": "All."})
        assert body_of(tmp_path / "out.docx") == f"<w:p>{bold.format('All.')}</w:p>"

    def test_an_untranslated_neighbour_keeps_its_runs(self, samples: Path, tmp_path: Path) -> None:
        body = "<w:p><w:r><w:t>甲。乙</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>丙</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
        translate(word(tmp_path, samples, body), tmp_path / "out.docx", {"甲。": "A."})
        assert body_of(tmp_path / "out.docx") == body.replace("甲。乙", "A. 乙")

    def test_differences_that_are_not_seen_part_no_words(self, samples: Path, tmp_path: Path) -> None:
        hint = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-TW"/></w:rPr><w:t>{}</w:t></w:r>'
        path = word(tmp_path, samples, f"<w:p>{hint.format('共')}<w:r><w:t>46</w:t></w:r>{hint.format('萬')}</w:p>")
        assert translate(path, tmp_path / "out.docx", {"共46萬": "460,000"}).simplified == ()

    def test_fields(self, samples: Path, tmp_path: Path) -> None:
        field = "".join(
            f"<w:r>{part}</w:r>"
            for part in (
                '<w:fldChar w:fldCharType="begin"/>',
                "<w:instrText> PAGE </w:instrText>",
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>7</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        body = f"<w:p><w:r><w:t>第</w:t></w:r>{field}<w:r><w:t>頁</w:t></w:r></w:p>"
        path = word(tmp_path, samples, body)
        translate(path, tmp_path / "out.docx", {"第7頁": "Page 7"})
        assert field in body_of(tmp_path / "out.docx")
        translate(path, tmp_path / "out.docx", {"第7頁": "One page"})
        assert body_of(tmp_path / "out.docx") == "<w:p><w:r><w:t>One page</w:t></w:r></w:p>"

    def test_links_whose_words_are_gone_go(self, samples: Path, tmp_path: Path) -> None:
        body = '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>網站</w:t></w:r></w:hyperlink><w:r><w:t>見此。</w:t></w:r></w:p>'
        translate(word(tmp_path, samples, body), tmp_path / "out.docx", {"網站見此。": "See there."})
        assert body_of(tmp_path / "out.docx") == "<w:p><w:r><w:t>See there.</w:t></w:r></w:p>"

    def test_line_breaks_tabs_and_page_breaks(self, samples: Path, tmp_path: Path) -> None:
        body = '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type="page"/><w:t>丁</w:t></w:r></w:p>'
        path = word(tmp_path, samples, body)
        assert [segment.text for segment in open_document(path).segments()][:3] == ["甲", "乙", "丙丁"]
        document = open_document(path, by="paragraph")
        assert [segment.text for segment in document.segments()][:1] == ["甲\n乙\t丙丁"]
        document.write(tmp_path / "out.docx", {0: "a\nb\tc"})
        kept = '<w:t xml:space="preserve">{}</w:t>'
        expected = f'<w:p><w:r><w:t>a</w:t><w:br/>{kept.format("b")}<w:tab/>{kept.format("c")}<w:br w:type="page"/></w:r></w:p>'
        assert body_of(tmp_path / "out.docx") == expected

    def test_paragraphs_of_notes_and_formulas_stay(self, samples: Path, tmp_path: Path) -> None:
        body = "<w:p><w:r><w:t>甲</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:t>乙</w:t></w:r></w:p>"
        report = translate(word(tmp_path, samples, body), tmp_path / "out.docx", {"甲乙": "A"})
        assert report.simplified == (0,)
        assert body_of(tmp_path / "out.docx").count("<m:t>x</m:t>") == 1

    def test_text_boxes_change_for_old_programs_too(self, samples: Path, tmp_path: Path) -> None:
        translate(samples / "report.docx", tmp_path / "out.docx", {"文字方塊的內容。": "Box."})
        assert parts(tmp_path / "out.docx")["word/document.xml"].count(b"Box.") == 2

    def test_deleted_text_stays_deleted(self, samples: Path, tmp_path: Path) -> None:
        translate(samples / "report.docx", tmp_path / "out.docx", {"保留的文字和新增的文字。": "Kept."})
        assert "刪除的文字" in parts(tmp_path / "out.docx")["word/document.xml"].decode()

    def test_the_strict_variant_is_read(self, samples: Path, tmp_path: Path) -> None:
        path = word(tmp_path, samples, "<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
        strict = parts(path)["word/document.xml"].replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        made = with_parts(path, tmp_path / "strict.docx", {"word/document.xml": strict})
        assert open_document(made).segments()[0].text == "甲"


class TestWorkbook:
    def test_segments(self, samples: Path) -> None:
        found = [(segment.place, segment.text) for segment in open_document(samples / "figures.xlsx").segments()]
        assert found == [
            ("經濟!A1", "出口總額"),
            ("經濟!A2", "離境退稅。"),
            ("經濟!A2", "適用於旅客。"),
            ("經濟!A3", "增長5.5%，符合預期"),
            ("經濟!A4", "2024"),
            ("表格!A2", "旅客"),
            ("表格!A3", "貨物"),
            ("表格!A6", "直接寫入的文字"),
        ]

    def test_only_the_texts_change(self, samples: Path, tmp_path: Path) -> None:
        source, out = samples / "figures.xlsx", tmp_path / "out.xlsx"
        translate(source, out, {"出口總額": "Exports", "離境退稅。": "Tax refund.", "適用於旅客。": "For visitors."})
        assert changed_parts(source, out) == {"xl/sharedStrings.xml"}
        first, second = load_workbook(out).worksheets
        assert [[cell.value for cell in row] for row in first.iter_rows(max_row=2)] == [
            ["Exports", 3.68, "=B1*2"],
            ["Tax refund. For visitors.", 12, "Exports"],
        ]
        assert first["A5"].value == '=CONCATENATE("甲","乙")'
        assert second["A1"].value == "項目"

    def test_texts_in_cells(self, samples: Path, tmp_path: Path) -> None:
        source, out = samples / "figures.xlsx", tmp_path / "out.xlsx"
        translate(source, out, {"直接寫入的文字": "Written here"})
        assert changed_parts(source, out) == {"xl/worksheets/sheet2.xml"}
        assert load_workbook(out).worksheets[1]["A6"].value == "Written here"

    def test_rich_text(self, samples: Path, tmp_path: Path) -> None:
        source, out = samples / "figures.xlsx", tmp_path / "out.xlsx"
        assert translate(source, out, {"增長5.5%，符合預期": "Up 5.5%, as expected"}).simplified == ()
        rich = load_workbook(out, rich_text=True).worksheets[0]["A3"].value
        assert [str(part) for part in rich] == ["Up ", "5.5%", ", as expected"]
        assert translate(source, out, {"增長5.5%，符合預期": "As expected"}).simplified == (3,)
        assert load_workbook(out).worksheets[0]["A3"].value == "As expected"

    def test_header_cells_of_tables_are_left_alone(self, samples: Path) -> None:
        texts = {segment.text for segment in open_document(samples / "figures.xlsx").segments()}
        assert not texts & {"項目", "數值"}

    def test_readings_go_and_line_breaks_stay(self, samples: Path, tmp_path: Path) -> None:
        shared = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<si><t>甲_x000D_\n乙</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr/></si></sst>'
        )
        path = with_parts(samples / "figures.xlsx", tmp_path / "a.xlsx", {"xl/sharedStrings.xml": shared.encode()})
        assert [segment.text for segment in open_document(path).segments()][:2] == ["甲", "乙"]
        translate(path, tmp_path / "out.xlsx", {"乙": "B"})
        written = parts(tmp_path / "out.xlsx")["xl/sharedStrings.xml"].decode()
        assert "<si><t>甲_x000D_\nB</t></si>" in written


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"", "is no Word document"),
            (b"PK\x03\x04 nonsense", "is no Word document"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Office before 2007.* Save it as .docx"),
        ],
    )
    def test_files_that_are_none(self, data: bytes, message: str, opened: Opened) -> None:
        with pytest.raises(BadFileError) as caught:
            opened("a.docx", data)
        assert caught.match(message)
        assert "a.docx" in str(caught.value)

    def test_a_workbook_named_as_a_document(self, samples: Path, opened: Opened) -> None:
        with pytest.raises(BadFileError, match="is no Word document"):
            opened("a.docx", (samples / "figures.xlsx").read_bytes())
        with pytest.raises(BadFileError, match="is no Excel workbook"):
            opened("a.xlsx", (samples / "report.docx").read_bytes())

    def test_entities_in_a_part(self, samples: Path, tmp_path: Path) -> None:
        bomb = b'<!DOCTYPE a [<!ENTITY x "y">]><w:document xmlns:w="' + W.encode() + b'">&x;</w:document>'
        with pytest.raises(BadFileError, match="document type of its own"):
            open_document(with_parts(samples / "report.docx", tmp_path / "a.docx", {"word/document.xml": bomb}))

    def test_zip_bombs(self, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = with_parts(samples / "report.docx", tmp_path / "a.docx", {"word/media/big.bin": bytes(5_000_000)})
        open_document(path)
        monkeypatch.setattr(package_module, "LARGEST_PACKAGE", 4_000_000)
        with pytest.raises(BadFileError, match="unpacks to more than"):
            open_document(path)

    def test_a_part_that_lies_about_its_size(self, samples: Path, tmp_path: Path) -> None:
        data = bytearray((samples / "report.docx").read_bytes())
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
            info = archive.getinfo("word/document.xml")
        size = info.file_size.to_bytes(4, "little")
        at = data.rindex(size)
        data[at : at + 4] = (10).to_bytes(4, "little")
        (tmp_path / "a.docx").write_bytes(bytes(data))
        with pytest.raises(BadFileError, match=r"word/document\.xml"):
            open_document(tmp_path / "a.docx")

    def test_deep_nesting(self, samples: Path, tmp_path: Path) -> None:
        deep = "<w:sdt>" * 1500 + "</w:sdt>" * 1500
        path = word(tmp_path, samples, f"<w:p>{deep}<w:r><w:t>甲</w:t></w:r></w:p>")
        translate(path, tmp_path / "out.docx", {"甲": "A"})
        assert ">A<" in body_of(tmp_path / "out.docx", huge=True)
