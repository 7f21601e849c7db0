"""What an import adds, changes and leaves, and real files of terms."""

import csv
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.glossary import Glossary
from glossary.importing import ImportReport, plan_import
from lang.errors import BadFileError, NotFoundError, UnsupportedError, YuqiaoError
from workspace.workspace import Workspace

CheckSound = Callable[[Workspace], None]
SharedData = Callable[[str], Path]


@pytest.fixture
def glossary(empty_workspace: Workspace) -> Glossary:
    return empty_workspace.glossary


@pytest.fixture
def imported(glossary: Glossary, tmp_path: Path) -> Callable[[str], ImportReport]:
    """Imports a CSV file with this text."""

    def run(text: str) -> ImportReport:
        path = tmp_path / "terms.csv"
        path.write_text(text, encoding="utf-8")
        return glossary.import_file(path)

    return run


Import = Callable[[str], ImportReport]


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.read, report.added, report.updated, report.skipped, report.rejected


class TestMerging:
    def test_a_known_id_updates_its_concept(self, glossary: Glossary, imported: Import) -> None:
        imported("id,zh-Hant,en,definition\nrefund,退稅,tax refund,old\n")
        before = next(iter(glossary.concepts()))
        report = imported("id,zh-Hant,en,definition\nrefund,離境退稅,departure tax refund,new\n")
        assert counts(report) == (1, 0, 1, 0, 0)
        (after,) = glossary.concepts()
        assert (after.id, after.key) == (before.id, "refund")
        assert after.texts("zh") == ["離境退稅"]
        assert after.definition == "new"
        assert [change.kind for change in glossary.history(after.id)] == ["import", "import"]

    def test_pinyin_set_by_hand_outlives_an_update(self, glossary: Glossary, imported: Import) -> None:
        imported("id,zh-Hant,en,pinyin\nx,長三角,delta,chang2 san1 jiao3\n")
        imported("id,zh-Hant,en,note\nx,長三角,delta,n\n")
        (concept,) = glossary.concepts()
        assert (concept.terms[0].pinyin, concept.note) == ("chang2 san1 jiao3", "n")

    def test_the_same_pair_in_another_script_adds_the_form(self, glossary: Glossary, imported: Import) -> None:
        imported("zh-Hant,en\n離境退稅,departure tax refund\n")
        report = imported("zh-Hans,en\n离境退税,Departure Tax Refund\n")
        assert counts(report) == (1, 0, 1, 0, 0)
        (concept,) = glossary.concepts()
        assert concept.texts("zh") == ["離境退稅", "离境退税"]
        assert [(t.text, t.status) for t in concept.of_language("en")] == [
            ("departure tax refund", "preferred"),
            ("Departure Tax Refund", "admitted"),
        ]

    def test_further_renderings_come_as_admitted_and_fields_fill_gaps(self, glossary: Glossary, imported: Import) -> None:
        imported("zh-Hant,en,note\n退稅,tax refund,mine\n")
        imported("zh-Hant,en,note,definition\n退稅,rebate; tax refund,theirs,d\n")
        (concept,) = glossary.concepts()
        assert [(t.text, t.status) for t in concept.of_language("en")] == [("tax refund", "preferred"), ("rebate", "admitted")]
        assert (concept.note, concept.definition) == ("mine", "d")

    def test_same_chinese_with_other_english_is_another_concept(self, glossary: Glossary, imported: Import) -> None:
        imported("zh,en\n專案,project\n")
        assert counts(imported("zh,en\n專案,special case\n")) == (1, 1, 0, 0, 0)
        assert len(list(glossary.concepts())) == 2

    def test_characters_that_fold_alike_stay_two_concepts_at_a_second_import(self, glossary: Glossary, imported: Import) -> None:
        text = "zh-Hant,zh-Hans,en\n後,后,queen; after\n后,后,queen; empress\n"
        assert counts(imported(text)) == (2, 2, 0, 0, 0)
        assert counts(imported(text)) == (2, 0, 0, 2, 0)

    def test_doubles_within_a_file_become_one(self, glossary: Glossary, imported: Import) -> None:
        report = imported("zh-Hant,zh-Hans,en\n退稅,,tax refund\n退稅,,tax refund\n,退税,tax refund\n退稅,退税,tax refund\n")
        assert (report.read, report.added, report.rejected) == (4, 1, 0)
        assert report.read == report.added + report.updated + report.skipped + report.rejected
        (concept,) = glossary.concepts()
        assert concept.texts("zh") == ["退稅", "退税"]

    def test_one_id_twice_in_a_file_is_one_concept(self, glossary: Glossary, imported: Import) -> None:
        imported("id,zh-Hant,en\nx,退稅,tax refund\nx,稅,tax\n")
        (concept,) = glossary.concepts()
        assert (concept.key, concept.texts("en")) == ("x", ["tax"])

    def test_numbers_are_no_ids_across_databases(self, glossary: Glossary, imported: Import) -> None:
        imported("id,zh,en\n1,稅,tax\n")
        imported("id,zh,en\n1,甲,first\n")
        assert [concept.texts("en") for concept in glossary.concepts()] == [["tax"], ["first"]]
        assert {concept.key for concept in glossary.concepts()} == {""}

    def test_several_files_are_one_change(self, glossary: Glossary, tmp_path: Path) -> None:
        paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
        for path, text in zip(paths, ("zh,en\n稅,tax\n甲,first\n", "zh,en\n甲,first\n乙,second\n"), strict=True):
            path.write_text(text, encoding="utf-8")
        one, two = glossary.import_files(paths)
        assert (one.added, two.added, two.skipped) == (2, 1, 1)
        assert one.change_id == two.change_id
        glossary.undo()
        assert list(glossary.concepts()) == []

    def test_planning_writes_nothing(self, glossary: Glossary, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("zh,en\n稅,tax\n", encoding="utf-8")
        planned = plan_import(glossary.store, [path], domain="tax")
        assert [edit.concept.domain for edit in planned.edits] == ["tax"]
        assert list(glossary.concepts()) == []

    def test_keys_agree_after_additions_and_updates(
        self, seeded_workspace: Workspace, tmp_path: Path, check_sound: CheckSound
    ) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("zh-Hans,en\n离境退税,departure tax refund; exit refund\n新词,new word\n", encoding="utf-8")
        assert counts(seeded_workspace.glossary.import_file(path)) == (2, 1, 1, 0, 0)
        assert seeded_workspace.glossary.lookup("exit refunds")[0].concept.texts("zh")[0] == "離境退稅"
        check_sound(seeded_workspace)


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("", 1, ""),
            ("Name,Preis\nApfel,1\n", 1, "no column"),
            ("zh,note\n稅,n\n", 1, "no column"),
            ('zh,en\n稅,tax\n甲,"a"b\n', 3, ""),
            ('zh,en\n稅,"tax\n', 2, ""),
        ],
    )
    def test_names_file_and_line(self, glossary: Glossary, imported: Import, text: str, line: int, reason: str) -> None:
        imported("zh,en\n原有,there before\n")
        before = list(glossary.concepts())
        with pytest.raises(BadFileError) as caught:
            imported(text)
        assert caught.value.path.endswith("terms.csv")
        assert caught.value.line == line or (caught.value.line > line == 2)
        assert reason in caught.value.reason
        assert caught.value.hint
        assert list(glossary.concepts()) == before
        assert len(glossary.store.changes(9)) == 1

    def test_undecodable_bytes_name_their_line(self, glossary: Glossary, tmp_path: Path) -> None:
        path = tmp_path / "terms.csv"
        path.write_bytes(b"zh,en\n" + "稅,tax\n".encode() + b"\xff\xff,bad\n")
        with pytest.raises(BadFileError) as caught:
            glossary.import_files([path], encoding="utf-8")
        assert caught.value.line == 3

    def test_one_bad_file_keeps_the_others_out(self, glossary: Glossary, tmp_path: Path) -> None:
        good = tmp_path / "good.csv"
        good.write_text("zh,en\n稅,tax\n", encoding="utf-8")
        with pytest.raises(NotFoundError):
            glossary.import_files([good, tmp_path / "absent.csv"])
        assert list(glossary.concepts()) == []

    @pytest.mark.parametrize("options", [{"encoding": "klingon"}, {"format_name": "doc"}, {"columns": ["a", "b"]}])
    def test_bad_options_are_refused(self, glossary: Glossary, tmp_path: Path, options: dict[str, object]) -> None:
        path = tmp_path / "terms.csv"
        path.write_text("zh,en\n稅,tax\n", encoding="utf-8")
        with pytest.raises(YuqiaoError):
            glossary.import_files([path], **options)  # type: ignore[arg-type]
        assert list(glossary.concepts()) == []

    def test_columns_may_be_named_instead_of_a_header(self, glossary: Glossary, tmp_path: Path) -> None:
        path = tmp_path / "terms.txt"
        path.write_text("tax,稅\n", encoding="utf-8")
        with pytest.raises(UnsupportedError):
            glossary.import_files([path], columns=["en", "zh"])
        (report,) = glossary.import_files([path], columns=["en", "zh"], format_name="csv")
        assert report.added == 1


