"""How the main states look: `make snapshots` accepts them as they are now."""

from pathlib import Path

import pytest

from tm.unit import CONFIDENCE, Unit
from workspace.workspace import Workspace

pytestmark = pytest.mark.slow


def prepared(*steps):
    """What to do before the picture is taken: texts for the search field, and keys in angle brackets."""

    async def run(pilot, settle):
        await settle(pilot)
        for step in steps:
            if step.startswith("<"):
                await pilot.press(step[1:-1])
            elif step == "#doubtful":
                with Workspace.open(str(pilot.app._session.path), seed=False) as workspace:
                    workspace.memory.add(DOUBTFUL)
            elif step == "#speech":
                pilot.app.screen.focused.value = "speech.txt 1000"
            else:
                pilot.app.screen.query_one("#query").value = step
            await settle(pilot)
        pilot.app.clear_notifications()
        await settle(pilot)

    return run


DOUBTFUL = [
    Unit(source, target, origin="report", properties=((CONFIDENCE, f"{sure:.3f}"),))
    for source, target, sure in (
        (
            "新增就業300萬人，城鎮調查失業率保持在5%左右。",
            "We will create 5 million jobs and keep surveyed urban unemployment at about 5%.",
            0.41,
        ),
        ("深化改革。", "We will open wider to the world.", 0.12),
        ("擴大內需，優化供給。", "Expand domestic demand.", 0.66),
    )
]
STATES = {
    "welcome": ((80, 24), prepared()),
    "results_80x24": ((80, 24), prepared("離境")),
    "results_40x12": ((40, 12), prepared("離境")),
    "results_160x40": ((160, 40), prepared("離境")),
    "detail_120x34": ((120, 34), prepared("離境退稅", "<enter>")),
    "detail_40x12": ((40, 12), prepared("離境退稅", "<enter>")),
    "light": ((100, 30), prepared("離境退稅", "<ctrl+t>")),
    "mainland": ((100, 30), prepared("離境退稅", "<f3>")),
    "nothing_found": ((80, 24), prepared("zzzz")),
    "edit_form": ((80, 24), prepared("離境退稅", "<f4>")),
    "refused_form": ((80, 24), prepared("<ctrl+n>", "<ctrl+s>")),
    "sentence_80x24": ((80, 24), prepared("離境退稅商店總數增至1,280家，較去年末翻了一番多。")),
    "sentence_120x40_light": ((120, 40), prepared("<ctrl+t>", "離境退稅商店總數增至1,280家，較去年末翻了一番多。")),
    "review_80x24": ((80, 24), prepared("<ctrl+g>", "<r>")),
    "review_120x40_light": ((120, 40), prepared("<ctrl+t>", "<ctrl+g>", "<r>", "<space>")),
    "conflicts_120x40": ((120, 40), prepared("<ctrl+g>", "<r>", "<c>")),
    "alignments_80x24": ((80, 24), prepared("#doubtful", "<ctrl+g>", "<r>", "<c>", "<c>", "<c>")),
    "alignments_120x40_light": ((120, 40), prepared("#doubtful", "<ctrl+t>", "<ctrl+g>", "<r>", "<c>", "<c>", "<c>", "<j>")),
    "which_form_80x24": ((80, 24), prepared("離境退稅", "<ctrl+r>")),
    "jump_80x24": ((80, 24), prepared("離境退稅商店總數增至1,280家，較去年末翻了一番多。", "<alt+j>")),
    "jump_120x40_light": ((120, 40), prepared("<ctrl+t>", "離境退稅", "<alt+j>")),
    "jobs_empty_80x24": ((80, 24), prepared("<alt+w>")),
    "help": ((100, 40), prepared("<f1>")),
    "go_to": ((80, 24), prepared("<ctrl+g>")),
    "booth_empty": ((80, 24), prepared("<ctrl+g>", "<b>")),
    "booth_80x24": ((80, 24), prepared("<ctrl+g>", "<b>", "#speech", "<enter>")),
    "booth_120x40_light": ((120, 40), prepared("<ctrl+t>", "<ctrl+g>", "<b>", "#speech", "<enter>")),
    "error": ((80, 24), prepared("<ctrl+z>")),
}


@pytest.mark.parametrize("state", STATES)
def test_state_looks_as_accepted(snap_compare, app, settle, state, monkeypatch):
    monkeypatch.chdir(Path(__file__).parent)
    size, prepare = STATES[state]
    assert snap_compare(app, terminal_size=size, run_before=lambda pilot: prepare(pilot, settle))
