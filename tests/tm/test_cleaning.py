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
        ("", "Nothing here.", ("empty",)),
        ("——", "Nothing here.", ("empty",)),
        ("2025", "2025", ()),
        ("COVID-19", "COVID-19", ()),
        ("GDP = C + I + G", "GDP = C + I + G", ()),
        ("網絡分享", "網絡分享", ("same", "language")),
        # Code, addresses and roles are the same in both languages, and may hold the only figures and letters.
        ("见 :ref:`可用性 <a>`：Linux >= 5.4。", "See :ref:`Availability <a>`: Linux >= 5.4.", ()),
        (
            "`bpo-22592 <https://bugs.python.org/issue22592>`__: 放弃支持。",
            "`bpo-22592 <https://bugs.python.org/issue22592>`__: No support.",
            (),
        ),
        ("HTTP/1.1 RFC 7231, 6.5.8 节", "HTTP/1.1 :rfc:`7231`, Section 6.5.8", ()),
        ("WebDAV RFC 4918, 11.5 节", "WebDAV :rfc:`4918`, Section 11.4", ("numbers",)),
        ("context manager -- 上下文管理器", "context manager", ()),
        ("內地與香港關於建立更緊密經貿關係的安排", "CEPA", ()),
        # Small numbers and years are said in words or left out; figures that differ are not.
        ("過去3年表現最好。", "The best performance in this period.", ()),
        ("於2017年年底增長。", "It grew by the end of the year.", ()),
        ("2021年10月14日發布。", "Released on October 4, 2021.", ("numbers",)),
        ("从0到12的整数。", "An integer from 1 through 12.", ("numbers",)),
        ("銷售1,280家。", "Sold by many.", ("numbers",)),
        ("三萬人參加。", "30,000 people took part.", ()),
        ("三萬人參加。", "20,000 people took part.", ("numbers",)),
        ("投資2億元。", "Investment of RMB 2 billion.", ("numbers",)),
        ("投資2億元。", "Investment of RMB 200 million.", ()),
        # Text read in a wrong encoding: UTF-8 as Windows-1252, as GBK; GBK as Latin-1.
        ("ä¸\u00adæ–‡å\u00ad—符中文", "Chinese characters here", ("damage",)),
        ("涓\ue15e枃中文，鐨勬枃瀛椼€\u201a銆", "Chinese characters here", ("damage",)),
        ("ÖÐÎÄ×Ö·û中文", "Chinese characters here", ("damage",)),
        ("café、naïve 與 Zürich 三詞。", "The words café, naïve and Zürich.", ()),
        ("<b>擴大</b>內需。", "Expand <B>domestic</B> demand.", ()),
        ("T&amp;C Ops 團隊", "The T&amp;C Ops team", ("damage",)),
        ("用 ``&lt;`` 表示小于号。", "Use ``&lt;`` for less than.", ()),
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
