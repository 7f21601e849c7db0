"""English words under one key whatever their number, tense or spelling: `tax refunds`, `ageing`, `programme`.

The keys are not lemmas to show anyone; they only have to be equal when two words are forms of one word, and to start
fast: a dictionary of lemmas takes 0.3 s to load, these rules nothing.

Two keys. The *word key* joins numbers (refund, refunds) and spellings (labour, labor). The *loose key* joins verb forms as
well (expanding, expanded, expand); it serves terms of several words, where the other words hold it in place: alone,
`housing` must not be found in `houses`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lang.fold import fold_tracked

_WORD: Final = re.compile(r"[0-9a-z\u0370-\u058f]+(?:['&][0-9a-z\u0370-\u058f]+)*")
COMMA: Final = ","
BREAK: Final = "|"
_GAP: Final = re.compile(r"[ \-'\"&/]*")
ARTICLES: Final = frozenset({"the", "a", "an"})
_SHARES: Final = frozenset({"share", "shares", "shar"})

# Words whose -s is not a plural of the word without it.
_KEEP_S: Final = frozenset(
    "news goods customs economics politics logistics statistics ethics physics mathematics electronics robotics genetics"
    " athletics arms means headquarters series species works premises affairs sports humanities savings earnings"
    " remains outskirts proceeds odds thanks always across perhaps towards besides whereas thus plus minus bus gas"
    " status virus census campus bonus focus surplus consensus apparatus nexus corpus canvas bias atlas christmas"
    " prospectus syllabus stimulus impetus hiatus genius radius nucleus circus octopus alumnus"
    " texas wales sars corps this is was has his its us yes as".split()
)

_IRREGULAR: Final = {
    "ageing": "aging",
    "children": "child",
    "men": "man",
    "women": "woman",
    "businessmen": "businessman",
    "chairmen": "chairman",
    "congressmen": "congressman",
    "craftsmen": "craftsman",
    "fishermen": "fisherman",
    "policemen": "policeman",
    "salesmen": "salesman",
    "servicemen": "serviceman",
    "spokesmen": "spokesman",
    "sportsmen": "sportsman",
    "statesmen": "statesman",
    "tradesmen": "tradesman",
    # Trade-ins and add-ons: words too short for the rule.
    "ins": "in",
    "ons": "on",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "leaves": "leaf",
    "shelves": "shelf",
    "halves": "half",
    "loaves": "loaf",
    "wolves": "wolf",
    "thieves": "thief",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "analyses": "analysis",
    "crises": "crisis",
    "theses": "thesis",
    "hypotheses": "hypothesis",
    "syntheses": "synthesis",
    "indices": "index",
    "matrices": "matrix",
    "appendices": "appendix",
    "strata": "stratum",
    "curricula": "curriculum",
    "memoranda": "memorandum",
    "diagnoses": "diagnosis",
    "buses": "bus",
    "viruses": "virus",
    "bonuses": "bonus",
    "surpluses": "surplus",
    "focuses": "focus",
    "campuses": "campus",
    "gases": "gas",
    "biases": "bias",
    "lenses": "lens",
    "quizzes": "quiz",
    "impasses": "impasse",
    "calves": "calf",
    "emphases": "emphasis",
    "parentheses": "parenthesis",
    "alumni": "alumnus",
    "stimuli": "stimulus",
    "nuclei": "nucleus",
    "formulae": "formula",
    "fora": "forum",
    "referenda": "referendum",
    "millennia": "millennium",
    "spectra": "spectrum",
    "symposia": "symposium",
    "consortia": "consortium",
    "bacteria": "bacterium",
}

_SPELLED_ALIKE: Final = {"ageing": "aging"}

_VERB_FORMS: Final = {
    form: base
    for base, forms in (
        ("be", "is are was were been being am"),
        ("have", "has had having"),
        ("do", "does did done doing"),
        ("go", "goes went gone going"),
        ("use", "used using"),
        ("free", "freed"),
        ("agree", "agreed"),
        ("disagree", "disagreed"),
        ("guarantee", "guaranteed"),
        ("tie", "tied tying"),
        ("die", "died dying"),
        ("lie", "lied lying"),
        ("sue", "sued suing"),
        ("build", "built"),
        ("rebuild", "rebuilt"),
        ("hold", "held"),
        ("uphold", "upheld"),
        ("make", "made"),
        ("lead", "led"),
        ("keep", "kept"),
        ("take", "took taken"),
        ("undertake", "undertook undertaken"),
        ("give", "gave given"),
        ("grow", "grew grown"),
        ("bring", "brought"),
        ("buy", "bought"),
        ("sell", "sold"),
        ("win", "won winning"),
        ("fight", "fought"),
        ("find", "found"),
        ("write", "wrote written"),
        ("rise", "rose risen"),
        ("drive", "drove driven"),
        ("strive", "strove striven"),
        ("break", "broke broken"),
        ("speak", "spoke spoken"),
        ("choose", "chose chosen"),
        ("see", "saw seen"),
        ("begin", "began begun"),
        ("run", "ran running"),
        ("get", "got gotten getting"),
        ("meet", "met"),
        ("pay", "paid"),
        ("say", "said"),
        ("lay", "laid"),
        ("send", "sent"),
        ("spend", "spent"),
        ("lend", "lent"),
        ("seek", "sought"),
        ("teach", "taught"),
        ("think", "thought"),
        ("lose", "lost"),
        ("stand", "stood"),
        ("understand", "understood"),
        ("tell", "told"),
        ("leave", "left"),
        ("feel", "felt"),
        ("know", "knew known"),
        ("show", "shown"),
        ("draw", "drew drawn"),
        ("withdraw", "withdrew withdrawn"),
        ("fall", "fell fallen"),
        ("come", "came"),
        ("become", "became"),
        ("overcome", "overcame"),
    )
    for form in forms.split()
}

# Words that end in -ing or -ed without being a verb's form; those in -eed besides.
_NO_VERB_FORMS: Final = frozenset("evening during morning ceiling sterling embed hundred sacred naked watershed seabed".split())

# Words in -ches whose singular keeps its e.
_CHE: Final = frozenset("aches headaches caches niches avalanches creches cliches psyches moustaches".split())
# Words in -ics that are plurals; the others are names of fields (economics, logistics).
_ICS: Final = frozenset(
    "academics antibiotics basics ceramics characteristics classics clinics comics cosmetics critics demographics"
    " diagnostics epidemics fabrics generics graphics heuristics lyrics mechanics metrics mimics mosaics narcotics"
    " organics pandemics panics picnics plastics publics relics republics sceptics skeptics specifics tactics topics"
    " traffics".split()
)
_OE: Final = frozenset("shoes toes foes woes hoes canoes oboes horseshoes goes does".split())

# -ise and -yse that are spelt so everywhere.
_KEEP_ISE: Final = frozenset(
    "exercise enterprise rise arise wise promise premise expertise merchandise franchise supervise revise advise otherwise"
    " precise disguise surprise comprise compromise concise improvise televise devise excise likewise noise praise raise"
    " cruise poise demise treatise paradise advertise despise circumcise chastise clockwise apprise turquoise malaise"
    " appraise bruise incise reprise guise moise valise".split()
)
_OUR: Final = tuple(
    "labour colour harbour favour honour behaviour neighbour endeavour rumour vapour vigour armour humour flavour parlour"
    " savour odour splendour valour rigour candour clamour demeanour fervour saviour tumour".split()
)
_SPELLINGS: Final = {
    **{word: word[:-3] + "or" for word in _OUR},
    **{
        word: word[:-2] + "er"
        for word in "centre metre kilometre centimetre millimetre litre theatre fibre calibre spectre lustre sombre hectolitre"
        " epicentre manoeuvre".split()
    },
    **{word: word[:-2] + "se" for word in "defence offence licence pretence".split()},
    "centred": "centered",
    "centring": "centering",
    "programme": "program",
    "programmed": "programed",
    "dialog": "dialogue",
    "catalog": "catalogue",
    "analog": "analogue",
    "cheque": "check",
    "grey": "gray",
    "tyre": "tire",
    "plough": "plow",
    "storey": "story",
    "aluminium": "aluminum",
    "sulphur": "sulfur",
    "judgement": "judgment",
    "acknowledgement": "acknowledgment",
    "mould": "mold",
    "instalment": "installment",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "skilful": "skillful",
    "jewellery": "jewelry",
    "kerb": "curb",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "focussed": "focused",
    "focussing": "focusing",
    "adviser": "advisor",
    "archaeology": "archeology",
    "archaeological": "archeological",
    "sceptical": "skeptical",
    "paediatric": "pediatric",
    "orthopaedic": "orthopedic",
    "gynaecology": "gynecology",
    "anaemia": "anemia",
    "foetus": "fetus",
    "manoeuver": "maneuver",
    "maneuvre": "maneuver",
    "counsellor": "counselor",
    "councillor": "councilor",
    "traveller": "traveler",
    "modelling": "modeling",
    "traffick": "traffic",
    "macau": "macao",
    "per-cent": "percent",
    "yuans": "yuan",
    "storeys": "stories",
    "artefact": "artifact",
    "cosy": "cozy",
    "draught": "draft",
    "learnt": "learned",
    "towards": "toward",
    "afterwards": "afterward",
    "whilst": "while",
    "amongst": "among",
}
_DOUBLED_L: Final = re.compile(
    r"^(travel|label|model|cancel|channel|fuel|level|signal|total|tunnel|dial|panel|marshal|equal|initial|counsel|pedal|rival)l(ed|ing|er|ers)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One English word of a text: its place in the folded text, and its keys."""

    start: int
    end: int
    text: str


