"""Preparing an event: what drafts and slides hold, the glossary to print, hot words for recognisers."""

import zipfile
from pathlib import Path

import pytest

from interpret.preparation.briefing import Briefing, prepare
from interpret.preparation.handout import handout
from interpret.preparation.hotwords import WHISPER_TOKENS, hot_words, whisper_tokens
from interpret.preparation.names import names_in
from interpret.preparation.reading import Sentence, read_sentences
from lang.errors import BadFileError, NotFoundError, UnsupportedError
from workspace.workspace import Workspace

DATA = Path(__file__).parents[1] / "data" / "interpret"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.fixture
def briefing(seeded_workspace: Workspace) -> Briefing:
    return prepare(read_sentences(DATA / "draft.zh.txt"), seeded_workspace)


def relations(*targets: tuple[str, str, str]) -> str:
    body = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in targets)
    return f'<Relationships xmlns="{_PACKAGE}">{body}</Relationships>'


def slide(*paragraphs: str) -> str:
    return f'<p:sld xmlns:p="p" xmlns:a="{_DRAWING}">{"".join(f"<a:p>{one}</a:p>" for one in paragraphs)}</p:sld>'


@pytest.fixture
def slides(tmp_path: Path) -> Path:
    """A presentation of two slides, shown in another order than they are numbered, the second shown with notes."""
    path = tmp_path / "slides.pptx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations(("r1", "officeDocument", "ppt/presentation.xml")))
        archive.writestr(
            "ppt/presentation.xml",
            f'<p:presentation xmlns:p="p" xmlns:r="{_OFFICE}"><p:sldIdLst><p:sldId id="2" r:id="r2"/><p:sldId id="1" r:id="r1"/>'
            "</p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            relations(("r1", "slide", "slides/slide1.xml"), ("r2", "slide", "slides/slide2.xml")),
        )
        archive.writestr("ppt/slides/slide1.xml", slide("<a:r><a:t>營商環境。改革</a:t></a:r>"))
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", relations(("n", "notesSlide", "../notesSlides/notesSlide1.xml")))
        archive.writestr(
            "ppt/slides/slide2.xml",
            slide(
                "<a:r><a:t>低空</a:t></a:r><a:r><a:t>經濟</a:t></a:r>", "<a:fld><a:t>1</a:t></a:fld>", "<a:r><a:t> </a:t></a:r>"
            ),
        )
        archive.writestr("ppt/notesSlides/notesSlide1.xml", slide("<a:r><a:t>慢慢說</a:t></a:r><a:br/><a:r><a:t>停</a:t></a:r>"))
    return path


def test_terms_names_and_numbers_come_in_order_of_appearance(briefing: Briefing) -> None:
    entries = [(entry.kind, entry.text) for entry in briefing.entries]
    wanted = [
        ("name", "李明華"),
        ("term", "離境退稅"),
        ("term", "低空經濟"),
        ("number", "2,236.6億元"),
        ("candidate", "離岸數據驛站"),
        ("term", "前海"),
        ("name", "《數據跨境條例》"),
        ("name", "OpenHarbour"),
        ("number", "三成"),
    ]
    assert [entry for entry in entries if entry in wanted] == wanted
    by_text = {entry.text: entry for entry in briefing.entries}
    assert by_text["2,236.6億元"].renderings == ("RMB 223.66 billion",)
    assert (by_text["低空經濟"].count, by_text["低空經濟"].place) == (2, "sentence 3")
    assert by_text["離岸數據驛站"].count == 3
    assert {entry.text for entry in briefing.missing} >= {"離岸數據驛站", "李明華"}
    assert briefing.language == "zh"


def test_what_the_term_base_has_is_not_missing(briefing: Briefing) -> None:
    missing = {entry.text for entry in briefing.missing}
    assert "低空經濟" not in missing
    assert all(entry.concept for entry in briefing.of_kind("term"))


