"""Units chosen by a line of words."""

import pytest

from lang.errors import YuqiaoError
from tm.store import UnitFilter
from tm.unit_query import parse_unit_query


def test_conditions_and_a_phrase():
    query = parse_unit_query('tax origin:reports state:draft refund origin:"work reports" since:2026-03-01 until:2026-03-31')
    assert query.phrase == "tax refund"
    assert query.only == UnitFilter(("reports", "work reports"), states=("draft",), since="2026-03-01", until="2026-04-01")


def test_a_phrase_alone_may_hold_colons():
    assert parse_unit_query("經濟：origin") == parse_unit_query(" 經濟：origin ")
    assert parse_unit_query("ratio 3:1").phrase == "ratio 3:1"
    assert parse_unit_query("").only == UnitFilter()


@pytest.mark.parametrize("text", ["state:odd", "origin:", "since:yesterday"])
def test_what_cannot_be_read_is_said(text):
    with pytest.raises(YuqiaoError):
        parse_unit_query(text)
