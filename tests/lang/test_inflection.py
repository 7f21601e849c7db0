"""English words meet whatever their number, tense or spelling, and different words do not."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from glossary.curated import read_curated
from lang.fold import fold, term_key
from lang.inflection import BREAK, COMMA, english_key, loose_forms, loose_key, without_article, word_key, words

NUMBERS = """
refund refunds; policy policies; city cities; tax taxes; box boxes; process processes; business businesses
congress congresses
branch branches; wish wishes; bus buses; gas gases; virus viruses; status statuses; campus campuses; census censuses
prospectus prospectuses; crisis crises; analysis analyses; basis basis; thesis theses; criterion criteria
phenomenon phenomena
child children; man men; woman women; craftsman craftsmen; trade-in trade-ins; add-on add-ons; foot feet
life lives; leaf leaves; knife knives; index indices; hero heroes
veto vetoes
shoe shoes; toe toes; photo photos; zero zeros; movie movies; calorie calories; tie ties; cache caches; niche niches
quiz quizzes; clinic clinics; topic topics; house houses; cause causes; base bases; lens lenses; key keys; day days
etf etfs; sar sars'; people people's
china china's; women women's; referendum referenda; consortium consortia; memorandum memoranda; stimulus stimuli
"""
SPELLINGS = """
ageing aging; labour labor; labours labor; centre center; centres centers; centred centered; metre meters; programme program
programmes programs; defence defense; offences offense; licence license; licences licenses; practise practice
practised practiced
organise organize; organised organized; organising organizing; organisation organization; organisations organizations
urbanisation urbanization; modernise modernize; specialised specialized; analyse analyze; analysed analyzed
paralysed paralyzed
behaviour behavior; behavioural behavioral; neighbourhood neighborhood; favourable favorable; honour honor; harbour harbor
endeavours endeavors; catalogue catalog; catalogues catalogs; dialogue dialog; cheque check; cheques checks; grey gray
tyres tires; travelled traveled; travelling traveling; traveller traveler; travellers travelers; labelled labeled
modelling modeling
cancelled canceled; fuelled fueled; fulfil fulfill; fulfilment fulfillment; enrolment enrollment; enrol enroll
skilful skillful
judgement judgment; aluminium aluminum; sulphur sulfur; instalments installments; adviser advisor; focussed focused
macau macao
kilometres kilometers; litres liters; theatre theater; fibre fiber; towards toward; storeys stories; moulds molds
artefacts artifacts
"""
DIFFERENT_WORDS = """
form format; form forum; housing house; housing houses; goods good; custom customs; new news; organ organization
business busy
process procession; processing process; arm arms; mean means; work works; affair affairs; proceed proceeds; saving savings
economic economics; politic politics; statistic statistics; series serious; species specie; general generate; state station
universe university; policy police; party part; meter metric; plan plant; plan plane; car care; not note; rat rate
person personnel; mars march; us use; it its; as ass; gas gasp; bus busy; analysis analyst; physics physic; corps corp
china chinas1; sar sars
exercise exorcise; enterprise enterprize1; rise size; promise premise; advise advice; our or; hour hor; four for; tour tor
"""
SAME_VERBS = """
expand expanded expanding expands expansion1; move moved moving moves; build built building builds
plan planned planning plans
control controlled controlling controls; sell sold selling sells; apply applied applying applies; make made making makes
lead led leading leads; hold held holding holds; exceed exceeded exceeding exceeds; embed embedded embedding embeds
note noted noting notes; care cared caring cares; rate rated rating rates; use used using uses; ease eased easing eases
urge urged urging urges; traffic trafficked trafficking traffics; agree agreed agreeing agrees; free freed freeing frees
guarantee guaranteed guaranteeing guarantees; oversee overseeing oversees; issue issued issuing issues
manage managed managing
set setting sets; cut cutting cuts; grow grew grown growing; fall fell fallen falling; staff staffed staffing
pass passed passing
organise organized organising organizes; modernise modernizing; label labelled labeling; travel traveled travelling
tie tied tying; base based basing; add added adding adds; pay paid paying pays; buy bought buying; fix fixed fixing
tax taxed taxing taxes
open opened opening opens; install installed installing; speed speeding speeds; die died dying dies; run ran running runs
"""


def _pairs(lines: str) -> list[tuple[str, ...]]:
    groups = [group.split() for line in lines.strip().splitlines() for group in line.split(";")]
    return [tuple(word for word in group if not word[-1].isdigit()) for group in groups]


@pytest.mark.parametrize("group", _pairs(NUMBERS) + _pairs(SPELLINGS), ids=" ".join)
def test_numbers_and_spellings_meet(group: tuple[str, ...]) -> None:
    texts = [words(word)[0].text for word in group]
    assert len({word_key(text) for text in texts if text != "sars"}) == 1
    assert len({loose_key(text) for text in texts if text != "sars"}) == 1


@pytest.mark.parametrize("group", _pairs(SAME_VERBS), ids=" ".join)
def test_forms_of_a_verb_meet_under_the_loose_key(group: tuple[str, ...]) -> None:
    assert len({loose_key(word) for word in group}) == 1


@pytest.mark.parametrize("group", _pairs(DIFFERENT_WORDS), ids=" ".join)
def test_different_words_stay_different(group: tuple[str, ...]) -> None:
    assert len({word_key(word) for word in group}) == len(group)


@pytest.mark.parametrize(
    "group",
    [
        *"form format, goods good, custom customs, new news, organ organization, business busy, process procession".split(", "),
        *"car care, not note, rat rate, even evening, hundred hundr, speed spe, exceed exce, policy police, arm arms".split(", "),
    ],
)
def test_the_loose_key_keeps_apart_what_is_no_form_of_one_verb(group: str) -> None:
    one, other = group.split()
    assert loose_key(one) != loose_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tax refund", "tax refunds"),
        ("tax refund", "Tax Refunds"),
        ("the departure tax refund", "departure tax refunds"),
        ("a tax refund", "tax refund"),
        ("population ageing", "population aging"),
        ("labour market", "labor markets"),
        ("people-centred", "people-centered"),
        ("people-centered development", "People-centred Development"),
        ("low-altitude economy", "low altitude economies"),
        ("expand domestic demand", "expanding domestic demand"),
        ("carbon emissions trading", "carbon emission trading"),
        ("training programme", "training programs"),
        ("international consumption centres", "international consumption center"),
        ("farmers' cooperative", "farmers’ cooperatives"),
        ("R&D centre", "R&D centers"),
        ("controlling inflation", "control inflation"),
        ("café licence", "cafe licenses"),
    ],
)
def test_terms_meet(one: str, other: str) -> None:
    assert english_key(one) == english_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("housing", "houses"),
        ("banking", "bank"),
        ("A-share", "shares"),
        ("A share", "share"),
        ("tax refund", "refund tax"),
        ("tax refund", "tax"),
        ("customs duty", "custom duty"),
        ("public works", "public work"),
        ("form", "format"),
        ("IT", "its"),
    ],
)
def test_terms_stay_apart(one: str, other: str) -> None:
    assert english_key(one) != english_key(other)


def test_without_article() -> None:
    assert without_article(["the", "tax"]) == ["tax"]
    assert without_article(["a", "tax"]) == ["tax"]
    assert without_article(["the"]) == ["the"]
    assert without_article(["a", "shares", "market"]) == ["a", "shares", "market"]
    assert without_article([]) == []


def test_words_know_their_places() -> None:
    folded = fold("The People’s low-altitude R&D, 5G (3.5)")
    found = words(folded)
    assert [word.text for word in found] == ["the", "people's", "low", "altitude", "r&d", "5g", "3", "5"]
    assert all(folded[word.start : word.end] == word.text for word in found)


def test_loose_forms_mark_what_stands_between_words() -> None:
    assert loose_forms("tax refunds, taxes. refunds (tax) low-altitude") == [
        *("tax", "refund", COMMA, "tax", BREAK, "refund", BREAK, "tax", BREAK, "low", "altitud"),
    ]
    assert loose_forms("") == []


def _english_terms() -> list[tuple[str, str, str]]:
    return [
        (concept.key, term.text, term.status) for concept in read_curated() for term in concept.terms if term.language == "en"
    ]


def test_no_two_single_word_terms_of_the_term_base_collapse() -> None:
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    for concept, text, status in _english_terms():
        if status == "preferred" and len(words(fold(text))) == 1:
            keys[english_key(text)].setdefault(term_key(text), concept)
    assert len(keys) > 50
    # Spellings of one word, check and cheque, are one concept's; other words are two concepts'.
    assert {key: texts for key, texts in keys.items() if len(set(texts.values())) > 1} == {}


def test_preferred_terms_of_the_term_base_collapse_only_as_forms_of_one_phrase(report: Callable[[str], None]) -> None:
    """Word for word the collapsed terms begin alike: nothing is joined that a reader would not call one phrase."""
    keys: dict[str, set[str]] = defaultdict(set)
    for _, text, status in _english_terms():
        if status == "preferred":
            keys[english_key(text)].add(term_key(text))
    joined = [sorted(texts) for texts in keys.values() if len(texts) > 1]
    for texts in joined:
        split = [without_article([word.text for word in words(text)]) for text in texts]
        assert len({len(found) for found in split}) == 1, texts
        for column in zip(*split, strict=True):
            shortest = min(map(len, column))
            assert len({word[: min(3, shortest)] for word in column}) == 1, texts
    report(f"{len(joined)} groups of preferred terms share a key: {joined}")


def test_keys_are_kept_by_every_word_of_real_text(news_en: list[str]) -> None:
    vocabulary = {word.text for line in news_en for word in words(fold(line))}
    assert len(vocabulary) > 5_000
    assert [word for word in vocabulary if word_key(word_key(word)) != word_key(word)] == []


def test_verb_forms_of_real_text_meet_their_bases(news_en: list[str], report: Callable[[str], None]) -> None:
    """Of the -ing and -ed forms whose base occurs too, the share that does not meet it."""
    vocabulary = {word.text for line in news_en for word in words(fold(line))}
    pairs = []
    for base in vocabulary:
        if len(base) > 3 and base.isalpha() and not base.endswith(("s", "ing", "ed")):
            stem = base.removesuffix("e")
            pairs += [(base, form) for form in (f"{stem}ing", f"{stem}ed") if form in vocabulary]
    missed = [(base, form) for base, form in pairs if loose_key(base) != loose_key(form)]
    report(f"{len(missed)} of {len(pairs)} verb forms miss their base: {missed}")
    assert len(pairs) > 400
    assert len(missed) <= 0.01 * len(pairs)