def test_names_need_something_that_tells_them() -> None:
    texts = [
        "王小明教授主持，我們高興地看到許多變化。",
        "The Harbour Authority met Dr Ada Wong in Kowloon. Growth was strong, says HKMA.",
        "請看《離岸條例》。",
    ]
    found = [texts[at][start:end] for at, start, end in names_in(texts)]
    assert found == ["王小明", "Harbour Authority", "Dr Ada Wong", "Kowloon", "HKMA", "《離岸條例》"]


def test_slides_are_read_as_they_are_shown_with_notes(slides: Path) -> None:
    assert read_sentences(slides) == [
        Sentence("低空經濟", "slides.pptx", "slide 1"),
        Sentence("營商環境。", "slides.pptx", "slide 2"),
        Sentence("改革", "slides.pptx", "slide 2"),
        Sentence("慢慢說 停", "slides.pptx", "notes 2"),
    ]


def test_what_is_no_presentation_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "slides.pptx"
    text.write_text("not a package", encoding="utf-8")
    with pytest.raises(BadFileError, match="PowerPoint"):
        read_sentences(text)
    with pytest.raises(NotFoundError):
        read_sentences(tmp_path / "missing.pptx")


def pdf_saying(text: str) -> bytes:
    """A pdf of one page that says a line of Latin letters."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode()


def test_pdf_is_read_by_page(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "draft.pdf"
    path.write_bytes(pdf_saying("The low-altitude economy grew. It will grow."))
    assert [(one.text, one.place) for one in read_sentences(path)] == [
        ("The low-altitude economy grew.", "page 1"),
        ("It will grow.", "page 1"),
    ]
    path.write_bytes(pdf_saying(""))
    with pytest.raises(UnsupportedError, match="no text"):
        read_sentences(path)
    path.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(BadFileError, match=r"draft\.pdf"):
        read_sentences(path)
    with pytest.raises(NotFoundError):
        read_sentences(tmp_path / "missing.pdf")


def test_pdf_without_the_extra_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    with pytest.raises(UnsupportedError, match=r"yuqiao\[pdf\]"):
        read_sentences(tmp_path / "draft.pdf")


def test_hot_words_are_in_the_recognisers_form(briefing: Briefing) -> None:
    funasr = hot_words(briefing, "funasr").text.splitlines()
    assert "离境退税 20" in funasr  # its models write simplified characters
    assert "数据跨境条例 20" in funasr
    assert "OpenHarbour 20" in funasr
    assert not any("2,236" in line for line in funasr)
    assert "低空经济 :2.0" in hot_words(briefing, "sherpa-onnx").text.splitlines()
    assert len(funasr) == len(set(funasr)) == hot_words(briefing, "funasr").words


def test_whispers_prompt_keeps_the_script_and_ends_with_what_matters(briefing: Briefing) -> None:
    found = hot_words(briefing, "whisper")
    assert found.text.count("\n") == 1
    words = found.text.strip().removesuffix("。").split("、")
    assert "離境退稅" in words
    assert words.index("離岸數據驛站") < words.index("離境退稅") < words.index("李明華")
    assert found.left_out == 0


@pytest.mark.slow
def test_whispers_prompt_has_room_for_so_many_words(seeded_workspace: Workspace) -> None:
    concepts = [concept.texts("zh")[0] for concept in seeded_workspace.glossary.concepts() if concept.texts("zh")][:300]
    briefing = prepare([Sentence(f"{text}。", "d", f"{at}") for at, text in enumerate(concepts)], seeded_workspace)
    found = hot_words(briefing, "whisper")
    assert found.left_out > 0
    assert whisper_tokens(found.text) <= WHISPER_TOKENS


def test_handout_can_be_printed_and_has_room_for_what_is_missing(briefing: Briefing) -> None:
    page = handout(briefing, "商務局 <draft>")
    assert "商務局 &lt;draft&gt;" in page
    assert "@page" in page
    assert "RMB 223.66 billion" in page
    assert page.index("離境退稅") < page.index("離岸數據驛站") < page.index("李明華") < page.index("2,236.6億元")
    assert page.count('class="open"') == len(briefing.missing)
