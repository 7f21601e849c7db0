"""Copying through a local tool."""

import os

import pytest

from tui import area_screen
from tui.app import YuqiaoApp
from tui.clipboard import copy_with, local_tool


@pytest.fixture
def xclip(tmp_path, monkeypatch):
    """An xclip that writes what it is given into a file beside it."""
    tool = tmp_path / "xclip"
    tool.write_text(f"#!/bin/sh\ncat > '{tmp_path}/taken'\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "taken"


def test_the_tool_is_that_of_the_display(xclip):
    assert local_tool({"DISPLAY": ":0"})[0] == "xclip"
    assert local_tool({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/0"}) == ()


def test_a_tool_that_fails_or_is_not_there_copies_nothing():
    assert not copy_with(("false",), "x")
    assert not copy_with(("no-such-clipboard",), "x")


async def test_the_toast_says_which_tool_took_it(app: YuqiaoApp, look_up, settle, xclip, monkeypatch):
    monkeypatch.setattr(area_screen, "local_tool", lambda: ("xclip",))
    async with app.run_test() as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("f8")
        await settle(pilot)
        assert [toast.message for toast in app._notifications][-1] == "Copied with xclip: 離境退稅"
    assert xclip.read_text(encoding="utf-8") == "離境退稅"
