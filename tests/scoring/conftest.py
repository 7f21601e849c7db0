"""Small materials to be scored."""

import pytest

from scoring.material import Material

REFERENCE = [
    "Grain output reached 650 million metric tons last year.",
    "We will promote the low-altitude economy.",
    "The rate of urbanization rose to 66 percent.",
    "New quality productive forces grew.",
]


@pytest.fixture
def material() -> Material:
    """Two systems against one reference; the second is the better one."""
    poor = ["Grain output got to 65 million tons.", "We will promote the low economy.", "Urbanization: 66 percent.", "It grew."]
    good = [*REFERENCE[:3], "New productive forces grew."]
    return Material({"poor": poor, "good": good}, [REFERENCE], None, "en")
