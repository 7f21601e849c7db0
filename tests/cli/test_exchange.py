"""yuqiao import and export."""

import csv
import io

import pytest


def test_import_counts_and_reports_rejects_with_their_line(yuqiao, tmp_path):
    table = tmp_path / "terms.csv"
    table.write_text(
        "en,domain,zh_TW\nnight bazaar,economy,夜市集\n,economy,孤兒\nnight bazaar,economy,夜市集\n", encoding="utf-8"
    )
    run = yuqiao("import", table, "--json")
    assert run.status == 0
    report = run.json
    assert [report[name] for name in ("read", "added", "updated", "skipped", "rejected")] == [3, 1, 0, 1, 1]
    assert report["rejects"] == [{"line": 3, "reason": "no English term"}]
    assert report["tags"]["zh_TW"] == "zh-Hant-TW"
    assert yuqiao("lookup", "夜市集", "--json").json["matches"][0]["domain"] == "economy"


def test_second_import_changes_nothing(yuqiao, tmp_path):
    table = tmp_path / "terms.tsv"
    table.write_text("zh\ten\n夜市集\tnight bazaar\n", encoding="utf-8")
    assert yuqiao("import", table, "--json").json["added"] == 1
    changes = yuqiao("stats", "--json").json["changes"]
    again = yuqiao("import", table, "--json").json
    assert (again["added"], again["updated"], again["skipped"]) == (0, 0, 1)
    assert yuqiao("stats", "--json").json["changes"] == changes


def test_several_files_are_one_change(yuqiao, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(f"zh,en\n夜市集{number},night bazaar {number}\n", encoding="utf-8")
    reports = yuqiao("import", tmp_path / "1.csv", tmp_path / "2.csv", "--json").json_lines
    assert [report["added"] for report in reports] == [1, 1]
    yuqiao("undo")
    assert "夜市集" not in yuqiao("lookup", "夜市集1", "--json").out.split('"matches"')[1]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bad.csv", b"foo,bar\n1,2\n", "bad.csv:1"),
        ("cut.csv", 'zh,en\n夜市集,"night\n'.encode(), "cut.csv"),
        ("broken.csv", b"zh,en\n\xe5\xa4\x9c\xe5,night\n\xff\xff\xff", "broken.csv:2"),
        ("binary.csv", b"zh,en\n\0\0\0\0,x\n", "binary.csv:2"),
        ("what.docx", b"PK\x03\x04 nothing we know", "what.docx"),
    ],
)
def test_bad_files_are_named_with_line_and_change_nothing(yuqiao, tmp_path, name, data, said):
    good = tmp_path / "good.csv"
    good.write_text("zh,en\n夜市集,night bazaar\n", encoding="utf-8")
    bad = tmp_path / name
    bad.write_bytes(data)
    before = yuqiao("stats", "--json").json
    run = yuqiao("import", good, bad)
    assert run.status == 2
    assert said in run.err
    assert "Traceback" not in run.err
    after = yuqiao("stats", "--json").json
    assert {key: after[key] for key in ("concepts", "terms", "changes")} == {
        key: before[key] for key in ("concepts", "terms", "changes")
    }


def test_columns_without_header(yuqiao, tmp_path):
    table = tmp_path / "plain.tsv"
    table.write_text("night bazaar\t夜市集\n", encoding="utf-8")
    assert yuqiao("import", "--columns", "en,zh-HK", table, "--json").json["added"] == 1


def test_export_of_a_domain_and_its_import_again(yuqiao, tmp_path):
    exported = tmp_path / "finance.csv"
    run = yuqiao("export", "--domain", "finance", exported, "--json")
    rows = list(csv.DictReader(io.StringIO(exported.read_text(encoding="utf-8"))))
    assert run.json["written"] == len(rows) > 100
    assert {row["domain"] for row in rows} == {"finance"}
    again = yuqiao("import", exported, "--json").json
    assert (again["read"], again["skipped"]) == (len(rows), len(rows))


def test_export_to_stdout_and_unknown_domain(yuqiao):
    assert yuqiao("export", "--format", "tsv", "-").out.splitlines()[0].startswith("id\tdomain\tstate\tzh-Hant-HK")
    run = yuqiao("export", "--domain", "cooking", "x.csv")
    assert run.status == 2
    assert "finance" in run.err


def test_export_into_a_folder_that_is_not_there(yuqiao, tmp_path):
    run = yuqiao("export", tmp_path / "nowhere" / "x.csv")
    assert run.status == 2
    assert "cannot be written" in run.err


