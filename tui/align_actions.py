"""The actions of the align area."""

from typing import Final

from tui.action import Action

ALIGNING: Final = "Aligning two documents"
SHAPING: Final = "Correcting an alignment"
CUTTING: Final = "Cutting a sentence"

ACTIONS: Final = (
    Action("open_documents", "Open", ("o", "ctrl+o", "f2"), "Open two documents and align them", ALIGNING, "align"),
    Action(
        "accept_pair",
        "Accept",
        ("y", "f5"),
        "The pair is right: accept it, go on to the next doubtful one; Enter does the same",
        ALIGNING,
        "align",
        2,
    ),
    Action("next_doubtful", "Doubtful", ("n", "ctrl+n"), "The next doubtful pair", ALIGNING, "align", 4),
    Action("previous_doubtful", "Doubtful before", ("b", "ctrl+b"), "The doubtful pair before", ALIGNING, "align"),
    Action(
        "leave_out",
        "Leave out",
        ("d", "delete", "ctrl+d"),
        "Leave the pair out of what is saved; again: take it in",
        ALIGNING,
        "align",
    ),
    Action("save_to_memory", "To memory", ("w", "f9"), "Save the pairs to the memory", ALIGNING, "align"),
    Action("save_to_file", "To file", ("ctrl+s",), "Save the pairs to a file: TMX, CSV, TSV, JSON Lines", ALIGNING, "align"),
    Action("merge_pairs", "Merge", ("m", "f6"), "Merge the pair with the next one", SHAPING, "align", 5),
    Action("split_pair", "Split", ("x", "f7"), "Part the first sentence of each side from the others", SHAPING, "align", 6),
    Action(
        "cut_sentence",
        "Cut",
        ("c", "ctrl+x"),
        "Cut a sentence in two at a place you choose, of either side",
        SHAPING,
        "align",
    ),
    Action("chinese_side", "Chinese side", ("left",), "Shift sentences of the Chinese side", SHAPING, "align", palette=False),
    Action("english_side", "English side", ("right",), "Shift sentences of the English side", SHAPING, "align", palette=False),
    Action(
        "shift_down",
        "Shift down",
        ("ctrl+down", "f8"),
        "Give the last sentence of this side to the next pair",
        SHAPING,
        "align",
    ),
    Action(
        "shift_up",
        "Shift up",
        ("ctrl+up", "f4"),
        "Give the first sentence of this side to the pair before",
        SHAPING,
        "align",
    ),
    Action("undo_edit", "Undo", ("u", "ctrl+z"), "Undo the latest edit of the alignment", SHAPING, "align"),
    Action("redo_edit", "Redo", ("r", "ctrl+y"), "Make the edit undone last again", SHAPING, "align"),
    Action("step_back", "Back", ("escape",), "Stop what is running; else back to the list", ALIGNING, "align", palette=False),
    Action("next_clause", "Clause", ("right",), "Go behind the next clause", CUTTING, "cut", 2, palette=False),
    Action("previous_clause", "Clause before", ("left",), "Go behind the clause before", CUTTING, "cut", palette=False),
    Action(
        "next_word",
        "Word",
        ("shift+right", "ctrl+right", "ctrl+f"),
        "Go behind the next word or Chinese character",
        CUTTING,
        "cut",
        3,
        palette=False,
    ),
    Action(
        "previous_word",
        "Word before",
        ("shift+left", "ctrl+left", "ctrl+b"),
        "Go behind the word or Chinese character before",
        CUTTING,
        "cut",
        palette=False,
    ),
    Action("next_line", "Line", ("down",), "Go a line down", CUTTING, "cut", palette=False),
    Action("previous_line", "Line before", ("up",), "Go a line up", CUTTING, "cut", palette=False),
    Action("other_side", "Other side", ("tab",), "Cut the other language instead", CUTTING, "cut", 4, palette=False),
    Action(
        "cut_here",
        "Cut",
        ("enter",),
        "Cut; where both sides have as many sentences then, they become pairs; a double click cuts, too",
        CUTTING,
        "cut",
        1,
        palette=False,
    ),
    Action("leave_whole", "Leave", ("escape",), "Cut nothing", CUTTING, "cut", 5, palette=False),
)
