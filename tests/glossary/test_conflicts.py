"""Checking the term base as a whole: each kind of conflict found, and what only looks like one left alone."""

from collections.abc import Callable

import pytest

from glossary import containment
from glossary.concept import Concept, Term
from glossary.conflicts import conflicts_among, find_conflicts, unused_findings
from glossary.findings import Finding, FindingKind, name_of_finding
from lang.script import detect_script
from workspace.workspace import Workspace

Find = Callable[..., list[Finding]]


def concept(chinese: str, english: str, domain: str = "tax", **terms: str) -> Concept:
    """A concept of a traditional (and behind a slash a simplified) form and renderings, preferred first."""
    hant, _, hans = chinese.partition("/")
    made = [Term(hant, "zh-Hans" if detect_script(hant) == "Hans" else "zh-Hant-HK")] + ([Term(hans, "zh-Hans")] if hans else [])
    made += [Term(text.strip(), "en", "admitted" if index else "preferred") for index, text in enumerate(english.split(";"))]
    made += [Term(text, "en" if text.isascii() else "zh-Hant-HK", status) for status, text in terms.items()]  # type: ignore[arg-type]
    return Concept(tuple(made), domain=domain)


@pytest.fixture
def find(empty_workspace: Workspace) -> Find:
    """What is found among concepts put into an empty term base, where they have the ids 1, 2 ..."""

    def look(*concepts: Concept, kinds: tuple[FindingKind, ...] = ()) -> list[Finding]:
        empty_workspace.glossary.seed(list(concepts))
        return find_conflicts(empty_workspace.term_store, *[kinds] if kinds else [])

    return look


def kinds(findings: list[Finding]) -> list[str]:
    return [finding.kind for finding in findings]


def ids(finding: Finding) -> list[int]:
    return [concept.id for concept in finding.concepts]


class TestSame:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (concept("離境退稅", "tax refund"), concept("離境退稅", "tax refund")),
            (concept("離境退稅", "tax refund"), concept("离境退税", "tax refund")),
            (concept("離境退稅", "tax refund"), concept("離境退稅", "tax refunds")),
            (concept("離境退稅", "departure refund; tax refund"), concept("離境退稅", "tax refund")),
        ],
    )
    def test_the_same_pair_in_any_script_and_inflection(self, find: Find, first: Concept, second: Concept) -> None:
        (finding,) = find(first, second)
        assert (finding.kind, finding.severity, ids(finding)) == ("same", "error", [1, 2])
        assert finding.command == "yuqiao merge 1 2"
        assert "離境退稅" in finding.reason

    def test_in_two_domains_it_may_be_meant(self, find: Find) -> None:
        (finding,) = find(concept("退稅", "tax refund"), concept("退稅", "tax refund", "trade"))
        assert (finding.kind, finding.severity) == ("same", "warning")
        assert "in the domain tax and the domain trade" in finding.reason

    def test_the_approved_one_with_an_identifier_is_kept(self, find: Find) -> None:
        terms = concept("退稅", "tax refund").terms
        proposed, plain, keyed = Concept(terms, state="proposed"), Concept(terms), Concept(terms, key="tax-refund")
        findings = find(proposed, plain, keyed)
        assert [finding.command for finding in findings] == ["yuqiao merge 2 1", "yuqiao merge 3 1", "yuqiao merge 3 2"]

    def test_rejected_concepts_take_no_part(self, find: Find) -> None:
        terms = concept("退稅", "tax refund").terms
        assert find(Concept(terms), Concept(terms, state="rejected")) == []

    def test_an_admitted_rendering_of_both_is_no_sameness(self, find: Find) -> None:
        assert find(concept("長者", "older person; senior"), concept("高齡人士", "the elderly; senior")) == []