def words(folded: str) -> list[Word]:
    """The English words of a folded text; hyphens part words, apostrophes and & do not (people's, r&d)."""
    return [Word(match.start(), match.end(), match.group()) for match in _WORD.finditer(folded)]


def word_texts(folded: str) -> list[str]:
    """The same words without their places."""
    return _WORD.findall(folded)


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """The key of a folded word over numbers and spellings: refunds -> refund, labour -> labor, centres -> center."""
    word = word.removesuffix("'s").replace("'", "")
    word = _american(_singular(_american(_IRREGULAR.get(word, word))))
    # calories and calorie, cities and city: one ending for both kinds.
    return word[:-2] + "y" if len(word) > 4 and word.endswith("ie") else word


@lru_cache(maxsize=100_000)
def loose_key(word: str) -> str:
    """The key of a folded word over numbers, spellings and verb forms: expanding, expanded, expands -> expand."""
    key = _VERB_FORMS.get(word) or _VERB_FORMS.get(word_key(word)) or word_key(word)
    stem = _verb_stem(key)
    # control, controlling and sell, selling only meet when a doubled last l never counts,
    if len(stem) > 3 and stem.endswith("ll"):
        stem = stem[:-1]
    # expand, expanding and move, moving when a last e never does; rat and rate, not and note stay apart.
    return stem.removesuffix("e") if len(stem) > 4 else stem


