"""In which script Chinese is shown, and what a concept is called in it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from glossary.concept import Concept


@dataclass(frozen=True, slots=True)
class DisplayScript:
    """A way to show Chinese: `tag` is a tag lang.conversion knows, empty for texts as they are stored;
    `label` is a word or two for it, `says` a sentence.
    """

    tag: str
    label: str
    says: str

    def show(self, text: str) -> str:
        """A text in this script."""
        if not self.tag:
            return text
        from lang.conversion import convert

        return convert(text, self.tag)

    def names(self, concept: "Concept") -> list[str]:
        """What a concept is called in Chinese, each once, preferred first.

        A form the concept has of its own for this script (Taiwan's word, where it differs) stands before converted ones.
        """
        if not self.tag:
            return concept.texts("zh")
        own = [term.text for term in concept.of_language("zh") if term.lang == self.tag]
        return list(dict.fromkeys(own or [self.show(text) for text in concept.texts("zh")]))


AS_STORED: Final = DisplayScript("", "as stored", "Chinese as stored")
DISPLAY_SCRIPTS: Final = (
    AS_STORED,
    DisplayScript("zh-Hans", "mainland", "Chinese as written in the mainland"),
    DisplayScript("zh-Hant-HK", "Hong Kong", "Chinese as written in Hong Kong"),
    DisplayScript("zh-Hant-TW", "Taiwan", "Chinese as written in Taiwan"),
)


def next_script(script: DisplayScript) -> DisplayScript:
    """The script that follows in the round."""
    return DISPLAY_SCRIPTS[(DISPLAY_SCRIPTS.index(script) + 1) % len(DISPLAY_SCRIPTS)]
