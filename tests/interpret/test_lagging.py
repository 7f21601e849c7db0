"""Lagging against values counted by hand from the formulas; SimulEval's scorers give the same."""

import pytest

from interpret.measurement.lagging import average_lagging, average_token_delay, length_adaptive_average_lagging

# Six words at 1, 2 and 3 s of a sentence of 3 s.
DELAYS = [1000, 1000, 2000, 2000, 3000, 3000]


def test_average_lagging_counts_to_the_first_token_after_the_whole_source() -> None:
    # tau = 5; (1000 + 1000 + 2000 + 2000 + 3000 - (0+1+2+3+4) * 3000/7) / 5
    assert average_lagging(DELAYS, 3000, 7) == pytest.approx(942.857, abs=0.001)


def test_average_lagging_counts_all_tokens_where_none_waited_for_the_whole_source() -> None:
    # (1 + 2 + 3 - (0+1+2) * 5/3) / 3
    assert average_lagging([1, 2, 3], 5, 3) == pytest.approx(1 / 3)


def test_average_lagging_is_the_first_delay_where_that_is_after_the_source() -> None:
    assert average_lagging([1200, 1300], 900, 2) == 1200


def test_length_adaptive_lagging_takes_the_longer_of_output_and_reference() -> None:
    assert length_adaptive_average_lagging(DELAYS, 3000, 7) == average_lagging(DELAYS, 3000, 7)
    # |Y| = 2 would make it (9000 - 10 * 1500) / 5 = -1200: an output of many words would look quick.
    assert average_lagging(DELAYS, 3000, 2) == -1200
    assert length_adaptive_average_lagging(DELAYS, 3000, 2) == pytest.approx((9000 - 10 * 500) / 5)


def test_lagging_needs_delays_and_lengths() -> None:
    with pytest.raises(ValueError, match="delays"):
        average_lagging([], 3000, 7)
    with pytest.raises(ValueError, match="lengths"):
        average_lagging(DELAYS, 0, 7)
    with pytest.raises(ValueError, match="delays"):
        average_token_delay([], speech=True)


def test_token_delay_of_speech_takes_words_of_300_ms() -> None:
    # Each second has source tokens that end after 300, 600, 900 and 1000 ms; target tokens answer tokens 1 to 6.
    ends = [300, 600, 900, 1000, 1300, 1600]
    assert average_token_delay(DELAYS, speech=True) == sum(d - e for d, e in zip(DELAYS, ends, strict=True)) / 6


def test_token_delay_adds_the_time_of_computing_to_each_token() -> None:
    # Computing took 200 ms before the first token and 50 ms more before the second: they end at 1200 and 1250 ms.
    assert average_token_delay([1000, 1000], speech=True, elapsed=[1200, 1250]) == ((1200 - 300) + (1250 - 600)) / 2
    assert average_token_delay([1000, 1000], speech=True, elapsed=[0, 0]) == ((1000 - 300) + (1000 - 600)) / 2


def test_token_delay_of_text_moves_back_where_more_was_written_than_read() -> None:
    # One source token is read, three tokens written, one more read, one written. Tokens end at 2, 3, 4, 5 (each lasts 1).
    # a(1..3) = 1: no more was read. a(4) = 4 - max(0, 3 - 1) = 2.
    assert average_token_delay([1, 1, 1, 2], speech=False) == ((2 - 1) + (3 - 1) + (4 - 1) + (5 - 2)) / 4
