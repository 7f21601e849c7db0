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