class TestSpelling:
    @pytest.mark.parametrize(
        ("first", "second", "by"),
        [
            ("night-time economy", "nighttime economy", "hyphens or blanks"),
            ("Belt and Road", "belt and road", "case"),
            ("labour market", "labor market", "British and American spelling"),
            ("population ageing", "population aging", "British and American spelling"),
        ],
    )
    def test_one_term_in_two_spellings(self, find: Find, first: str, second: str, by: str) -> None:
        (finding,) = find(concept("夜間經濟", first), concept("夜間經濟", second, "trade"))
        assert (finding.kind, finding.severity) == ("spelling", "warning")
        assert f"by {by} only" in finding.reason

    def test_other_chinese_is_another_term(self, find: Find) -> None:
        assert find(concept("夜間經濟", "night-time economy"), concept("夜市經濟", "nighttime economy")) == []


class TestRenderings:
    def test_two_preferred_renderings_in_one_domain(self, find: Find) -> None:
        (finding,) = find(concept("離境退稅/离境退税", "departure tax refund"), concept("离境退税", "exit tax refund"))
        assert (finding.kind, finding.severity, ids(finding)) == ("renderings", "error", [1, 2])
        assert "two preferred renderings in the domain tax: departure tax refund, exit tax refund" in finding.reason

    def test_of_a_further_form_is_less_bad(self, find: Find) -> None:
        macao = concept("澳門特區政府", "Macao SAR Government", admitted="特區政府")
        (finding,) = find(concept("特區政府", "HKSAR Government"), macao)
        assert (finding.kind, finding.severity) == ("renderings", "warning")
        assert finding.command == "yuqiao edit 2 --remove 特區政府"

    def test_in_two_domains_a_word_may_mean_two_things(self, find: Find) -> None:
        assert find(concept("出口", "export", "trade"), concept("出口", "exit", "transport")) == []

    def test_words_that_only_simplified_writing_makes_one_stay_two(self, find: Find) -> None:
        assert find(concept("後/后", "behind"), concept("后/后", "empress")) == []

    def test_words_of_two_readings_stay_two(self, find: Find) -> None:
        row = Concept((Term("行", "zh-Hant", pinyin="hang2"), Term("row", "en")), domain="tax")
        walk = Concept((Term("行", "zh-Hant", pinyin="xing2"), Term("walk", "en")), domain="tax")
        assert find(row, walk) == []

    def test_a_deprecated_form_is_no_second_rendering(self, find: Find) -> None:
        assert find(concept("離境退稅", "departure tax refund"), concept("出境退稅", "exit refund", deprecated="離境退稅")) == []


class TestStatus:
    def test_preferred_here_and_deprecated_there(self, find: Find) -> None:
        unwanted = concept("離境退稅", "departure tax refund", deprecated="exit tax return")
        (finding,) = find(unwanted, concept("離境退稅", "exit tax return"))
        assert (finding.kind, finding.severity, finding.command) == ("status", "error", "yuqiao merge 1 2")
        assert "exit tax return is preferred in concept 2 and deprecated in concept 1" in finding.reason

    def test_chinese_too_where_the_meaning_is_one(self, find: Find) -> None:
        unwanted = concept("離境退稅", "departure tax refund", deprecated="出境退稅")
        (finding,) = find(unwanted, concept("出境退稅", "departure tax refund"), kinds=("status",))
        assert finding.subject == "出境退稅"

    def test_within_one_concept(self, find: Find) -> None:
        terms = (Term("稅", "zh-Hant"), Term("tax", "en"), Term("tax", "en-GB", "deprecated"))
        (finding,) = find(Concept(terms))
        assert (finding.kind, finding.command) == ("status", "yuqiao edit 1 --deprecate tax")

    def test_what_one_country_deprecates_another_may_prefer(self, find: Find) -> None:
        terms = (Term("稅", "zh-Hant"), Term("center", "en-US"), Term("center", "en-GB", "deprecated"), Term("centre", "en-GB"))
        assert find(Concept(terms)) == []

    def test_a_deprecated_spelling_is_not_the_preferred_one(self, find: Find) -> None:
        assert find(concept("澳門", "Macao", deprecated="Macau")) == []

    def test_for_another_meaning_it_may_be_right(self, find: Find) -> None:
        unwanted = concept("社會資本", "private capital", deprecated="social capital")
        assert find(unwanted, concept("社會資源", "social capital")) == []


