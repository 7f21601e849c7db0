"""The modes of an import, what is seen before it, and what the user says columns and codes mean."""

from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.concept import Concept, Term
from glossary.formats.headers import column_of
from glossary.formats.registry import format_named
from glossary.glossary import Glossary
from glossary.importing import ImportMode, plan_import, preview
from lang.errors import UnsupportedError
from workspace.workspace import Workspace


class TestModes:
    """What becomes of an entry that is here already, and of one that is not."""

    TABLE = "id,zh,en,note\nk1,税,tax; levy,changed\n,费,fee; charge,\n,新,new,\n"

    @pytest.fixture
    def glossary(self, empty_workspace: Workspace) -> Glossary:
        glossary = empty_workspace.glossary
        glossary.seed(
            [
                Concept((Term("税", "zh-Hans"), Term("tax", "en")), key="k1", note="old", definition="A levy."),
                Concept((Term("费", "zh-Hans"), Term("fee", "en")), note="kept", definition="Paid."),
            ]
        )
        return glossary

    def after(self, glossary: Glossary) -> dict[str, tuple[list[str], str, str]]:
        return {c.texts("zh")[0]: (c.texts("en"), c.note, c.definition) for c in glossary.concepts()}

    @pytest.mark.parametrize(
        ("mode", "counts", "expected"),
        [
            (
                "merge",
                (1, 2, 0),
                {
                    "税": (["tax", "levy"], "changed", "A levy."),
                    "费": (["fee", "charge"], "kept", "Paid."),
                    "新": (["new"], "", ""),
                },
            ),
            ("add", (1, 0, 2), {"税": (["tax"], "old", "A levy."), "费": (["fee"], "kept", "Paid."), "新": (["new"], "", "")}),
            ("update", (0, 1, 2), {"税": (["tax", "levy"], "changed", "A levy."), "费": (["fee"], "kept", "Paid.")}),
            (
                "replace",
                (1, 2, 0),
                {"税": (["tax", "levy"], "changed", ""), "费": (["fee", "charge"], "", ""), "新": (["new"], "", "")},
            ),
        ],
    )
    def test_each_mode_does_what_it_says_as_one_change(
        self,
        glossary: Glossary,
        tmp_path: Path,
        mode: ImportMode,
        counts: tuple[int, int, int],
        expected: dict[str, tuple[list[str], str, str]],
    ) -> None:
        before = list(glossary.concepts())
        path = tmp_path / "terms.csv"
        path.write_text(self.TABLE, encoding="utf-8")
        (report,) = glossary.import_files([path], mode=mode)
        assert (report.added, report.updated, report.skipped) == counts
        assert self.after(glossary) == expected
        assert report.unmatched == (2 if mode == "update" else 0)
        glossary.undo()
        assert list(glossary.concepts()) == before
        (again,) = [glossary.import_files([path], mode=mode)[0] for _ in range(2)][1:]
        assert (again.added, again.updated) == (0, 0)

    def test_update_finds_concepts_by_the_number_shown(self, glossary: Glossary, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("id,zh,en\n2,费,due\n9,无,none\n", encoding="utf-8")
        (report,) = glossary.import_files([path], mode="update")
        assert (report.updated, report.unmatched) == (1, 1)
        assert glossary.concept(2).texts("en") == ["due"]

    def test_what_is_planned_is_seen_before_it_is_written(self, glossary: Glossary, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_text(self.TABLE, encoding="utf-8")
        planned = plan_import(glossary.store, [path])
        seen = preview(glossary.store, planned, 10)
        assert [(before and before.id, after.texts("en")) for before, after in seen] == [
            (1, ["tax", "levy"]),
            (2, ["fee", "charge"]),
            (None, ["new"]),
        ]
        assert len(preview(glossary.store, planned, 1)) == 1
        assert len(list(glossary.concepts())) == 2


class TestMapping:
    def test_headers_and_codes_mean_what_the_user_says(self, empty_workspace: Workspace, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("Langue A,en,Fachgebiet,note,Preis\n税,tax,finance,draft,7\n", encoding="utf-8")
        mapping = {"langue_a": "zh-Hans", "Fachgebiet": "domain", "note": "-", "en": "en-GB", "absent": "zh"}
        (report,) = empty_workspace.glossary.import_files([path], mapping=mapping)
        (concept,) = empty_workspace.glossary.concepts()
        assert [(t.text, t.lang) for t in concept.terms] == [("税", "zh-Hans"), ("tax", "en-GB")]
        assert (concept.domain, concept.note) == ("finance", "")
        assert report.headers == {"Langue A": "zh-Hans", "en": "en-GB", "Fachgebiet": "domain", "note": None, "Preis": None}
        assert report.passed_over == ["nothing is called 'absent' (--map)"]

    def test_a_meaning_that_is_none_is_refused(self, empty_workspace: Workspace, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("zh,en\n税,tax\n", encoding="utf-8")
        with pytest.raises(UnsupportedError, match="nonsense"):
            empty_workspace.glossary.import_files([path], mapping={"zh": "nonsense"})

    @pytest.mark.parametrize(
        ("header", "meaning"),
        [
            ("Chinese_PRC", "zh-Hans"),
            ("Chinese (Traditional, Hong Kong)", "zh-Hant-HK"),
            ("English 2", "en admitted"),
            ("Synonym (en)", "en admitted"),
            ("en deprecated", "en deprecated"),
            ("English definition", "en definition"),
            ("en preferred note", "en preferred note"),
            ("中文术语", "zh"),
            ("英文同义词", "en admitted"),
            ("Terme français", None),
            ("French", "fr"),
            ("pt-BR", "pt-BR"),
            ("price", None),
        ],
    )
    def test_headers_are_understood(self, header: str, meaning: str | None) -> None:
        column = column_of(header)
        assert (column and column.taken_for) == meaning


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tbx", "multiterm", "xlsx", "utx", "memoq", "skos", "jsonl", "csv", "tsv"])
def test_real_glossaries_come_back_from_every_format(
    empty_workspace: Workspace, shared_data: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    glossary = empty_workspace.glossary
    glossary.import_files(sorted(shared_data("tico19/terms").glob("*.csv")))
    held = list(glossary.concepts())
    path = tmp_path / "terms"
    with path.open("wb") as file:
        assert format_named(name).write(held, file) == len(held) > 500
    (report,) = glossary.import_files([path], format_name=name)
    assert (report.added, report.updated, report.rejected) == (0, 0, 0)
