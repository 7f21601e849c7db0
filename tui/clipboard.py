"""Local tools that put a text on the clipboard, for terminals that do not take it from the program (OSC 52)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

_SECONDS: Final = 3


def local_tool(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The command of this machine's clipboard; empty where there is none, or where the screen is another machine's."""
    if "SSH_TTY" in environment or "SSH_CONNECTION" in environment:
        return ()
    known = (
        (sys.platform == "darwin", ("pbcopy",)),
        ("WAYLAND_DISPLAY" in environment, ("wl-copy",)),
        ("DISPLAY" in environment, ("xclip", "-selection", "clipboard")),
        ("DISPLAY" in environment, ("xsel", "--clipboard", "--input")),
        ("WSL_DISTRO_NAME" in environment, ("clip.exe",)),
    )
    return next((command for there, command in known if there and shutil.which(command[0])), ())


def copy_with(command: tuple[str, ...], text: str) -> bool:
    """Hand a text to a clipboard's command; whether it took it."""
    # clip.exe takes UTF-16 only; the others stay in the background holding the text, so their output is not waited for.
    encoded = text.encode("utf-16") if command[0] == "clip.exe" else text.encode()
    try:
        done = subprocess.run(  # noqa: S603 (one of the commands above, without a shell)
            command, input=encoded, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
