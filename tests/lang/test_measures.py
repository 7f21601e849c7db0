"""How often the two scripts do not meet under the fold, on real text.

The fold's own pairs were chosen with the laws and the first news at hand; the other news and the dictionary were not used.
"""

from collections import defaultdict
from collections.abc import Callable

import pytest
from opencc import OpenCC

from lang.fold import fold
from lang.opencc_tables import character_targets


def _share_that_fails(lines: list[str], config: str, report: Callable[[str], None]) -> float:
    convert = OpenCC(config).convert
    missed = [line for line in lines if fold(line) != fold(convert(line))]
    report(f"{config}: {len(missed)} of {len(lines)} lines, {len(missed) / len(lines):.3%}")
    return len(missed) / len(lines)


@pytest.mark.parametrize("config", ["s2t", "s2hk", "s2tw"])
@pytest.mark.slow
def test_laws_meet_in_both_scripts(laws: list[str], config: str, report: Callable[[str], None]) -> None:
    assert _share_that_fails(laws, config, report) <= 0.0015


@pytest.mark.parametrize("config", ["s2t", "s2hk", "s2tw"])
@pytest.mark.slow
def test_news_meet_in_both_scripts(news_cn: list[str], config: str, report: Callable[[str], None]) -> None:
    assert _share_that_fails(news_cn, config, report) <= 0.003


@pytest.mark.parametrize("config", ["s2t", "s2hk", "s2tw"])
def test_news_not_fitted_to_meet_in_both_scripts(other_news: list[str], config: str, report: Callable[[str], None]) -> None:
    assert _share_that_fails(other_news, config, report) <= 0.003


def test_the_measure_tells_a_worse_fold(news_cn: list[str]) -> None:
    """With OpenCC's character table alone the news fail by far, so a figure of nought is no fault of the measure."""
    table = {ord(char): targets[0] for char, targets in character_targets("TSCharacters").items()}
    convert = OpenCC("s2tw").convert
    written = [(line, convert(line)) for line in news_cn]
    assert sum(one != other for one, other in written) > 0.9 * len(news_cn)
    assert sum(one.translate(table) != other.translate(table) for one, other in written) > 0.03 * len(news_cn)


def test_a_dictionarys_headwords_meet_and_few_words_are_merged(
    headwords: set[tuple[str, str]], report: Callable[[str], None]
) -> None:
    missed = sum(fold(traditional) != fold(simplified) for traditional, simplified in headwords)
    written: dict[str, set[str]] = defaultdict(set)
    for _, simplified in headwords:
        written[fold(simplified)].add(simplified)
    merged = sum(len(words) > 1 for words in written.values())
    report(f"{missed} of {len(headwords)} headwords do not meet, {missed / len(headwords):.2%}; {merged} groups merged")
    assert missed <= 0.01 * len(headwords)
    assert merged <= 200