def irregular_forms(key: str) -> list[str]:
    """Words whose loose key this is although they may not begin like it: built and build, went and go."""
    return _irregular_by_key().get(key, [])


@lru_cache(maxsize=1)
def _irregular_by_key() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for words_and_bases in (_IRREGULAR, _VERB_FORMS, _SPELLINGS):
        for word in {*words_and_bases, *words_and_bases.values()}:
            found.setdefault(loose_key(word), []).append(word)
    return found


def _verb_stem(key: str) -> str:
    if key in _NO_VERB_FORMS or key.endswith("eed"):
        return key
    for ending in ("ing", "ed"):
        stem = key.removesuffix(ending)
        if stem == key or len(stem) < 3 or not re.search("[aeiouy]", stem):
            continue
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeioulszf":
            return stem[:-1]
        if ending == "ed" and stem.endswith("i"):
            return stem[:-1] + "y"
        # Of so short a verb the last consonant would be doubled, had it lost no e: noting, easing, urging.
        if re.fullmatch("[^aeiou][aeiou][^aeiouwxy]|[aeiou]{2}[svcz]|[aeiou][^aeiou]g", stem):
            return stem + "e"
        return _SPELLINGS.get(stem, stem)
    return key


def english_key(text: str) -> str:
    """The key of an English term: the keys of its words, without a leading article. Loose for terms of several words."""
    return key_of_words([word.text for word in words(fold_tracked(text).text)])


def spelling_key(text: str) -> str:
    """The words of an English text in American spelling and otherwise as they are: labour and labor meet, not labours."""
    return " ".join([_american(_SPELLED_ALIKE.get(word, word)) for word in word_texts(fold_tracked(text).text)])


def key_of_words(found: list[str]) -> str:
    """The same for a term's folded words."""
    found = without_article(found)
    if len(found) == 1:
        return word_key(found[0])
    return " ".join([loose_key(word) for word in found])


def without_article(found: list[str]) -> list[str]:
    """A term's words, or their keys, without a leading article. The A of A shares is none."""
    if len(found) < 2 or found[0] not in ARTICLES or (found[0] == "a" and found[1] in _SHARES):
        return found
    return found[1:]


def loose_forms(folded: str) -> list[str]:
    """The loose keys of a folded text's words, with COMMA and BREAK where punctuation stands between two of them.

    Words on both sides of a full stop are no term; a comma may be part of one.
    """
    found = _WORD.findall(folded)
    if " ".join(found) == folded:
        # Nearly every term.
        return [loose_key(word) for word in found]
    forms: list[str] = []
    end = 0
    for match in _WORD.finditer(folded):
        start = match.start()
        # Nearly always one blank: only other gaps are looked at closely.
        if forms and folded[end:start] != " " and _GAP.fullmatch(folded, end, start) is None:
            forms.append(COMMA if folded[end:start].strip() == COMMA else BREAK)
        forms.append(loose_key(match.group()))
        end = match.end()
    return forms


def _american(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if word.startswith(_OUR):
        our = next(our for our in _OUR if word.startswith(our))
        return our[:-3] + "or" + word[len(our) :]
    doubled = _DOUBLED_L.match(word)
    if doubled:
        return doubled[1] + doubled[2]
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer")):
        at = word.rfind(british)
        if at > 1 and len(word) - at - len(british) <= 2 and word[:at] + "ise" not in _KEEP_ISE:
            return word[:at] + american + word[at + len(british) :]
    if word.endswith(("ise", "ises")) and word.removesuffix("s") not in _KEEP_ISE and len(word) > 5:
        return word.replace("ise", "ize") if word.count("ise") == 1 else word
    for british, american in (("yse", "yze"), ("ysed", "yzed"), ("yses", "yzes"), ("ysing", "yzing"), ("yser", "yzer")):
        if word.endswith("l" + british) and word != "analyses":
            return word[: -len(british)] + american
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word in _KEEP_S or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ics") and word not in _ICS:
        return word
    if word.endswith("ies"):
        return word[:-3] + ("y" if len(word) > 4 else "ie")
    if word.endswith("oes"):
        return word[:-1] if word in _OE else word[:-2]
    if len(word) > 5 and word[:-2] in _KEEP_S:
        return word[:-2]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")) and word not in _CHE:
        return word[:-2]
    return word[:-1]
