"""A whole sentence in the search field: its terms in place, and what the memory has of it."""

import pytest
from textual import events

from tui.app import YuqiaoApp
from tui.display import AS_STORED
from tui.sentence_reading import may_be_sentence, one_paragraph

SENTENCE = "發展低空經濟和離境退稅，應對人口老齡化。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("離境退稅", False),
        ("ljts", False),
        ("departure tax refund", False),
        ("發展經濟。", True),
        (SENTENCE, True),
        ("We will develop the low-altitude economy", True),
        ("It grew.", True),
    ],
)
def test_what_may_be_a_sentence(text, expected):
    assert may_be_sentence(text) is expected


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("發展\n低空\r\n經濟。", "發展低空經濟。"),
        ("We will\n develop\n\nit.", "We will develop it."),
        ("一，\nA", "一，A"),
        ("\n", ""),
    ],
)
def test_pasted_lines_become_one(pasted, text):
    assert one_paragraph(pasted) == text


def shown(screen):
    return "\n".join(screen.sentence.plain_lines)


async def test_a_sentence_shows_its_terms_in_place_and_listed(app: YuqiaoApp, look_up):
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await look_up(pilot, SENTENCE)
        assert [row.chinese for row in screen.results.rows] == ["低空經濟", "離境退稅", "人口老齡化"]
        found = screen.sentence.found
        assert [found.text[start:end] for start, end in found.spans] == ["低空經濟", "離境退稅", "人口老齡化"]
        assert screen.sentence.display
        await look_up(pilot, "低空")
        assert not screen.sentence.display


async def test_matches_mark_what_differs(app: YuqiaoApp, look_up):
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await look_up(pilot, "離境退稅商店總數增至1,280家，較去年末翻了一番多。")
        (match, *_) = screen.sentence.found.matches
        assert 0.7 < match.score < 1
        assert "[-上-]" in shown(screen)
        assert "{+去+}" in shown(screen)
        assert "The number of departure tax refund stores has more than doubled" in shown(screen)


async def test_a_term_spelt_like_a_sentence_is_looked_up_as_a_term(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "tax refund for departing travelers")
        assert screen.results.current_row.kind == "exact"
        assert screen.sentence.found is None


async def test_a_sentence_without_terms_says_what_the_memory_has(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "zzz yyy xxx www vvv.")
        assert "The memory has nothing like it" in shown(screen)
        assert screen.results.rows == ()


async def test_a_pasted_paragraph_is_looked_up_whole(app: YuqiaoApp, settle):
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        app.post_message(events.Paste("發展低空經濟。\n維護 [/] [b 市場。\n應對人口老齡化。"))
        await settle(pilot)
        assert screen.query_input.value == "發展低空經濟。維護 [/] [b 市場。應對人口老齡化。"
        assert "We will develop the low-altitude economy." in shown(screen)
        assert "We will maintain [/] [b markets" in shown(screen)
        await pilot.press("f3")
        await settle(pilot)
        assert "发展低空经济" in shown(screen)
        assert screen.script != AS_STORED
        assert next(screen.sentence.found.text[a:b] for a, b in screen.sentence.found.spans) == "低空经济"


async def test_a_new_term_is_recognised_at_once(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await look_up(pilot, "我們將大力發展夜市經濟。")
        assert screen.results.rows == ()
        await pilot.press("ctrl+n")
        app.screen.query_one("#chinese").value = "夜市經濟"
        app.screen.query_one("#english").value = "night market economy"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [row.chinese for row in screen.results.rows] == ["夜市經濟"]