TICO = {
    "f_en-zh_CN.csv": {"en": "en", "zh_CN": "zh-Hans"},
    "f_en-zh_TW.csv": {"en": "en", "zh_TW": "zh-Hant-TW"},
    "g_en_zh-CN.csv": {"en": "en", "zh-CN": "zh-Hans"},
    "g_en_zh-TW.csv": {"en": "en", "zh-TW": "zh-Hant-TW"},
    "g_zh-CN_en.csv": {"en": "en", "zh-Hans": "zh-Hans"},
    "g_zh-TW_en.csv": {"en": "en", "zh-Hant": "zh-Hant"},
}


class TestTico:
    @pytest.mark.parametrize("name", TICO)
    def test_every_row_lands_under_the_right_tag(self, glossary: Glossary, shared_data: SharedData, name: str) -> None:
        path = shared_data(f"tico19/terms/{name}")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if any(row.values())]
        report = glossary.import_file(path)
        assert (report.read, report.rejected) == (len(rows), 0)
        assert report.tags == TICO[name]
        assert report.added + report.updated + report.skipped == len(rows)
        stored = {(term.lang, term.text) for concept in glossary.concepts() for term in concept.terms}
        for row in rows:
            for side in ("source", "target"):
                tag = TICO[name][row[f"{side}Lang"]]
                first = row[f"{side}String"].split("|")[0].split(";")[0].split("；")[0].split(" / ")[0]
                assert (tag, " ".join(first.split())) in stored, row

    @pytest.mark.parametrize("names", [("f_en-zh_CN.csv", "f_en-zh_TW.csv"), ("g_en_zh-CN.csv", "g_en_zh-TW.csv")])
    def test_mainland_and_taiwan_terms_of_a_concept_stay_apart(
        self, glossary: Glossary, shared_data: SharedData, names: tuple[str, str]
    ) -> None:
        def held(tag: str) -> set[tuple[str, str]]:
            return {(term.lang, term.text) for c in glossary.concepts() for term in c.terms if term.lang == tag}

        mainland, taiwan = (shared_data(f"tico19/terms/{name}") for name in names)
        glossary.import_file(mainland)
        before = held("zh-Hans")
        assert held("zh-Hant-TW") == set()
        glossary.import_file(taiwan)
        assert held("zh-Hans") == before
        assert held("zh-Hant-TW")
        both = [c for c in glossary.concepts() if {term.lang for term in c.terms} >= {"zh-Hans", "zh-Hant-TW"}]
        assert both, "no concept has terms of both"
        for name in names:
            report = glossary.import_file(shared_data(f"tico19/terms/{name}"))
            assert (report.added, report.updated) == (0, 0)


