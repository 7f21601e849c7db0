"""What an action of the terminal UI is, apart from which there are."""

from dataclasses import dataclass

Place = str
"""Where an action is bound: an area's id, app, area (every area's screen), form; `fixed` ones belong to a widget that handles
the key itself and stand here to be listed."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do: `id` names the method `action_<id>`, `label` is the footer's one or two words.

    `footer` is the place in the footer, 0 for none.
    """

    id: str
    label: str
    keys: tuple[str, ...]
    help: str
    group: str
    place: Place = "lookup"
    footer: int = 0
    palette: bool = True
