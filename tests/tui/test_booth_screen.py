"""The booth: a transcript followed, held still, gone back in, and a term added on the fly."""

import asyncio
from pathlib import Path

import pytest

from tests.tui.conftest import HOSTILE
from tui.booth_screen import BoothScreen, source_of
from tui.concept_form import ConceptForm
from tui.path_picker import PathPicker

SPEECH = "深圳發展低空經濟。\n去年總額為2,236.6億元。\n離境退稅和低空經濟。\n"


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH, encoding="utf-8")
    return path


async def start(pilot, settle, source: str) -> BoothScreen:
    await settle(pilot)
    await pilot.press("ctrl+g", "b")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, BoothScreen)
    screen.source_input.value = source
    await pilot.press("enter")
    return screen


def shown(screen: BoothScreen) -> str:
    return "\n".join(screen.now_view.plain_lines)


async def until(pilot, condition) -> None:
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.02)
        await pilot.pause(0)
    raise AssertionError("it never came")


async def test_a_transcript_is_prompted_to_its_end(app, settle, transcript):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(pilot, settle, f"{transcript} 1000")
        await settle(pilot)
        assert "離境退稅和低空經濟。" in shown(screen)
        assert "> 離境退稅" in shown(screen)
        assert "departure tax refund" in shown(screen)
        assert "  低空經濟" in shown(screen), "said before, so quiet"
        assert screen.earlier_view.plain_lines[0].startswith("去年總額為2,236.6億元。")
        assert "RMB 223.66 billion" in screen.earlier_view.plain_lines[0]


@pytest.mark.parametrize("key", ["o", "ctrl+o"])
async def test_the_transcript_is_picked_from_the_folders(app, settle, transcript, key):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+g", "b")
        await settle(pilot)
        screen = app.screen
        if key == "o":
            screen.now_view.focus()
        await pilot.press(key)
        assert isinstance(app.screen, PathPicker)
        app.screen.field.value = str(transcript)
        await pilot.press("enter")
        assert screen.source_input.value == str(transcript)
        assert screen.source_input.has_focus


async def test_one_goes_back_and_forward_again(app, settle, transcript):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(pilot, settle, f"{transcript} 1000")
        await settle(pilot)
        for key, text in [("up", "去年總額"), ("k", "深圳發展"), ("up", "深圳發展"), ("down", "去年總額"), ("j", "離境退稅和")]:
            await pilot.press(key)
            assert text in shown(screen), key
        await pilot.press("f4", "f4", "end")
        assert "離境退稅和" in shown(screen)
        await pilot.press("f4", "f5")
        assert "離境退稅和" in shown(screen)


async def test_a_growing_file_is_followed_held_still_and_stopped(app, settle, tmp_path):
    path = tmp_path / "live.txt"
    path.write_text("深圳發展低空經濟。\n", encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(pilot, settle, f"+{path}")
        await until(pilot, lambda: "深圳發展" in shown(screen))
        await pilot.press("space")
        with path.open("a", encoding="utf-8") as file:
            file.write("離境退稅。\n")
        await until(pilot, lambda: "1 new" in str(screen.status.render()))
        assert "深圳發展" in shown(screen)
        await pilot.press("f6")
        assert "離境退稅" in shown(screen)
        await pilot.press("escape")
        await until(pilot, lambda: "ended" in str(screen.status.render()))
        await pilot.press("escape")
        assert screen.focused is screen.source_input


async def test_a_term_added_on_the_fly_is_prompted_from_the_next_line(app, settle, tmp_path):
    path = tmp_path / "live.txt"
    path.write_text("夜市龍蝦節開幕。\n", encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(pilot, settle, f"+{path}")
        await until(pilot, lambda: "夜市" in shown(screen))
        assert "Lobster" not in shown(screen)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, ConceptForm))
        app.screen.query_one("#chinese").value = "夜市龍蝦節"
        app.screen.query_one("#english").value = "Night Market Lobster Festival"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        with path.open("a", encoding="utf-8") as file:
            file.write("夜市龍蝦節又開幕。\n")
        await until(pilot, lambda: "Lobster Festival" in shown(screen))
        await pilot.press("escape")
        await until(pilot, lambda: "ended" in str(screen.status.render()))


async def test_chinese_is_shown_in_the_script_of_all_areas(app, settle, transcript):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await start(pilot, settle, f"{transcript} 1000")
        await settle(pilot)
        await pilot.press("s")
        assert "离境退税" in shown(screen)
        await pilot.press("ctrl+g", "l")
        await settle(pilot)
        app.screen.query_one("#query").value = "低空"
        await settle(pilot)
        assert "低空经济" in "\n".join(app.screen.results.plain_lines)
        await pilot.press("ctrl+g", "b")
        await settle(pilot)
        assert app.screen is screen, "it stays as it was left"


async def test_text_that_looks_like_markup_is_shown_as_it_is(app, settle, tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text(f"{HOSTILE} 低空經濟 [red]x[/red]\n", encoding="utf-8")
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await start(pilot, settle, f"{path} 1000")
        await settle(pilot)
        assert HOSTILE in shown(screen)
        assert "[red]x[/red]" in shown(screen)


async def test_a_file_that_is_not_there_is_told_in_words(app, settle, tmp_path):
    async with app.run_test(size=(80, 24)) as pilot:
        await start(pilot, settle, str(tmp_path / "absent.txt"))
        await until(pilot, lambda: "ErrorDialog" in type(app.screen).__name__)


async def test_either_language_of_the_sentence_is_copied(app, settle, tmp_path, monkeypatch):
    path = tmp_path / "speech.txt"
    path.write_text("發展低空經濟。\n", encoding="utf-8")
    copied: list[str] = []
    monkeypatch.setattr(type(app), "copy_to_clipboard", lambda _, text: copied.append(text))
    async with app.run_test(size=(80, 24)) as pilot:
        await start(pilot, settle, f"{path} 1000")
        await settle(pilot)
        await pilot.press("c")
        assert copied == ["We will develop the low-altitude economy."]
        await pilot.press("z", "f8", "s", "f9")
        assert copied[1:] == ["發展低空經濟。", copied[0], "发展低空经济。"]


async def test_a_click_on_the_bar_goes_to_an_area(app, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = app.screen.query_one("AreaBar")
        at = bar.render().plain.index("Booth")
        await pilot.click("AreaBar", offset=(at + 1, 0))
        await settle(pilot)
        assert isinstance(app.screen, BoothScreen)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("speech.txt", ("speech.txt", False, 1.0)),
        ("my speech.txt 2.5", ("my speech.txt", False, 2.5)),
        ("my speech.txt", ("my speech.txt", False, 1.0)),
        ("+ live.jsonl", ("live.jsonl", True, 1.0)),
        ("＋live 2", ("live 2", True, 1.0)),
    ],
)
def test_what_the_field_names(typed, expected):
    source = source_of(typed)
    assert source is not None
    assert (source.file, source.follow, source.speed) == expected


@pytest.mark.parametrize("typed", ["", "  ", "+", "+ "])
def test_a_field_that_names_nothing(typed):
    assert source_of(typed) is None
