"""The actions of the translate area. The editor has the focus most of the time, so no letter stands alone."""

from typing import Final

from tui.action import Action

TRANSLATING: Final = "Translating a document"

ACTIONS: Final = (
    Action(
        "confirm_segment",
        "Confirm",
        ("f5",),
        "Confirm, add to the memory, go on; Enter does the same",
        TRANSLATING,
        "translate",
        2,
    ),
    Action("insert_match", "Match", ("f4",), "Put the best match in; again: the next one", TRANSLATING, "translate", 4),
    Action("insert_term", "Term", ("f8",), "Put the next term in at the cursor", TRANSLATING, "translate", 5),
    Action("save_document", "Save", ("ctrl+s", "f9"), "Write the translated document", TRANSLATING, "translate", 6),
    Action("next_warning", "Warning", ("alt+n",), "The next confirmed segment that the check warns of", TRANSLATING, "translate"),
    Action("copy_target", "Copy", ("alt+c",), "Copy the translation of the segment", TRANSLATING, "translate"),
    Action("copy_source", "Copy source", ("alt+z",), "Copy the source of the segment", TRANSLATING, "translate"),
    Action("open_document", "Open", ("ctrl+o", "f2"), "Open a document", TRANSLATING, "translate"),
    Action(
        "next_segment", "Next", ("ctrl+down", "ctrl+n"), "The next segment, as it is", TRANSLATING, "translate", palette=False
    ),
    Action("previous_segment", "Previous", ("ctrl+up",), "The segment before", TRANSLATING, "translate", palette=False),
    Action("step_back", "Back", ("escape",), "From the editor to the segments and back", TRANSLATING, "translate", palette=False),
)