def test_a_dry_run_shows_changes_and_columns_and_writes_nothing(yuqiao, tmp_path):
    table = tmp_path / "terms.csv"
    table.write_text(
        "Chinese_PRC,en,Thema,Preis\n离境退税,departure tax refund; refund at the border,x,1\n夜市集,night bazaar,y,2\n", "utf-8"
    )
    before = yuqiao("stats", "--json").json["changes"]
    run = yuqiao("import", "--dry-run", "--map", "Thema=domain", table)
    assert run.status == 0
    assert "2 read, 1 to add, 1 to update" in run.out
    assert "    + refund at the border (en, admitted)" in run.out
    assert "+ 夜市集 = night bazaar  [y]" in run.out
    assert "Columns: Chinese_PRC -> zh-Hans, en -> en, Thema -> domain, Preis -> left out" in run.err
    assert "Nothing was written" in run.err
    report, changes = yuqiao("import", "--dry-run", "--show", 1, "--json", table).json_lines
    assert (report["dry_run"], report["added"], report["columns"]["Preis"]) == (True, 1, None)
    assert (changes["concepts"], len(changes["changes"])) == (2, 1)
    assert yuqiao("stats", "--json").json["changes"] == before


def test_left_out_columns_are_named(yuqiao, tmp_path):
    table = tmp_path / "terms.csv"
    table.write_text("zh,en,Preis\n夜市集,night bazaar,2\n", encoding="utf-8")
    assert "Columns left out: Preis" in yuqiao("import", table).err


def test_a_mapping_that_is_none_and_options_of_terms_for_a_memory(yuqiao, tmp_path):
    (tmp_path / "terms.csv").write_text("zh,en\n税,tax\n", encoding="utf-8")
    assert "has no =" in yuqiao("import", "--map", "nothing", "terms.csv").err
    run = yuqiao("import", "--as", "memory", "--dry-run", "terms.csv")
    assert (run.status, "for terms" in run.err) == (2, True)


def test_json_lines_hold_terms_or_sentences_by_their_first_line(yuqiao, tmp_path):
    exported = tmp_path / "terms.jsonl"
    assert yuqiao("export", "--as", "glossary", "--domain", "finance", exported, "--json").json["kind"] == "glossary"
    again = yuqiao("import", exported, "--json").json
    assert (again["format"], again["added"], again["updated"]) == ("jsonl", 0, 0)
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"source": "夜市很熱鬧。", "target": "The night market is lively."}\n', encoding="utf-8")
    assert yuqiao("import", pairs, "--json").json["added"] == 1


def test_the_direction_of_an_export(yuqiao, tmp_path):
    glossary = tmp_path / "deepl.tsv"
    run = yuqiao("export", "--format", "deepl", "--direction", "en:zh-Hans", glossary)
    assert "departure tax refund\t离境退税" in glossary.read_text(encoding="utf-8").splitlines()
    assert "phrases left out" in run.err
    assert yuqiao("export", "--format", "deepl", "--direction", "en:fr", glossary).status == 2
    assert yuqiao("export", "--direction", "en:zh", tmp_path / "x.csv").status == 2


def test_a_report_says_what_languages_were_taken_for_and_which_rules_were_broken(yuqiao, tmp_path):
    file = tmp_path / "terms.tbx"
    file.write_text(
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">'
        "<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>\n"
        '<conceptEntry id="market"><langSec xml:lang="zh-TW"><termSec><term>夜市集</term></termSec></langSec>'
        '<langSec xml:lang="en"><termSec><term>night bazaar</term></termSec></langSec></conceptEntry>\n'
        '<conceptEntry><langSec xml:lang="es"><termSec><term>impuesto</term>'
        '<termNote type="mood">bad</termNote></termSec></langSec></conceptEntry>\n'
        "<conceptEntry/></body></text></tbx>\n",
        encoding="utf-8",
    )
    run = yuqiao("import", file)
    assert run.status == 0
    assert "3 read, 2 added, 0 updated, 0 skipped, 1 rejected" in run.out
    assert "Languages: zh-TW -> zh-Hant-TW (1)" in run.err
    assert "1 concepts have no Chinese or no English term" in run.err
    assert f"{file}:4: holds no term" in run.err
    assert f"{file}:3: warning: <termNote> of type 'mood' is not of TBX-Basic" in run.err
    report = yuqiao("import", file, "--json").json
    assert (report["skipped"], report["unpaired"], report["tag_counts"]) == (2, 1, {"zh-TW": 1, "en": 1, "es": 1})
    assert report["breaches"] == [{"line": 3, "rule": "<termNote> of type 'mood' is not of TBX-Basic"}]


@pytest.mark.slow
def test_tbx_is_written_in_either_style(yuqiao, tmp_path):
    for name, mark in (("tbx", '<descrip type="subjectField">'), ("tbx-dct", "<min:subjectField>")):
        file = tmp_path / f"{name}.tbx"
        assert yuqiao("export", file, "--format", name).status == 0
        assert mark in file.read_text(encoding="utf-8")
        assert yuqiao("import", file, "--json").json["updated"] == 0
