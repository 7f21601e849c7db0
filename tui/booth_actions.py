"""The actions of the booth."""

from typing import Final

from tui.action import Action

BOOTH: Final = "In the booth"

ACTIONS: Final = (
    Action(
        "pause",
        "Pause",
        ("space", "f6"),
        "Hold the screen still; the speech is heard on, and shown when you go on",
        BOOTH,
        "booth",
        2,
    ),
    Action("add_term", "Add", ("a", "ctrl+n", "f2"), "Add a term; it is prompted from the next sentence on", BOOTH, "booth", 4),
    Action("earlier", "Earlier", ("up", "k", "f4"), "Jump back to what was said before", BOOTH, "booth"),
    Action("later", "Later", ("down", "j", "f5"), "Forward again; past the newest the screen follows the speech", BOOTH, "booth"),
    Action("now", "Now", ("end", "f7"), "Follow the speech again", BOOTH, "booth", 5),
    Action("copy_english", "Copy", ("c", "f8"), "Copy the English of the sentence shown", BOOTH, "booth"),
    Action("copy_chinese", "Copy Chinese", ("z", "f9"), "Copy the Chinese of the sentence shown", BOOTH, "booth"),
    Action("focus_source", "Source", ("/", "、", "ctrl+l"), "Go to the field that names the transcript", BOOTH, "booth"),
    Action("pick_file", "File", ("o", "ctrl+o"), "Pick the transcript from the folders", BOOTH, "booth"),
    Action("stop", "Stop", ("escape",), "End the session; a second time go to the field", BOOTH, "booth", 6, palette=False),
)