class TestScript:
    @pytest.mark.parametrize(
        ("chinese", "subject", "written", "severity"),
        [
            ("離境退稅/离竟退税", "离竟退税", "离境退税", "warning"),
            ("離境退稅/離境退稅", "離境退稅", "离境退税", "error"),
            ("海關总署/海关总署", "海關总署", "海關總署", "error"),
            ("髮展/发展", "髮展", "發展", "warning"),
            ("皇後大道/皇后大道", "皇後大道", "皇后大道", "warning"),
        ],
    )
    def test_forms_that_are_not_each_others_conversion(
        self, find: Find, chinese: str, subject: str, written: str, severity: str
    ) -> None:
        findings = find(concept(chinese, "x"))
        (finding,) = [finding for finding in findings if finding.subject == subject]
        assert (finding.kind, finding.severity) == ("script", severity)
        assert finding.command.endswith(f"{subject} {written}")

    @pytest.mark.parametrize(
        "chinese",
        [
            "離境退稅/离境退税",
            "的士/出租车",  # Hong Kong's word
            "乾隆/乾隆",
            "中台/中台",
            "啟動/启动",
            "群眾/群众",
            "皇后/皇后",
            "鑒定/鉴定",
            "鑑定/鉴定",
            "恒生/恒生",  # no simplified character in Hong Kong
            "離境退税/离境退税",
            "劏房/劏房",
        ],
    )
    def test_what_hong_kong_writes_is_right(self, find: Find, chinese: str) -> None:
        assert find(concept(chinese, "x")) == []

    def test_taiwan_has_words_of_its_own(self, find: Find) -> None:
        terms = (Term("軟件", "zh-Hant-HK"), Term("软件", "zh-Hans"), Term("軟體", "zh-Hant-TW"), Term("software", "en"))
        assert find(Concept(terms)) == []


