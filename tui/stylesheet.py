"""The application's stylesheet, which reads each source once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

if TYPE_CHECKING:
    from textual.css.model import RuleSet

_SOURCES = 1_000


class KeptStylesheet(Stylesheet):
    """Textual reads every source again whenever a screen is first shown or the theme set, three times before the first paint.

    What was read stays true as long as the variables are the same: setting others forgets it.
    """

    def __init__(self, *, variables: Mapping[str, str]) -> None:
        super().__init__(variables=dict(variables))
        self._parse_cache: LRUCache[tuple[object, ...], list[RuleSet]] = LRUCache(_SOURCES)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other variables, for instance of another theme."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Read what is not known yet."""
        self.parse()
