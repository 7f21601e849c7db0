"""Extraction of candidate terms from texts of one language."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concept import Concept, Term
from glossary.extraction.candidates import find_sequences
from glossary.extraction.extraction import Passage, extract_terms
from glossary.extraction.known import Known
from glossary.extraction.ngrams import repeated_sequences
from glossary.extraction.tokens import tokenise
from lang.conversion import convert

ENGLISH = [
    "The stored value facility is licensed. A stored value facility may hold deposits.",
    "Each stored value facility reports its liquidity coverage ratio, and such is the case every year.",
    "Banks keep a liquidity coverage ratio; the liquidity coverage ratio is published.",
    "The value of trade rose, as did the value of exports. It was a good year for the people.",
    "Liquidity is watched. The Banking (Disclosure) Rules and the Banking (Disclosure) Rules again; Banking (Disclosure) Rules.",
]
CHINESE = [
    "儲值支付工具須領牌照。儲值支付工具可以接受存款。",
    "每間儲值支付工具每年匯報流動性覆蓋比率。",
    "銀行維持流動性覆蓋比率，並公布流動性覆蓋比率。",
    "經濟增長，出口上升，市民生活改善。",
]


def passages(texts: list[str], document: str = "a.txt") -> list[Passage]:
    return [Passage(text, document, number) for number, text in enumerate(texts, 1)]


def found(texts: list[str], language, **options) -> dict[str, object]:
    return {one.text: one for one in extract_terms(passages(texts), language, **options)}


def test_terms_of_several_words_come_first_and_function_words_never():
    english = found(ENGLISH, "en")
    assert {"stored value facility", "liquidity coverage ratio"} <= set(list(english)[:3])
    assert not {"the", "of", "value of", "the value", "is", "year"} & set(english)


def test_chinese_terms_are_whole():
    chinese = found(CHINESE, "zh")
    assert {"儲值支付工具", "流動性覆蓋比率"} <= set(chinese)
    assert "值支付工具" not in chinese
    assert "覆蓋比率" not in chinese


def test_brackets_may_stand_inside_a_term():
    assert found(ENGLISH, "en")["Banking (Disclosure) Rules"].frequency == 3


def test_a_piece_of_a_term_that_never_stands_alone_is_no_candidate():
    texts = ["countercyclical capital buffer. " * 4]
    assert list(found(texts, "en")) == ["countercyclical capital buffer"]


def test_c_value_takes_off_what_longer_candidates_explain():
    alone, inside = ["credit risk. " * 6], ["credit risk. " * 2 + "credit risk transfer. " * 4]
    nested = found(inside, "en")
    assert found(alone, "en")["credit risk"].c_value == pytest.approx(np.log2(3) * 6, abs=0.01)
    # Six times in all, four of them within one longer candidate.
    assert nested["credit risk"].c_value == pytest.approx(np.log2(3) * (6 - 4), abs=0.01)
    assert nested["credit risk"].held_by == 1
    assert nested["credit risk transfer"].c_value == pytest.approx(np.log2(4) * 4, abs=0.01)
    assert next(iter(nested)) == "credit risk transfer"


def test_inflections_are_one_term_under_its_usual_spelling():
    one = found(["A retail bank lent. Retail banks lent. Retail banks gave. Many retail banks grew."], "en")["retail banks"]
    assert one.frequency == 4


def test_names_keep_their_capitals_and_terms_take_none_from_headings():
    texts = [
        "Exchange Fund. The Exchange Fund grew. An Exchange Fund.",
        "Asset quality. The asset quality fell. Of asset quality.",
    ]
    assert {"Exchange Fund", "asset quality"} <= set(found(texts, "en"))


def test_a_word_of_general_language_is_no_term_by_itself():
    words = set(found(["People. Tokenisation. Year. Good. " * 5], "en"))
    assert words == {"Tokenisation"}


def test_frequencies_and_documents_are_counted():
    given_passages = [*passages(ENGLISH), *passages(ENGLISH[:2], "b.txt")]
    by_text = {one.text: one for one in extract_terms(given_passages, "en")}
    facility = by_text["stored value facility"]
    assert (facility.frequency, facility.segments, facility.documents) == (6, 4, 2)
    assert "6x in 4 segments of 2 texts" in facility.why


def test_contexts_show_the_candidate_where_they_say():
    for one in extract_terms(passages(ENGLISH), "en", least=2):
        assert 1 <= len(one.contexts) <= 3
        for context in one.contexts:
            shown = context.text[context.start : context.end]
            assert re.sub(r"\W", "", shown).lower()[:4] == re.sub(r"\W", "", one.text).lower()[:4]
            assert shown in ENGLISH[context.number - 1]


def test_known_terms_are_left_out_in_any_inflection_and_script():
    known = Known([Concept((Term("Stored Value Facilities", "en"), Term("储值支付工具", "zh-Hans")), state="rejected")])
    assert "stored value facility" not in found(ENGLISH, "en", known=known)
    assert "儲值支付工具" not in found(CHINESE, "zh", known=known)
    assert "liquidity coverage ratio" in found(ENGLISH, "en", known=known)
    assert len(known.met) == 2


def test_both_scripts_have_the_same_candidates():
    traditional = extract_terms(passages(CHINESE), "zh", least=2)
    simplified = extract_terms(passages([convert(text, "zh-Hans") for text in CHINESE]), "zh", least=2)
    assert [convert(one.text, "zh-Hans") for one in traditional] == [one.text for one in simplified]
    assert [one.score for one in traditional] == [one.score for one in simplified]


def test_terms_of_rare_characters_and_latin_letters_are_found():
    texts = ["劏房\U00020b9f改革。" * 3, "e-CNY試點，e-CNY試點，e-CNY試點。"]
    chinese = found(texts, "zh", least=3)
    assert any("e-CNY" in text for text in chinese)


@pytest.mark.parametrize("texts", [[], [""], ["。", "  ", "..."], ["one"]])
def test_texts_without_repetition_have_no_candidates(texts):
    assert extract_terms(passages(texts), "en") == []
    assert extract_terms(passages(texts), "zh") == []


def test_the_limit_is_kept():
    assert len(extract_terms(passages(ENGLISH), "en", limit=1)) == 1


WORDS = st.sampled_from(["credit", "risk", "bank", "the", "of", "fund", ".", ",", "(", ")"])


@given(st.lists(WORDS, max_size=60), st.integers(2, 4))
def test_candidates_occur_as_often_as_said(words, least):
    text = " ".join(words)
    sequences = find_sequences(tokenise([text], "en"), least=least)
    for who, starts, spans in sequences.occurrences(np.arange(len(sequences.keys))):
        assert len(starts) == sequences.counts[who] >= least
        for start, span in zip(starts, spans, strict=True):
            assert " ".join(sequences.tokens.sequence(int(start), int(span))) == sequences.keys[who]
        assert text.count(sequences.keys[who]) >= 1 or "(" in sequences.keys[who]


@given(st.lists(st.integers(-1, 3), max_size=50), st.integers(1, 3))
def test_repeated_sequences_are_all_that_repeat(tokens, least):
    expected: dict[tuple[int, ...], int] = {}
    for length in range(1, 5):
        for start in range(len(tokens) - length + 1):
            piece = tuple(tokens[start : start + length])
            if -1 not in piece:
                expected[piece] = expected.get(piece, 0) + 1
    array = np.array(tokens, dtype=np.int64)
    counted: dict[tuple[int, ...], int] = {}
    for level in repeated_sequences(array, longest=4, least=least):
        for first, count in zip(level.firsts, level.counts, strict=True):
            counted[tuple(array[first : first + level.length].tolist())] = int(count)
    assert counted == {piece: count for piece, count in expected.items() if count >= least}


@given(st.text(alphabet="銀行監管流動性 ()《》「」，。aB1-", max_size=40))
def test_tokens_stand_where_they_say(text):
    for language in ("zh", "en"):
        tokens = tokenise([text], language)
        for place in np.flatnonzero(tokens.ids >= 0):
            assert tokens.surface(int(place), 1).strip()
