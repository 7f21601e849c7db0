"""The registry of actions, and what is made from it."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.write_keys import TARGET, keys_page
from tui.actions import ACTIONS, bindings, key_name
from tui.align_cutting import CutDialog
from tui.align_screen import AlignScreen
from tui.app import YuqiaoApp
from tui.areas import AREAS
from tui.booth_screen import BoothScreen
from tui.concept_form import ConceptForm
from tui.lookup_screen import LookupScreen
from tui.memory_screen import MemoryScreen
from tui.review_screen import ReviewScreen
from tui.score_screen import ScoreScreen
from tui.translate_screen import TranslateScreen

OWNERS = {
    "align": AlignScreen,
    "cut": CutDialog,
    "translate": TranslateScreen,
    "lookup": LookupScreen,
    "memory": MemoryScreen,
    "review": ReviewScreen,
    "score": ScoreScreen,
    "booth": BoothScreen,
    "area": LookupScreen,
    "app": YuqiaoApp,
    "form": ConceptForm,
}


def test_keys_page_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == keys_page(), "run scripts/write_keys.py"


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.place in OWNERS], ids=lambda action: action.id)
def test_every_action_can_be_done(action):
    assert hasattr(OWNERS[action.place], f"action_{action.id}")


def test_letters_have_a_twin_that_works_while_typing():
    for action in ACTIONS:
        if any(len(key) == 1 for key in action.keys):
            assert any(re.fullmatch(r"ctrl\+[a-z]|f\d+|alt\+[a-z]", key) for key in action.keys), action.id


def test_every_key_is_pressed_in_a_test():
    written = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        literals = (
            node.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
        )
        # Steps before a picture is taken stand in angle brackets.
        written |= {text[1:-1] if text.startswith("<") else text for text in literals if isinstance(text, str)}
    for action in ACTIONS:
        for key in action.keys:
            assert key in written, f"no test presses {key} ({action.place}: {action.label})"


def test_no_key_means_two_things_in_one_place():
    for area in AREAS:
        keys = [key for action in ACTIONS if action.place in (area.id, "area", "app") for key in action.keys]
        assert len(keys) == len(set(keys)), area.id


def test_keys_that_terminals_cannot_tell_apart_are_not_used():
    keys = {key for action in ACTIONS for key in action.keys}
    assert not keys & {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+enter", "shift+enter", "ctrl+[", "alt+b", "alt+f"}


def test_footer_has_at_most_seven_hints():
    for area in AREAS:
        shown = [binding for place in (area.id, "area", "app") for binding in bindings(place) if binding.show]
        assert len(shown) <= 7, area.id


@pytest.mark.parametrize(
    ("key", "name"), [("ctrl+n", "Ctrl+N"), ("ctrl+down", "Ctrl+Down"), ("f4", "F4"), ("escape", "Esc"), ("a", "a"), ("、", "、")]
)
def test_key_name(key, name):
    assert key_name(key) == name


async def test_palette_offers_the_actions_that_work(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        found = {command.title: command.help for command in app.get_system_commands(app.screen)}
        assert "Ctrl+N" in found["Add a concept"]
        assert found["Theme: light or dark"] == "t  Ctrl+T"
        assert found["Go to Memory"].startswith("Ctrl+G m")
        assert "Edit the concept" not in found
        await look_up(pilot, "低空")
        commands = {command.title: command for command in app.get_system_commands(app.screen)}
        commands["Edit the concept"].callback()
        await settle(pilot)
        assert isinstance(app.screen, ConceptForm)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows terminals need no such setting")
def test_kitty_keyboard_protocol_is_off_before_textual_is_imported():
    code = "import tui.app, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    environment = {name: value for name, value in os.environ.items() if name != "TEXTUAL_DISABLE_KITTY_KEY"}
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=root, check=True)
    assert done.stdout.strip() == "True"
