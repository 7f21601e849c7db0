"""A query longer than any term finds the terms inside it."""

import pytest

from workspace.workspace import Workspace


@pytest.fixture
def glossary(tmp_path):
    with Workspace.open(str(tmp_path / "inside.db"), seed=False) as workspace:
        for chinese, english in (
            ("靈活就業", "flexible employment"),
            ("就業", "employment"),
            ("低空經濟", "low-altitude economy"),
        ):
            workspace.glossary.add([chinese], [english])
        yield workspace.glossary


def test_chinese_compound_finds_its_longest_part_first(glossary):
    found = glossary.lookup("灵活就业办法")
    assert [(match.term_text, match.kind) for match in found] == [("靈活就業", "contains")]
    assert found[0].score < 0.4


def test_every_part_of_a_compound_is_found(glossary):
    assert {match.term_text for match in glossary.lookup("低空經濟靈活就業試點工作")} == {"靈活就業", "低空經濟"}


def test_english_phrase_finds_the_term_in_it(glossary):
    assert glossary.lookup("flexible employments in the district")[0].concept.texts("zh") == ["靈活就業"]


def test_a_term_that_is_found_whole_does_not_bring_its_parts(glossary):
    for number in range(3):
        glossary.add([f"靈活就業人員{'甲乙丙'[number]}"], [f"person {number}"])
    assert all("靈活就業人員" in match.term_text for match in glossary.lookup("靈活就業人員"))
