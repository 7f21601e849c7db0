"""The actions of the review area."""

from typing import Final

from tui.action import Action

REVIEW: Final = "Reviewing"

ACTIONS: Final = (
    Action(
        "accept",
        "Accept",
        ("a", "y", "f5"),
        "Approve; of a conflict: it is right as it stands; of a pair: it is reviewed",
        REVIEW,
        "review",
        footer=2,
    ),
    Action("reject", "Reject", ("n", "x", "f6"), "Reject; look-ups leave it out; a pair is deleted", REVIEW, "review", footer=4),
    Action("reject_because", "Reject, why", ("r", "ctrl+r"), "Reject and say why, for the history", REVIEW, "review"),
    Action("edit_concept", "Edit", ("e", "f4"), "Edit the concept marked ▸ in the evidence, or the pair", REVIEW, "review"),
    Action(
        "merge",
        "Merge",
        ("m", "f7"),
        "Merge: a proposal into what it contradicts, other concepts into the one marked ▸",
        REVIEW,
        "review",
    ),
    Action("choose_other", "Other", ("o", "f8"), "Mark another of the concepts with ▸", REVIEW, "review"),
    Action("postpone", "Later", ("l", "f9"), "Put at the end of the queue", REVIEW, "review", footer=5),
    Action(
        "undo",
        "Undo",
        ("u", "ctrl+z"),
        "Undo the latest change, of the memory where its pairs are shown",
        REVIEW,
        "review",
        footer=6,
    ),
    Action("mark", "Mark", ("space",), "Mark; what follows is done with all that are marked", REVIEW, "review", palette=False),
    Action("mark_all", "Mark all", ("*", "ctrl+a"), "Mark all, or none where all are marked", REVIEW, "review"),
    Action(
        "next_queue",
        "Queue",
        ("c", "f2"),
        "Proposals, conflicts, candidates and doubtful alignments of the memory",
        REVIEW,
        "review",
    ),
    Action("read_again", "Read again", ("f11",), "Read the queue again; finds candidates in the memory", REVIEW, "review"),
    Action("copy_english", "Copy", ("alt+c",), "Copy the English of the item", REVIEW, "review"),
    Action("copy_chinese", "Copy Chinese", ("z", "alt+z"), "Copy the Chinese of the item as shown", REVIEW, "review"),
    Action("open_evidence", "Evidence", ("enter",), "Go to the evidence on the right", REVIEW, "review", palette=False),
    Action("back", "Back", ("escape",), "One step back: evidence, marks", REVIEW, "review", palette=False),
)