class TestCedict:
    def lines(self, path: Path) -> list[str]:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            return file.read().splitlines()

    def test_the_first_entries_are_read(
        self, empty_workspace: Workspace, shared_data: SharedData, tmp_path: Path, check_sound: CheckSound
    ) -> None:
        lines = [line for line in self.lines(shared_data("cedict/cedict_ts.u8.xz")) if not line.startswith("#")][:3_000]
        path = tmp_path / "cedict.u8"
        path.write_text("\r\n".join(lines), encoding="utf-8")
        report = empty_workspace.glossary.import_file(path)
        assert (report.read, report.rejected) == (3_000, 0)
        assert report.added + report.updated + report.skipped == 3_000
        spellings = {(term.lang, term.text) for concept in empty_workspace.glossary.concepts() for term in concept.terms}
        for line in lines:
            traditional, simplified = line.split(" ", 2)[:2]
            assert {("zh-Hant", traditional), ("zh-Hans", simplified)} <= spellings
        check_sound(empty_workspace)

    @pytest.mark.slow
    def test_the_whole_dictionary_is_read(self, empty_workspace: Workspace, shared_data: SharedData, tmp_path: Path) -> None:
        path = tmp_path / "cedict.u8"
        path.write_text("\n".join(self.lines(shared_data("cedict/cedict_ts.u8.xz"))), encoding="utf-8")
        done: list[int] = []
        report = empty_workspace.glossary.import_file(path, progress=done.append)
        assert (report.read, report.rejected) == (117_512, 0)
        assert done == sorted(done)
        assert empty_workspace.glossary.lookup("稅務")[0].score == 1
        again = empty_workspace.glossary.import_file(path)
        assert (again.added, again.updated, again.skipped) == (0, 0, 117_512)
        empty_workspace.glossary.undo()
        assert list(empty_workspace.glossary.concepts()) == []
