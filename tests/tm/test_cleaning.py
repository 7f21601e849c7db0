"""Suspicious units."""

import pytest

from tm.cleaning import suspicions
from tm.curated import read_curated
from tm.unit import Unit


@pytest.mark.parametrize(
    ("source", "target", "reasons"),
    [
        ("我們要擴大內需。", "We need to expand domestic demand.", ()),
        ("Python 3.11", "Python 3.11", ("same", "language")),
        ("Domestic demand rose.", "國內需求上升。", ("language",)),
        ("內需", "Domestic demand", ()),
        ("我們要擴大內需，穩定外需，推動高質量發展，深化改革開放。", "Yes.", ("length",)),
        ("投資2,236.6億元。", "Investment of RMB 2,236.6 billion.", ("numbers",)),
        ("投資2,236.6億元。", "Investment of RMB 223.66 billion.", ()),
        ("我們\ufffd\ufffd擴大內需。", "We need to expand domestic demand.", ("damage",)),
        ("我們要擴大內需。", "We need to <b>expand</b> domestic demand &amp; more.", ("damage",)),
    ],
)
def test_what_is_found(source, target, reasons):
    found = list(suspicions([Unit(source, target)]))
    assert tuple(reason for one in found for reason in one.reasons) == reasons


def test_only_wanted_checks_run():
    unit = Unit("Python 3.11", "Python 3.11")
    assert [one.reasons for one in suspicions([unit], ["same"])] == [("same",)]
    assert list(suspicions([unit], ["damage"])) == []


def test_the_curated_pairs_are_clean():
    assert [(one.unit.source, one.reasons) for one in suspicions(read_curated())] == []