class TestContained:
    def test_a_longer_term_in_other_words(self, find: Find) -> None:
        (finding,) = find(concept("離境退稅", "departure tax refund; tax refund"), concept("離境退稅商店", "duty-free shop"))
        assert (finding.kind, finding.severity, ids(finding)) == ("contained", "note", [2, 1])
        assert "離境退稅商店 contains 離境退稅 = departure tax refund" in finding.reason

    @pytest.mark.parametrize(
        ("shorter", "longer"),
        [
            (concept("離境退稅", "departure tax refund"), concept("離境退稅商店", "store with departure tax refunds")),
            (concept("離境退稅", "departure tax refund; tax refund"), concept("離境退稅商店", "tax refund store")),
            (concept("離境退稅", "departure tax refund"), concept("離境退稅商店", "duty-free shop; departure tax refund shop")),
            (concept("量子計算", "quantum computing"), concept("量子計算機", "quantum computer")),
            (concept("中國", "China"), concept("中國特色社會主義", "socialism with Chinese characteristics")),
            (concept("外交部", "foreign ministry"), concept("對外交部門講話", "talk to outside departments")),
        ],
    )
    def test_the_same_words_in_any_order_and_derivation(self, find: Find, shorter: Concept, longer: Concept) -> None:
        assert find(shorter, longer) == []

    def test_a_longer_contained_term_comes_first(self, find: Find) -> None:
        findings = find(
            concept("退稅商店", "refund store"),
            concept("離境退稅商店", "departure refund store"),
            concept("離境退稅商店名單", "x"),
        )
        assert [ids(finding) for finding in findings] == [[3, 2]]

    @pytest.mark.parametrize("size", [1, 500])
    def test_two_forms_in_two_forms_are_one_finding(self, find: Find, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(containment, "_SLICE", size)
        shorter = concept("同聲傳譯", "simultaneous interpreting", admitted="同步口譯")
        longer = concept("同聲傳譯員", "conference interpreter", admitted="同步口譯員")
        assert [ids(finding) for finding in find(shorter, longer)] == [[2, 1]]

    def test_another_concept_of_the_same_form_may_be_the_one_meant(self, find: Find) -> None:
        meant, other = concept("社會資本", "private capital"), concept("社會資本", "social capital", "society")
        assert find(meant, other, concept("社會資本合作", "partnership with private capital")) == []


class TestExplained:
    def test_a_finding_marked_as_explained_shows_no_more_until_undone(self, find: Find, empty_workspace: Workspace) -> None:
        glossary = empty_workspace.glossary
        (finding,) = find(concept("退稅", "tax refund"), concept("退稅", "tax refund", "trade"))
        glossary.explain([finding.text], "two laws")
        assert find_conflicts(glossary.store) == []
        assert find_conflicts(glossary.store, explained=True) == [finding]
        assert glossary.store.explained()[finding.text].reason == "two laws"
        glossary.undo()
        assert find_conflicts(glossary.store) == [finding]
        glossary.undo(glossary.store.changes(1)[0].id)
        assert find_conflicts(glossary.store) == []
        glossary.question([finding.text])
        assert find_conflicts(glossary.store) == [finding]
        glossary.undo()
        assert glossary.store.explained()[finding.text].reason == "two laws"

    def test_it_shows_again_when_the_terms_change(self, find: Find, empty_workspace: Workspace) -> None:
        glossary = empty_workspace.glossary
        (finding,) = find(concept("退稅", "tax refund"), concept("退稅", "refund of tax"))
        glossary.explain([finding.text], "both are used")
        changed = concept("退稅", "tax rebate")
        glossary.edit(Concept(changed.terms, domain="tax", id=2))
        (again,) = find_conflicts(glossary.store)
        assert again.text != finding.text

    def test_a_finding_is_the_same_in_another_database(self, find: Find) -> None:
        (finding,) = find(concept("退稅", "tax refund"), concept("退稅", "tax rebate"))
        moved = [Concept(c.terms, domain=c.domain, id=c.id + 100) for c in reversed(finding.concepts)]
        (again,) = conflicts_among(moved)
        assert (again.text, again.name) == (finding.text, finding.name)
        assert name_of_finding(finding.text) == finding.name


def test_unused_are_those_not_met(empty_workspace: Workspace) -> None:
    empty_workspace.glossary.seed([concept("退稅", "tax refund"), concept("關稅", "customs duty")])
    (finding,) = unused_findings(empty_workspace.term_store, {1})
    assert (finding.kind, ids(finding), finding.command) == ("unused", [2], "yuqiao delete 2")


def test_kinds_are_found_alone(find: Find, empty_workspace: Workspace) -> None:
    everything = [
        concept("離境退稅/离竟退税", "departure tax refund"),
        concept("離境退稅", "exit tax refund"),
        concept("離境退稅商店", "duty-free shop"),
    ]
    assert kinds(find(*everything)) == ["renderings", "script", "contained"]
    assert kinds(find_conflicts(empty_workspace.term_store, ("script",))) == ["script"]
    assert kinds(find_conflicts(empty_workspace.term_store, ("renderings", "contained"))) == ["renderings", "contained"]


def test_a_fresh_term_base_has_nothing_to_settle(seeded_workspace: Workspace) -> None:
    assert find_conflicts(seeded_workspace.term_store) == []


def test_each_shipped_explanation_is_of_a_finding(seeded_workspace: Workspace) -> None:
    from glossary.findings import shipped_explanations

    found = {finding.text for finding in find_conflicts(seeded_workspace.term_store, explained=True)}
    assert shipped_explanations().keys() <= found


@pytest.fixture(autouse=True)
def sound(empty_workspace: Workspace, check_sound: Callable[[Workspace], None]) -> object:
    """The database is sound after each test."""
    yield
    check_sound(empty_workspace)
