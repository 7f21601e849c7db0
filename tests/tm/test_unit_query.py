"""Units chosen by a line of words."""

from dataclasses import replace

import pytest

from lang.errors import YuqiaoError
from tm.store import UnitFilter
from tm.unit import Unit
from tm.unit_query import parse_unit_query
from workspace.workspace import Workspace


def test_conditions_and_a_phrase():
    query = parse_unit_query('tax origin:reports state:draft refund origin:"work reports" since:2026-03-01 until:2026-03-31')
    assert query.phrase == "tax refund"
    assert query.only == UnitFilter(("reports", "work reports"), states=("draft",), since="2026-03-01", until="2026-04-01")


def test_a_phrase_alone_may_hold_colons():
    assert parse_unit_query("經濟：origin") == parse_unit_query(" 經濟：origin ")
    assert parse_unit_query("ratio 3:1").phrase == "ratio 3:1"
    assert parse_unit_query("").only == UnitFilter()


def test_doubtful_pairs_are_chosen_by_their_confidence(tmp_path):
    said = ("0.500", "0.790", "0.800", "1.000", "sure", "85%", "")
    units = [Unit(f"第{n}句", f"Number {n}", properties=(("confidence", value),)) for n, value in enumerate(said)]
    units += [replace(units[0], source="看過", state="reviewed"), Unit("沒有", "None")]
    query = parse_unit_query("below:0.8")
    assert query.phrase == ""
    with Workspace.open(str(tmp_path / "small.db"), seed=False) as workspace:
        workspace.memory.add(units)
        store = workspace.memory.store
        assert [unit.source for unit in store.listing(query.only)] == ["第0句", "第1句"]
        assert [unit.source for unit in store.listing(UnitFilter()) if query.only.takes(unit)] == ["第0句", "第1句"]


@pytest.mark.parametrize(
    "text", ["state:odd", "origin:", "since:yesterday", "below:", "below:sure", "below:0", "below:80", "below:nan"]
)
def test_what_cannot_be_read_is_said(text):
    with pytest.raises(YuqiaoError):
        parse_unit_query(text)
