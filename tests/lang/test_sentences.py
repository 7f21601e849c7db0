"""Sentences of Chinese and English; the pieces joined are the text."""

import re
from collections.abc import Callable

import pytest

from lang.sentences import split_sentences

# One case a line; ¦ stands where the text is to be split, and only there.
CASES = """
離境退稅即日實施。¦市民反應良好。
真的嗎？¦真的！¦好。
真的嗎？！¦是的。
他停了一下……¦然後說話。
他停了一下……，然後說話。
等等……
他說：「大家好。」¦然後坐下。
他問：「什麼？」¦她答：「沒什麼。」
「好。」¦「不好。」
他問：“为什么？怎么办？”¦没人回答。
“什么？”，他问。
「真的？」——他問。
《論語》說：「學而時習之，不亦說乎？」¦很好。
“放管服”改革（简政放权。优化服务）深入推进。¦明年继续。
增长（见表1。）较快。¦投资平稳。
改革开放（1978年起！）改变了中国。¦世界瞩目。
GDP增长3.5%。¦明年5.0%左右。
价格是3.5元。¦很便宜！
（一）堅持改革。¦（二）擴大開放。
一、堅持改革。¦二、擴大開放。
1.堅持改革。¦2.擴大開放。
甲；乙；丙。¦丁。
你好!¦再見!
你好! ¦再見!
好。。。¦真好。
中國GDP增長5.2%. ¦下一句。
我爱China。¦He loves it. ¦你好！
他们用“错误的引号“说话。¦再说。
他写了（没有关上。¦再写一句。
The rate is 3.5 per cent. ¦It rose.
It rose to 5,000.50. ¦Then it fell.
See No. 3 of the list. ¦Then go.
See Nos. 3 and 4, Fig. 2, p. 5 and Art. IV. ¦Then go.
The answer is no. ¦It was clear.
No. ¦It is not.
The U.S. economy grew. ¦It slowed.
He lives in the U.S. ¦He works there.
The U.S. Congress met in Washington, D.C. ¦The vote was close.
Dr. Wang spoke. ¦Mr. Li and Mrs. Chan replied.
Prof. J. K. Chan arrived. ¦She sat down.
Mr. K. C. To spoke to X. He about it.
John F. Kennedy spoke. ¦He won.
He has a Ph.D. ¦He teaches.
First, e.g. apples. ¦Second, i.e. The Pears.
We have A, B, etc. ¦The next is C.
He works at ABC Co. Ltd. ¦The firm is big.
The company, Inc., is big. ¦Yes.
Jan. 5 was cold. ¦It snowed.
At 5 p.m. the meeting began. ¦It ended at 6 p.m. ¦The doors closed.
Visit www.gov.hk. ¦It is good.
Version 2.0.1 is out. ¦Get it.
He paused... ¦Then he spoke.
He paused ... and spoke.
Well… and then he spoke.
He said "Stop." ¦Then he left.
He said "Stop!" and left.
He said 'Stop.' ¦Then he left.
“Stop.” ¦He left.
“Stop! Go. Stop.” ¦He left.
Is it true? ¦Yes! ¦Good.
Really?! ¦Yes.
(See the annex.) ¦It is long.
He left (see p. 3. It is short). ¦Then more.
1. First item. ¦2. Second item.
1. First item.
A. The first item. ¦B. The second item.
(1) First item. ¦(2) Second item.
Plan B. ¦Then came C.
World War I. ¦It ended.
It cost $5. ¦It was cheap.
In 2023. ¦In 2024 it grew.
Hello.World
https://a.hk/x?y=1!z is a link. ¦It works.
Contents.......................12
St. Paul's is old. ¦It stands.
No end at all
沒有句號
。
...
"""
LINES = [line for line in CASES.strip().splitlines() if line]


@pytest.mark.parametrize("line", LINES)
def test_sentences(line: str) -> None:
    assert split_sentences(line.replace("¦", "")) == line.split("¦")


def test_there_are_cases_enough() -> None:
    assert len(LINES) >= 70


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("一\n二", ["一\n", "二"]),
        ("一。\n二。\n", ["一。\n", "二。\n"]),
        ("一。\r\n二。\r\n", ["一。\r\n", "二。\r\n"]),
        ("一。　二。", ["一。　", "二。"]),
        ("One.  Two. ", ["One.  ", "Two. "]),
        ("一\n\n\n二", ["一\n\n\n", "二"]),
        ("一\n  \n\t\n　　二", ["一\n  \n\t\n　　", "二"]),
        ("\n一", ["\n", "一"]),
        ("「一\n二」", ["「一\n", "二」"]),
        ("Title\nText follows.", ["Title\n", "Text follows."]),
    ],
)
def test_blank_space_and_line_breaks(text: str, pieces: list[str]) -> None:
    assert split_sentences(text) == pieces


def test_nothing_is_lost_of_real_texts(
    speeches: list[str], reports: list[tuple[str, str]], news_cn: list[str], news_tw: list[str], news_en: list[str]
) -> None:
    texts = [*speeches, *(text for pair in reports for text in pair)]
    texts += ["\n".join(lines) for lines in (news_cn, news_tw, news_en)] + [" ".join(news_en)]
    for text in texts:
        assert "".join(split_sentences(text)) == text


def test_the_speeches_are_split_at_every_full_stop(speeches: list[str]) -> None:
    for text in speeches:
        sentences = [piece for piece in split_sentences(text) if piece.strip()]
        ended = [piece for piece in sentences if piece.rstrip().endswith("。")]
        assert len(ended) >= 0.97 * text.count("。")
        assert max(map(len, sentences)) < 400
        inside = re.sub("\n", "", text)
        assert not any(re.match("[，。、；：？！）》」』”]", piece) for piece in split_sentences(inside))


def test_both_languages_of_the_reports_have_about_as_many_sentences(
    reports: list[tuple[str, str]], report: Callable[[str], None]
) -> None:
    """The two texts align line by line; a Chinese sentence often takes two of English."""
    chinese = sum(len(split_sentences(chinese)) for chinese, _ in reports)
    english = sum(len(split_sentences(english)) for _, english in reports)
    report(f"{chinese} Chinese and {english} English sentences")
    assert 0.6 < chinese / english < 1.1


def test_news_segments_are_mostly_one_sentence(news_en: list[str], report: Callable[[str], None]) -> None:
    pieces = sum(len(split_sentences(line)) for line in news_en)
    report(f"{pieces} sentences in {len(news_en)} segments")
    assert pieces < 1.12 * len(news_en)


def test_news_put_on_one_line_are_split_again(news_en: list[str], report: Callable[[str], None]) -> None:
    """Of the segments that end as sentences do, the share whose end is found when all stand on one line."""
    whole = [line for line in news_en if re.search(r"[a-z0-9][.!?]$", line) and len(split_sentences(line)) == 1]
    whole = [line for line in whole if re.match("[A-Z]", line)]
    found = {piece.strip() for piece in split_sentences(" ".join(whole))}
    missed = [line for line in whole if line not in found]
    report(f"{len(missed)} of {len(whole)} sentences not found again")
    assert len(missed) <= 0.01 * len(whole)


@pytest.mark.parametrize(
    "text", ["“甲。" * 20_000, "." * 100_000, "No. " * 20_000, "a" * 100_000 + ". B", "（" * 20_000 + "。" * 20, " \n" * 50_000]
)
def test_hostile_text_is_split_at_once(text: str) -> None:
    assert "".join(split_sentences(text)) == text
