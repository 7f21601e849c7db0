"""The actions of the memory area."""

from typing import Final

from tui.action import Action

MEMORY: Final = "Memory"

ACTIONS: Final = (
    Action(
        "focus_query",
        "Search",
        ("/", "、", "ctrl+l"),
        "Go to the search field: a phrase, and conditions like origin:reports state:draft since:2026-03-01 below:0.8",
        MEMORY,
        "memory",
    ),
    Action("edit_unit", "Edit", ("e", "f4"), "Edit the pair", MEMORY, "memory", 2),
    Action("delete_unit", "Delete", ("d", "delete", "f9"), "Delete the pair; undo brings it back", MEMORY, "memory", 4),
    Action("undo_memory", "Undo", ("u", "ctrl+z"), "Undo the latest change of the memory", MEMORY, "memory", 5),
    Action("import_units", "Import", ("i", "f5"), "Import TMX, XLIFF, PO, JSON Lines or a table", MEMORY, "memory", 6),
    Action(
        "export_units", "Export", ("x", "f6"), "Export what the conditions choose: TMX, JSON Lines, CSV, TSV", MEMORY, "memory"
    ),
    Action("copy_english", "Copy", ("c", "f7"), "Copy the English of the pair", MEMORY, "memory"),
    Action("copy_chinese", "Copy Chinese", ("z", "f8"), "Copy the Chinese of the pair as shown", MEMORY, "memory"),
    Action(
        "step_back",
        "Back",
        ("escape",),
        "Stop an import or export; else one step back: pair, list, search field, empty field",
        MEMORY,
        "memory",
        palette=False,
    ),
)
