"""Two themes of our own. Their colours can be told apart with any kind of colour vision (after Okabe and Ito)."""

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="yuqiao-dark",
    primary="#4FB3E8",
    secondary="#7C93A8",
    accent="#4FB3E8",
    success="#35C49A",
    warning="#F0C04C",
    error="#F08A5D",
    foreground="#DCE3EA",
    background="#12181F",
    surface="#1A222B",
    panel="#232D38",
    dark=True,
    variables={
        "border-blurred": "#3A4755",
        "footer-background": "#1A222B",
        "footer-key-foreground": "#4FB3E8",
        "footer-description-foreground": "#A9B7C4",
        "input-selection-background": "#4FB3E8 35%",
    },
)

LIGHT: Final = Theme(
    name="yuqiao-light",
    primary="#005F9E",
    secondary="#5B6B7A",
    accent="#005F9E",
    success="#00704F",
    warning="#8A5A00",
    error="#B33A00",
    foreground="#1C2733",
    background="#FAFAF7",
    surface="#F0F1EE",
    panel="#E3E6E6",
    dark=False,
    variables={
        "border-blurred": "#B9C1C8",
        "footer-background": "#F0F1EE",
        "footer-key-foreground": "#005F9E",
        "footer-description-foreground": "#44525F",
        "input-selection-background": "#005F9E 25%",
    },
)

THEMES: Final = (DARK, LIGHT)

DARK_16: Final = Theme(
    name=DARK.name,
    primary="#55FFFF",
    secondary="#AAAAAA",
    accent="#55FFFF",
    success="#55FF55",
    warning="#FFFF55",
    error="#FF5555",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "border-blurred": "#555555",
        "footer-background": "#000000",
        "footer-key-foreground": "#55FFFF",
        "footer-description-foreground": "#AAAAAA",
        "input-selection-background": "#555555",
    },
)

LIGHT_16: Final = Theme(
    name=LIGHT.name,
    primary="#0000AA",
    secondary="#555555",
    accent="#0000AA",
    success="#0000AA",
    warning="#AA00AA",
    error="#AA0000",
    foreground="#000000",
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#FFFFFF",
    dark=False,
    variables={
        "border-blurred": "#AAAAAA",
        "footer-background": "#FFFFFF",
        "footer-key-foreground": "#0000AA",
        "footer-description-foreground": "#555555",
        "input-selection-background": "#AAAAAA",
    },
)

THEMES_16: Final = (DARK_16, LIGHT_16)
"""The same for terminals of 16 colours, of colours that these have: green, yellow and cyan cannot be read there on white."""


def few_colours() -> bool:
    """Whether the terminal has 16 colours or fewer, as its environment says (TERM, COLORTERM)."""
    from rich.console import Console
    from textual.constants import COLOR_SYSTEM

    console = Console(color_system=COLOR_SYSTEM, force_terminal=True)  # type: ignore[arg-type]
    return console.color_system in ("standard", "windows", None)
