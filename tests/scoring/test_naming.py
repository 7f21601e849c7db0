"""Names of systems."""

import pytest

from scoring.naming import distinct_parts


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        (["news.en-zh.hyp.Online-A.zh", "news.en-zh.hyp.Lan-Bridge.zh"], ["Online-A", "Lan-Bridge"]),
        (["a/out.txt", "b/out.txt"], ["a", "b"]),
        (["v1_final.txt", "v1_first.txt", "v1_second.txt"], ["final", "first", "second"]),
        (["deepl.txt", "deepl.new.txt"], ["deepl.txt", "deepl.new.txt"]),
        (["x.x", "x.y.x"], ["x.x", "x.y.x"]),
        (["only.en.txt"], ["only.en.txt"]),
        (["same.txt", "same.txt"], ["same.txt", "same.txt"]),
        ([], []),
    ],
)
def test_what_tells_names_apart_is_left(names, parts):
    assert distinct_parts(names) == parts
