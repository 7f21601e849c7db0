"""Alignment: documents made by hand, what holds of any input, and one real document."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lang.sentences import split_sentences
from tm.alignment import Link, align, joined

# Numbered so that a test can name them: ZH[k] is translated by EN[k].
ZH = [
    "# 年度工作報告",
    "2024年，本市生產總值達3.68萬億元，增長5.8%。",
    "我們新建公共住房10.6萬套。",
    "財政科技支出是否足夠？",
    "全年引進人才超過20萬名。",
    "HKMA與PBoC在3月簽署了新的協議。",
    "新增5G基站1.2萬個，覆蓋所有地鐵線路。",
    "低空經濟的產值達1,200億元。",
    "市民出行更加方便，公園增至1,320個。",
    "第七屆博覽會於11月舉行，共有三十個國家參加。",
    "我們將繼續推進教育改革，讓每個孩子都有學上。",
    "謝謝大家！",
]
EN = [
    "# Annual work report",
    "In 2024 the city's gross domestic product reached 3.68 trillion yuan, up 5.8 per cent.",
    "We built 106,000 public housing units.",
    "Was fiscal spending on science and technology sufficient?",
    "More than 200,000 talented people were brought in over the year.",
    "The HKMA and the PBoC signed a new agreement in March.",
    "12,000 more 5G base stations were put up, covering all metro lines.",
    "The output of the low-altitude economy came to 120 billion yuan.",
    "It became easier for residents to get around, and there are now 1,320 parks.",
    "The seventh fair was held in November, with thirty countries taking part.",
    "We will go on with the reform of education so that every child has a school place.",
    "Thank you!",
]

Places = list[tuple[list[int], list[int]]]


def places(links: list[Link]) -> Places:
    return [(list(link.source), list(link.target)) for link in links]


def without(sentences: list[str], *gone: int) -> list[str]:
    return [sentence for place, sentence in enumerate(sentences) if place not in gone]


def one_to_one(count: int) -> Places:
    return [([place], [place]) for place in range(count)]


def test_translations_in_order_are_linked_one_to_one() -> None:
    links = align(ZH, EN)
    assert places(links) == one_to_one(12)
    assert all(link.confidence > 0.9 for link in links)


def test_english_may_be_the_source() -> None:
    assert places(align(EN, ZH)) == one_to_one(12)


def test_simplified_chinese_is_aligned_the_same_way() -> None:
    from lang.fold import fold

    assert places(align([fold(sentence) for sentence in ZH], EN)) == one_to_one(12)


@pytest.mark.parametrize("gone", [0, 1, 4, 7, 11])
def test_sentence_without_translation_stays_unlinked(gone: int) -> None:
    expected = [([place], [place - (place > gone)]) for place in range(12) if place != gone]
    assert places(align(ZH, without(EN, gone))) == expected
    assert places(align(without(EN, gone), ZH)) == [(target, source) for source, target in expected]


def test_missing_part_is_left_out() -> None:
    expected = [*one_to_one(3), *(([place], [place - 5]) for place in range(8, 12))]
    assert places(align(ZH, without(EN, 3, 4, 5, 6, 7))) == expected


def test_parts_missing_on_both_sides_are_left_out() -> None:
    expected = [([0], [0]), ([1], [1]), ([2], [4]), ([3], [5]), ([4], [6]), ([5], [7]), ([8], [8]), ([9], [9])]
    assert places(align(without(ZH, 2, 3), without(EN, 8, 9))) == expected


def test_merged_english_sentences_are_linked_with_both_chinese_ones() -> None:
    english = [*EN[:4], EN[4][:-1] + ", while " + EN[5], *EN[6:]]
    links = align(ZH, english)
    assert ([4, 5], [4]) in places(links)
    assert len(links) == 11


def test_split_sentence_is_linked_with_its_parts() -> None:
    english = [*EN[:9], "The seventh fair was held in November.", "Thirty countries took part in it.", *EN[10:]]
    links = align(ZH, english)
    assert ([9], [9, 10]) in places(links)
    assert len(links) == 12


def test_swapped_order_links_one_of_the_two_and_never_crosses() -> None:
    swapped = [*EN[:4], EN[6], EN[5], EN[4], *EN[7:]]
    links = align(ZH, swapped)
    assert [pair for pair in places(links) if pair[0][0] not in range(4, 7)] == [*one_to_one(4), *one_to_one(12)[7:]]
    assert all(link.target in (range(4, 5), range(5, 6), range(6, 7)) for link in links if link.source.start in range(4, 7))


def test_headings_and_list_items_keep_their_places() -> None:
    chinese = ["# 目標", "我們的目標如下：", "- 增長", "- 就業", "- 穩定", "# 措施", "（一）減稅", "（二）擴大內需"]
    english = ["# Goals", "Our goals are:", "- growth", "- employment", "# Measures", "(1) tax cuts", "(2) more domestic demand"]
    links = places(align(chinese, english))
    assert ([0], [0]) in links
    assert ([1], [1]) in links
    assert ([5], [4]) in links
    assert links[-2:] == [([6], [5]), ([7], [6])]


def test_nothing_to_align_gives_no_links() -> None:
    assert align([], []) == []
    assert align(ZH, []) == []
    assert align([], EN) == []


@pytest.mark.parametrize("blank", ["", " ", "\n", "。", "\ud800", "٣٤", "9" * 5000, "億" * 300, "1,,,.5"])
def test_odd_sentences_do_no_harm(blank: str) -> None:
    align([blank], [blank])
    align([*ZH[:3], blank, *ZH[3:]], [*EN, blank])


def test_two_texts_of_one_language_do_no_harm() -> None:
    align(ZH, ZH)
    align(EN, EN)


def test_concepts_decide_where_nothing_else_does() -> None:
    chinese, english = ["甲乙丙丁", "戊己庚辛", "壬癸子丑"], ["alpha beta gamma", "omega sigma theta"]
    first = [frozenset({1}), frozenset({2}), frozenset({3})]
    assert places(align(chinese, english, source_concepts=first, target_concepts=[{1}, {3}])) == [([0], [0]), ([2], [1])]
    assert places(align(chinese, english, source_concepts=first, target_concepts=[{2}, {3}])) == [([1], [0]), ([2], [1])]


def test_sentences_of_one_paragraph_are_rather_joined() -> None:
    """Which of its neighbours a sentence was merged with is told by the paragraphs where nothing else tells it."""
    chinese = [*ZH[:4], "他同意了。", *ZH[4:]]
    english = [*EN[:3], "Was fiscal spending on science and technology sufficient? He agreed.", *EN[4:]]
    after = align(chinese, english, source_paragraphs=[0, 1, 1, 2, 2, *range(3, 11)], target_paragraphs=range(12))
    assert ([3, 4], [3]) in places(after)
    apart = align(chinese, english, source_paragraphs=[0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1], target_paragraphs=[0] * 12)
    both = [next(link.confidence for link in links if 3 in link.source) for links in (after, apart)]
    assert both[0] > both[1]


def test_paragraphs_must_match_the_sentences() -> None:
    with pytest.raises(ValueError, match="paragraph"):
        align(ZH, EN, source_paragraphs=[1, 2])


def test_concepts_must_match_the_sentences() -> None:
    with pytest.raises(ValueError, match="argument"):
        align(ZH, EN, source_concepts=[frozenset()])


def test_doubtful_links_have_less_confidence_than_plain_ones() -> None:
    plain = min(link.confidence for link in align(ZH, EN))
    unrelated = ["The cat slept.", "Rain fell on the old roof all night long.", "Nobody knew why."]
    doubtful = align(["河邊有一棵樹。", "他昨天沒有來。"], unrelated)
    assert all(link.confidence < plain for link in doubtful)


@pytest.mark.slow
def test_progress_rises_to_the_number_of_sentences() -> None:
    told: list[int] = []
    align(ZH * 60, EN * 60, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(ZH) * 60
    assert len(set(told)) > 5


def test_sentences_are_joined_as_the_language_does() -> None:
    assert joined(["甲。 ", "乙！\n", "丙。"], range(2)) == "甲。乙！"
    assert joined(["A and B. ", "C, ", "too.\n"], range(1, 3)) == "C, too."
    assert joined(["A"], range(0)) == ""


SENTENCES = st.lists(
    st.one_of(
        st.sampled_from(ZH + EN),
        st.text(max_size=30),
        st.text("甲乙丙一二三十百千萬億第月年成0123456789.,%()「」?!;:#- ", max_size=20),
        st.text("abcdefg 0123456789.,-()?!;: ", max_size=40),
    ),
    max_size=14,
)


@pytest.mark.slow
@given(SENTENCES, SENTENCES)
@settings(max_examples=150)
def test_links_rise_and_cover_no_sentence_twice(source: list[str], target: list[str]) -> None:
    check_sound(align(source, target), len(source), len(target))


@given(st.data(), st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=8)
@pytest.mark.slow
def test_links_of_long_documents_are_sound(data: st.DataObject, rows: int, columns: int) -> None:
    chance = data.draw(st.randoms(use_true_random=False))
    source = [chance.choice(ZH) for _ in range(rows)]
    target = [chance.choice(EN) for _ in range(columns)]
    check_sound(align(source, target), rows, columns)


def check_sound(links: list[Link], rows: int, columns: int) -> None:
    source_end = target_end = 0
    for link in links:
        assert link.source.start >= source_end
        assert link.target.start >= target_end
        assert link.source.stop > link.source.start
        assert link.target.stop > link.target.start
        assert 0.0 <= link.confidence <= 1.0
        source_end, target_end = link.source.stop, link.target.stop
    assert source_end <= rows
    assert target_end <= columns


def numbered(count: int) -> tuple[list[str], list[str]]:
    """Documents in which every sentence says its number, and can be told by it."""
    chinese = [f"{ZH[1 + place % 10][:-1]}，編號{place + 5000}。" for place in range(count)]
    return chinese, [f"{EN[1 + place % 10][:-1]}, number {place + 5000}." for place in range(count)]


def test_long_document_with_a_missing_chapter_finds_its_way() -> None:
    chinese, english = numbered(600)
    links = align(chinese, english[:150] + english[380:])
    right = sum(list(link.target) == [place - 230 * (place >= 380)] for link in links for place in link.source)
    assert right >= 365
    assert not [link for link in links if link.confidence > 0.9 and 155 <= link.source.start < 375]


def test_chapters_missing_on_both_sides_are_left_out() -> None:
    chinese, english = numbered(600)
    links = align(chinese[:100] + chinese[250:], english[:400] + english[550:])
    expected = [(place, place + 150 * (place >= 100)) for place in range(450) if place < 250 or place >= 400]
    expected = [(source, target - 150 * (target >= 550)) for source, target in expected]
    found = [(link.source.start, link.target.start) for link in links]
    assert len(set(found) & set(expected)) >= 0.97 * len(expected)
    assert len(found) <= 1.02 * len(expected)


def test_much_longer_other_side_finds_its_way() -> None:
    chinese, english = numbered(1500)
    for source, target in ((chinese[1200:1300], english), (chinese, english[1200:1300])):
        links = align(source, target)
        offset = 1200 if len(source) == 100 else -1200
        assert sum(link.target.start - link.source.start == offset for link in links) >= 95


def test_importing_leaves_numpy_out() -> None:
    program = "import sys, tm.alignment; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_real_document_is_aligned_nearly_without_mistake(shared_data: Callable[[str], Path]) -> None:
    record = json.loads(shared_data("hkma/2023.jsonl").read_text("utf-8").split("\n")[2])
    lines_of: list[list[int]] = []
    sides: list[list[str]] = []
    for language in ("zh", "en"):
        split = [
            (line, piece.strip()) for line, text in enumerate(record[language].split("\n")) for piece in split_sentences(text)
        ]
        split = [(line, piece) for line, piece in split if piece]
        lines_of.append([line for line, _ in split])
        sides.append([piece for _, piece in split])
    links = align(*sides)
    found = [(i, j) for link in links for i in link.source for j in link.target]
    right = [(i, j) for i, j in found if lines_of[0][i] == lines_of[1][j]]
    assert len(right) >= 0.99 * len(found)
    assert len({i for i, _ in right}) >= 0.98 * len(sides[0])
