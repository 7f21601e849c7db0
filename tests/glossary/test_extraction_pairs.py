"""Extraction of terms with their renderings from aligned pairs."""

import pytest

from glossary.concept import Concept, Term
from glossary.extraction.extraction import Passage, extract_pairs
from glossary.extraction.known import Known
from glossary.extraction.proposals import proposals
from glossary.extraction.tokens import tokenise
from glossary.extraction.word_alignment import learn, segments_of
from lang.conversion import convert

PAIRS = [
    ("The monetary authority watches the stored value facility.", "金融管理專員監察儲值支付工具。"),
    ("A stored value facility holds deposits.", "儲值支付工具持有存款。"),
    ("Every stored value facility needs a licence.", "每個儲值支付工具都要有牌照。"),
    ("The liquidity coverage ratio rose.", "流動性覆蓋比率上升。"),
    ("The monetary authority sets the liquidity coverage ratio.", "金融管理專員制定流動性覆蓋比率。"),
    ("Banks report the liquidity coverage ratio every year.", "銀行每年匯報流動性覆蓋比率。"),
    ("Deposits fell.", "存款下降。"),
    ("Deposits with banks grew; deposits abroad fell.", "銀行存款增加，海外存款下降。"),
    ("The monetary authority met the banks.", "金融管理專員會見銀行。"),
    ("Banks need a licence.", "銀行要有牌照。"),
]


def passages(pairs=PAIRS, script: str | None = None) -> list[Passage]:
    return [
        Passage(english, "report", number, convert(chinese, script) if script else chinese)
        for number, (english, chinese) in enumerate(pairs, 1)
    ]


def rendered(candidates) -> dict[str, str]:
    return {one.text: one.renderings[0].text for one in candidates if one.renderings}


def test_terms_come_with_their_whole_translation():
    pairs = rendered(extract_pairs(passages()))
    assert pairs["stored value facility"] == "儲值支付工具"
    assert pairs["liquidity coverage ratio"] == "流動性覆蓋比率"
    assert pairs["monetary authority"] == "金融管理專員"


def test_every_candidate_has_evidence():
    for one in extract_pairs(passages()):
        best = one.renderings[0]
        assert 0 < best.confidence <= 1
        assert best.together <= one.frequency
        assert best.text in one.why
        assert [other.confidence for other in one.renderings] == sorted((o.confidence for o in one.renderings), reverse=True)
        assert len({other.text for other in one.renderings}) == len(one.renderings)


def test_scores_are_in_order_and_the_same_again():
    first = extract_pairs(passages())
    assert [one.score for one in first] == sorted((one.score for one in first), reverse=True)
    assert extract_pairs(passages()) == first


def test_either_script_gives_the_same_pairs():
    traditional = {english: convert(text, "zh-Hans") for english, text in rendered(extract_pairs(passages())).items()}
    assert rendered(extract_pairs(passages(script="zh-Hans"))) == traditional


def test_known_terms_are_left_out():
    known = Known([Concept((Term("储值支付工具", "zh-Hans"), Term("stored-value facilities", "en")))])
    assert "stored value facility" not in rendered(extract_pairs(passages(), known=known))
    assert known.pairs == [("stored-value facilities", "储值支付工具")]


def test_a_lexicon_helps_without_being_counted():
    lexicon = [("stored value facility", "儲值支付工具")] * 2
    with_help = {one.text: one for one in extract_pairs(passages(), lexicon=lexicon)}
    alone = {one.text: one for one in extract_pairs(passages())}
    one = with_help["stored value facility"]
    assert one.frequency == alone["stored value facility"].frequency == 3
    assert one.renderings[0].text == "儲值支付工具"


@pytest.mark.parametrize("pairs", [[], [("", "")], [("Only English. Only English. Only English.", "")]])
def test_pairs_without_a_translation_give_nothing(pairs):
    assert extract_pairs(passages(pairs)) == []


def test_words_written_the_same_are_taken_for_each_other():
    pairs = [("The HKMA runs RTGS, and CHATS too.", "CHATS及RTGS由HKMA營運。")] * 3
    found = rendered(extract_pairs(passages(pairs)))
    assert {name: found[name] for name in ("HKMA", "RTGS", "CHATS")} == {"HKMA": "HKMA", "RTGS": "RTGS", "CHATS": "CHATS"}


def test_a_lexicon_gives_probabilities():
    english = tokenise(["HKMA and CMU work", "CMU works"], "en")
    chinese = tokenise(["HKMA及CMU運作", "CMU運作"], "zh")
    sides = segments_of(english.ids, english.segments, 2), segments_of(chinese.ids, chinese.segments, 2)
    pair = english.words.index("cmu"), chinese.words.index("cmu")
    lexicon = learn(*sides, [pair], (len(english.words), len(chinese.words)))
    p, q = lexicon.posteriors(sides[0].of(0), sides[1].of(0))
    assert p[:, 2].argmax() == list(sides[0].of(0)).index(pair[0])
    assert (p.sum(axis=0) <= 1 + 1e-9).all()
    assert q.sum(axis=1) == pytest.approx(1)


def test_candidates_become_proposals_with_their_evidence():
    candidates = extract_pairs(passages())
    for candidate, concept in zip(candidates, proposals(candidates, domain="finance"), strict=True):
        assert (concept.state, concept.domain) == ("proposed", "finance")
        assert concept.texts("zh") == [candidate.renderings[0].text]
        assert concept.texts("en") == [candidate.text]
        assert candidate.why in concept.note
        english = concept.of_language("en")[0]
        assert english.source == "report"
        assert english.context
