"""The actions of the score screen."""

from typing import Final

from tui.action import Action

SCORING: Final = "Scoring translations"

ACTIONS: Final = (
    Action("run_scoring", "Score", ("f5", "ctrl+r"), "Score the candidates; Enter in a field does the same", SCORING, "score", 2),
    Action("pick_file", "File", ("f2", "ctrl+o"), "Pick the file of the field from the folders", SCORING, "score", 4),
    Action("focus_files", "Files", ("/", "、", "f4", "ctrl+l"), "Go to the fields with the files", SCORING, "score"),
    Action("next_system", "System", ("v", "f8"), "Segments of all systems, or of one after the other", SCORING, "score", 5),
    Action(
        "save_report", "Report", ("w", "f7", "ctrl+s"), "Save the scores and all segments as a page (HTML)", SCORING, "score", 6
    ),
    Action(
        "look_up_finding",
        "Look up",
        ("f6", "1"),
        "Look the first term of the segment up; 2 to 9 the others by their number",
        SCORING,
        "score",
        palette=False,
    ),
    Action("copy_translation", "Copy", ("c", "f9"), "Copy the translation of the segment", SCORING, "score"),
    Action("copy_source", "Copy source", ("z", "f11"), "Copy the source of the segment", SCORING, "score"),
    Action("step_back", "Back", ("escape",), "Stop the scoring; else one step back", SCORING, "score", palette=False),
)
