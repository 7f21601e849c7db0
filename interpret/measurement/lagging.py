"""How far a translation lags behind the speech: AL, LAAL and ATD as SimulEval's latency_scorer computes them.

For one sentence: `delays` d_1..d_n say how much of the source had been taken in when target token i was written, in
milliseconds for speech, in source tokens for text; |X| is the length of the source in the same unit, |Y| that of the
reference in target tokens. Given `elapsed` (the same by the wall clock) for delays, AL and LAAL are "computation aware".
"""

from collections.abc import Sequence
from typing import Final

SPEECH_TOKEN_MS: Final = 300
"""What ATD takes for the length of a spoken word."""


def average_lagging(delays: Sequence[float], source_length: float, target_length: float) -> float:
    """AL = 1/tau * sum over i = 1..tau of (d_i - (i-1) * |X| / |Y|), tau the first i with d_i >= |X|, else n.

    Ma et al. 2019, STACL (arXiv 1810.08398). Where d_1 > |X|, AL is d_1, as in SimulEval. In the unit of the delays.
    ValueError without delays, or where a length is not above 0.
    """
    if not delays or source_length <= 0 or target_length <= 0:
        raise ValueError("lagging needs delays and lengths above 0")
    if delays[0] > source_length:
        return delays[0]
    step = source_length / target_length
    total = 0.0
    counted = 0
    for at, delay in enumerate(delays):
        total += delay - at * step
        counted = at + 1
        if delay >= source_length:
            break
    return total / counted


def length_adaptive_average_lagging(delays: Sequence[float], source_length: float, target_length: float) -> float:
    """LAAL: AL with max(n, |Y|) for |Y|, so that writing more than the reference does not look quick.

    Papi et al. 2022, Over-Generation Cannot Be Rewarded (arXiv 2206.05807); Polák et al. 2022 (arXiv 2204.06028).
    """
    return average_lagging(delays, source_length, max(len(delays), target_length))


def average_token_delay(delays: Sequence[float], *, speech: bool, elapsed: Sequence[float] = ()) -> float:
    """ATD = 1/n * sum over target tokens t of (end of t - end of source token a(t)), with a(t) = min(s(t), x(c)).

    c is the chunk of t (tokens of equal delay), s(t) = t - max(0, Y(c-1) - X(c-1)), and X(c), Y(c) count the source and target
    tokens up to chunk c. A spoken token lasts 300 ms, what is left of a chunk being one of its own, and a written one
    nothing; from text to text both last 1. With `elapsed` the time of computing, what elapsed grew by beyond the delays,
    is added to each token's end. Kano et al. 2023 (arXiv 2211.13173). ValueError without delays.
    """
    if not delays:
        raise ValueError("lagging needs delays")
    target_chunks = _runs(delays)
    source_ends: list[list[float]] = []
    now = 0.0
    for _, until in target_chunks:
        ends = _source_token_ends(now, until, speech=speech)
        source_ends.append(ends)
        now = until
    ends_so_far = [0.0, *(end for chunk in source_ends for end in chunk)]
    computing = _computing(delays, elapsed)
    total, token_end, token = 0.0, 0.0, 0
    sources_before = targets_before = 0
    for (size, delay), chunk in zip(target_chunks, source_ends, strict=True):
        for _ in range(size):
            token_end = max(delay, token_end) + (0 if speech else 1) + computing[token]
            token += 1
            answered = min(token - max(0, targets_before - sources_before), sources_before + len(chunk))
            total += token_end - ends_so_far[answered]
        sources_before += len(chunk)
        targets_before += size
    return total / len(delays)


def _runs(delays: Sequence[float]) -> list[tuple[int, float]]:
    """Chunks of the target: (number of tokens, their delay)."""
    found: list[tuple[int, float]] = []
    for delay in delays:
        if found and found[-1][1] == delay:
            found[-1] = found[-1][0] + 1, delay
        else:
            found.append((1, delay))
    return found


def _source_token_ends(start: float, until: float, *, speech: bool) -> list[float]:
    """When the source tokens of a chunk end."""
    length = SPEECH_TOKEN_MS if speech else 1
    whole, rest = divmod(until - start, length)
    ends = [start + length * (at + 1) for at in range(int(whole))]
    return [*ends, until] if rest else ends


def _computing(delays: Sequence[float], elapsed: Sequence[float]) -> list[float]:
    """What each token added to the time spent on computing."""
    if not any(elapsed):
        return [0.0] * len(delays)
    spent = [late - delay for late, delay in zip(elapsed, delays, strict=True)]
    return [now - before for now, before in zip(spent, [0.0, *spent[:-1]], strict=True)]
