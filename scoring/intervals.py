"""How sure a share of hits is."""

from math import sqrt
from statistics import NormalDist


def wilson(hits: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of hits / total, as (low, high) between 0 and 1; (0, 1) where nothing was counted.

    With p = hits / total, n = total and z the normal quantile of (1 + confidence) / 2, the ends are
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n): Wilson, E. B. (1927), Probable inference, the law of succession,
    and statistical inference, JASA 22. Unlike p ± z √(p(1-p)/n) it holds for few counts and for shares near 0 and 1.

    ValueError where hits are not between 0 and total, or confidence is not between 0 and 1.
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} hits of {total}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not between 0 and 1")
    if total == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, spread = hits / total, z * z / total
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    # Rounding must not make certain what is not: the ends are exactly 0 and 1 only where all or nothing was hit.
    return (0.0 if hits == 0 else low), (1.0 if hits == total else high)
