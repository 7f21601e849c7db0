"""Which concepts a query chooses."""

import pytest

from glossary.concept import Concept, Term
from glossary.query import concepts_where
from workspace.workspace import Workspace

TAX = Concept(
    (Term("離境退稅", "zh-Hant"), Term("departure tax refund", "en"), Term("exit refund", "en", "deprecated")),
    domain="finance",
    key="refund",
    note="For visitors",
)
FEE = Concept((Term("费用", "zh-Hans"), Term("fee", "en")), domain="trade", state="proposed")
CHINESE_ONLY = Concept((Term("里程碑", "zh-Hans"),))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("domain=finance", [1]),
        ("domain=finance,trade", [1, 2]),
        ("domain!=finance", [2, 3]),
        ("domain=", [3]),
        ("state=proposed domain=finance", []),
        ("status=deprecated", [1]),
        ("lang=zh-Hans", [2, 3]),
        ("id=1,3", [1, 3]),
        ("id=2-3", [2, 3]),
        ("id!=2-3", [1]),
        ("id=1-999999999999", [1, 2, 3]),
        ("key=refund", [1]),
        ("zh~离境", [1]),
        ('en~"TAX refund"', [1]),
        ("en!~refund", [2, 3]),
        ("en=", [3]),
        ("en!=", [1, 2]),
        ("note~visitors", [1]),
        ("note=", [2, 3]),
        ("text=fee", [2]),
        ("text=fe", []),
    ],
)
def test_query_chooses(empty_workspace: Workspace, query: str, expected: list[int]):
    empty_workspace.glossary.seed([TAX, FEE, CHINESE_ONLY])
    assert [concept.id for concept in concepts_where(empty_workspace.term_store, query)] == expected
