"""Links between the sentences of two documents."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tm.alignment import align

CHINESE = [
    "2023年經濟增長5.5%。",
    "我們要擴大內需，穩定外需。",
    "低空經濟企業逾200家，產值達1,150億元。",
    "市民可在離境退稅商店購物。",
    "謝謝各位。",
]
ENGLISH = [
    "The economy grew by 5.5 percent in 2023.",
    "We need to expand domestic demand and stabilize external demand.",
    "There are more than 200 low-altitude enterprises with an output value of 115 billion yuan.",
    "Residents may shop at departure tax refund stores.",
    "Thank you all.",
]


def numbers(links):
    return [(list(link.source), list(link.target)) for link in links]


def test_one_to_one():
    assert numbers(align(CHINESE, ENGLISH)) == [([n], [n]) for n in range(5)]


def test_what_stands_around_a_missing_sentence_stays_linked():
    """In so short a text the missing sentence may join its neighbour; the others must not be drawn along."""
    links = numbers(align(CHINESE, ENGLISH[:1] + ENGLISH[2:]))
    assert [link for link in links if link != ([2], [1]) and link != ([1, 2], [1])] == [([0], [0]), ([3], [2]), ([4], [3])]


def test_two_sentences_that_became_one():
    joined = [ENGLISH[0], f"{ENGLISH[1]} {ENGLISH[2]}", *ENGLISH[3:]]
    assert ([1, 2], [1]) in numbers(align(CHINESE, joined))


def test_either_side_may_come_first_or_be_empty():
    assert numbers(align(ENGLISH, CHINESE)) == [([n], [n]) for n in range(5)]
    assert align([], ENGLISH) == align(CHINESE, []) == []


SENTENCES = st.lists(st.text("經濟增長5.5%。abc Growth, 12", max_size=20), max_size=8)


@settings(max_examples=40, deadline=None)
@given(SENTENCES, SENTENCES)
def test_links_never_cross_and_cover_each_sentence_once(source, target):
    links = align(source, target)
    assert all(0 <= link.confidence <= 1 and link.source and link.target for link in links)
    for one, other in itertools.pairwise(links):
        assert one.source.stop <= other.source.start
        assert one.target.stop <= other.target.start
