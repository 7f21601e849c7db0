"""Every action of the terminal UI, once: bindings, footer, command palette, help and docs/keys.md are made from this.

Letter keys work outside text fields only, so every one has a ctrl, alt or function key that works everywhere. With a Chinese
input method on, `/` arrives as `、`, `?` as `？` and `:` as `：`: both forms are bound.
"""

from collections.abc import Sequence
from typing import Final

from textual.binding import Binding

from tui import align_actions, booth_actions, memory_actions, review_actions, score_actions, translate_actions
from tui.action import Action, Place

LOOKING: Final = "Looking up"
LISTS: Final = "In lists"
TERMS: Final = "Terms"
PROGRAM: Final = "Program"
FORM: Final = "In the form"

_SHARED: Final = (
    Action("focus_search", "Search", ("/", "、", "ctrl+l"), "Go to the search field and select what is in it", LOOKING),
    Action("back", "Back", ("escape",), "One step back: concept, results, search field, empty field", LOOKING, palette=False),
    Action("copy_english", "Copy", ("c", "f7"), "Copy the preferred English of the concept", LOOKING, footer=2),
    Action("copy_chinese", "Copy Chinese", ("z", "f8"), "Copy the Chinese of the concept as shown", LOOKING),
    Action(
        "switch_script",
        "Script",
        ("s", "f3"),
        "Show Chinese as stored, as in the mainland, Hong Kong, Taiwan",
        PROGRAM,
        "area",
        footer=3,
    ),
    Action("next_result", "Next", ("down",), "The next row, also while typing; j outside a field", LISTS, "fixed", palette=False),
    Action(
        "previous_result",
        "Previous",
        ("up",),
        "The row before, also while typing; k outside a field",
        LISTS,
        "fixed",
        palette=False,
    ),
    Action("page_results", "Page", ("pagedown", "pageup"), "A page of rows on or back", LISTS, "fixed", palette=False),
    Action("ends", "Ends", ("home", "end"), "The first row, the last", LISTS, "fixed", palette=False),
    Action("open_detail", "Open", ("enter", "right"), "Open the row: go to what is beside it", LISTS, "fixed", palette=False),
    Action("add_concept", "Add", ("a", "ctrl+n", "f2"), "Add a concept", TERMS, footer=4),
    Action("edit_concept", "Edit", ("e", "f4"), "Edit the concept", TERMS, footer=5),
    Action("propose_concept", "Propose", ("p", "ctrl+o"), "Propose a concept: it waits in the review area", TERMS),
    Action("deprecate_form", "Do not use", ("x", "ctrl+r"), "Deprecate an English form of the concept; asks which", TERMS),
    Action("approve_concept", "Approve", ("y", "f5"), "Approve the concept", TERMS),
    Action("reject_concept", "Reject", ("n", "f6"), "Reject the concept; look-ups leave it out", TERMS),
    Action("delete_concept", "Delete", ("d", "delete", "f9"), "Delete the concept; undo brings it back", TERMS),
    Action("undo", "Undo", ("u", "ctrl+z"), "Undo the latest change", TERMS, footer=6),
    Action(
        "narrower", "Narrower", ("[", "【", "alt+h"), "Make the left or upper pane smaller; or drag its border", PROGRAM, "area"
    ),
    Action("wider", "Wider", ("]", "】", "alt+l"), "Make the left or upper pane larger; a double click resets", PROGRAM, "area"),
    Action("jump", "Jump", (";", "；", "alt+j"), "Show a letter on each pane and field; pressing it goes there", PROGRAM, "area"),
    Action("show_help", "Help", ("?", "？", "f1"), "Show the keys and signs", PROGRAM, "area", footer=1),
    Action("command_palette", "Commands", (":", "：", "ctrl+p"), "Find a command by its name", PROGRAM, "app", palette=False),
    Action("switch_theme", "Theme", ("t", "ctrl+t"), "Light or dark", PROGRAM, "app"),
    Action("go", "Go to", ("g", "ctrl+g", "f10"), "Go to another area: its letter follows", PROGRAM, "app"),
    Action(
        "show_jobs", "Jobs", ("J", "alt+w"), "What goes on in the background, how far it is; stop it or go to it", PROGRAM, "app"
    ),
    Action("quit", "Quit", ("ctrl+q",), "Quit", PROGRAM, "app", footer=7),
    Action("save", "Save", ("ctrl+s",), "Save; Enter in a one-line field does the same", FORM, "form", footer=1, palette=False),
    Action("cancel", "Cancel", ("escape",), "Leave the form without saving", FORM, "form", footer=2, palette=False),
)

ACTIONS: Final = (
    *_SHARED,
    *review_actions.ACTIONS,
    *memory_actions.ACTIONS,
    *score_actions.ACTIONS,
    *translate_actions.ACTIONS,
    *align_actions.ACTIONS,
    *booth_actions.ACTIONS,
)
"""All actions: those above, and those of each area, which its own module names."""

_KEY_NAMES: Final = {
    "escape": "Esc",
    "pagedown": "Page Down",
    "pageup": "Page Up",
}


def key_name(key: str) -> str:
    """A key as help and docs write it: Ctrl+N, F4, Esc, a."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    held, _, pressed = key.partition("+")
    if pressed:
        return f"{held.title()}+{pressed.upper() if len(pressed) == 1 else key_name(pressed)}"
    if len(key) == 1:
        return key
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key.title()


def sentence(action: Action) -> str:
    """What an action does with its label in it: the palette finds either. Add a concept; Theme: light or dark."""
    if action.help.lower().startswith(action.label.lower()):
        return action.help
    return f"{action.label}: {action.help[0].lower()}{action.help[1:]}"


def bindings(place: Place) -> list[Binding]:
    """The bindings of the actions bound at a place, those of the footer first and in its order."""
    ranked = sorted((action for action in ACTIONS if action.place == place), key=lambda action: action.footer or len(ACTIONS))
    made: list[Binding] = []
    for action in ranked:
        # A text field takes Alt and a letter for the letter, so those keys are looked at before it is.
        early = [key for key in action.keys if key.startswith("alt+") or action.id == "quit"]
        plain = [key for key in action.keys if key not in early]
        for keys, priority in ((plain, False), (early, True)):
            if keys:
                show = action.footer > 0 and keys[0] == action.keys[0]
                made.append(Binding(",".join(keys), action.id, action.label, show=show, tooltip=action.help, priority=priority))
    return made


def groups(places: Sequence[Place] = ()) -> dict[str, list[Action]]:
    """The actions by group, in the order in which help shows them: all, or those bound at some places, the first one's first."""
    grouped: dict[str, list[Action]] = {}
    for action in ACTIONS:
        if not places or action.place in places:
            grouped.setdefault(action.group, []).append(action)
    if not places:
        return grouped
    own = [group for group, actions in grouped.items() if any(action.place == places[0] for action in actions)]
    return {group: grouped[group] for group in [*own, *(group for group in grouped if group not in own)]}
