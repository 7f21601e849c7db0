"""yuqiao concordance."""


def pieces(match, side):
    return [match[side][span["start"] : span["end"]] for span in match[f"{side}_spans"]]


def test_both_scripts_and_languages_with_spans(yuqiao):
    traditional = yuqiao("concordance", "離境退稅", "--json").json
    assert traditional["query"] == "離境退稅"
    assert traditional["total"] == len(traditional["matches"]) > 1
    assert yuqiao("concordance", "离境退税", "--json").json["matches"] == traditional["matches"]
    for match in traditional["matches"]:
        assert {"id", "source", "target", "origin", "domain"} <= match.keys()
        assert pieces(match, "source") == ["離境退稅"]
        # The other side has what the term base renders it by.
        assert pieces(match, "target")[0].lower().rstrip("s") == "departure tax refund"
    english = yuqiao("concordance", "departure", "tax", "refund", "--json").json
    assert {match["id"] for match in traditional["matches"]} <= {match["id"] for match in english["matches"]}
    assert "離境退稅" in pieces(english["matches"][0], "source")


def test_pages(yuqiao):
    whole = yuqiao("concordance", "企業", "--limit", "1000", "--json").json
    assert whole["total"] == len(whole["matches"]) > 10
    page = yuqiao("concordance", "企業", "--limit", "4", "--offset", "4", "--json").json
    assert (page["total"], page["offset"]) == (whole["total"], 4)
    assert page["matches"] == whole["matches"][4:8]
    run = yuqiao("concordance", "企業", "--limit", "4")
    assert "--offset 4" in run.err
    assert len(run.out.splitlines()) == 8


def test_words_apart(yuqiao):
    run = yuqiao("concordance", "商店", "離境退稅")
    assert (run.status, "--apart" in run.err) == (1, True)
    found = yuqiao("concordance", "--apart", "商店", "離境退稅", "--json").json["matches"]
    assert found
    assert all({"商店", "離境退稅"} <= {*pieces(match, "source")} for match in found)


def test_nothing_found_and_filters(yuqiao):
    run = yuqiao("concordance", "絕無此語", "--json")
    assert (run.status, run.json["total"], run.json["matches"]) == (1, 0, [])
    yuqiao("tm", "add", "企業家。", "Entrepreneurs.", "--origin", "mine", "--state", "draft")
    for options in (["--origin", "mine"], ["--state", "draft"]):
        assert yuqiao("concordance", "企業", *options, "--json").json["total"] == 1
    assert yuqiao("concordance", "企業", "--since", "soon").status == 2
