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

# Words whose -s is not a plural of the word without it.
_KEEP_S: Final = frozenset(
    "news goods customs economics politics logistics statistics ethics physics mathematics electronics robotics genetics"
    " athletics arms means headquarters series species works premises affairs sports humanities savings earnings"
    " remains outskirts proceeds odds thanks always across perhaps towards besides whereas thus plus minus bus gas"
    " status virus census campus bonus focus surplus consensus apparatus nexus corpus canvas bias atlas christmas"
    " texas wales this is was has his its us yes as".split()
)

_IRREGULAR: Final = {
    "ageing": "aging",
    "children": "child",
    "men": "man",
    "women": "woman",
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
    "potatoes": "potato",
    "tomatoes": "tomato",
    "heroes": "hero",
    "movies": "movie",
    "lenses": "lens",
}

_VERB_FORMS: Final = {
    form: base
    for base, forms in (
        ("be", "is are was were been being am"),
        ("have", "has had having"),
        ("do", "does did done doing"),
        ("go", "goes went gone going"),
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

# -ise and -yse that are spelt so everywhere.
_KEEP_ISE: Final = frozenset(
    "exercise enterprise rise arise wise promise premise expertise merchandise franchise supervise revise advise otherwise"
    " precise disguise surprise comprise compromise concise improvise televise devise excise likewise noise praise raise"
    " cruise poise demise treatise paradise advertise despise circumcise chastise clockwise apprise turquoise malaise"
    " appraise bruise incise reprise guise moise valise".split()
)
_OUR: Final = (
    "labour colour harbour favour honour behaviour neighbour endeavour rumour vapour vigour armour humour flavour parlour"
    " savour odour splendour valour rigour candour clamour demeanour fervour saviour tumour"
).split()
_SPELLINGS: Final = {
    **{word: word[:-3] + "or" for word in _OUR},
    **{
        word: word[:-2] + "er"
        for word in "centre metre kilometre centimetre millimetre litre theatre fibre calibre spectre lustre sombre hectolitre"
        " epicentre manoeuvre".split()
    },
    **{word: word[:-2] + "se" for word in "defence offence licence pretence".split()},
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
    "storeys": "storys",
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


@lru_cache(maxsize=100_000)
def word_key(word: str) -> str:
    """The key of a folded word over numbers and spellings: refunds -> refund, labour -> labor, centres -> center."""
    word = word.removesuffix("'s").replace("'", "")
    word = _singular(_american(_IRREGULAR.get(word, word)))
    return _american(word)


@lru_cache(maxsize=100_000)
def loose_key(word: str) -> str:
    """The key of a folded word over numbers, spellings and verb forms: expanding, expanded, expands -> expand."""
    key = _VERB_FORMS.get(word) or _VERB_FORMS.get(word_key(word)) or word_key(word)
    for ending in ("ing", "ed"):
        stem = key.removesuffix(ending)
        if stem != key and len(stem) >= 3 and re.search("[aeiouy]", stem):
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                stem = stem[:-1]
            if ending == "ed" and stem.endswith("i"):
                stem = stem[:-1] + "y"
            key = stem
            break
    # expand, expanding and move, moving only meet when a last e never counts.
    return key.removesuffix("e") if len(key) > 3 else key


def english_key(text: str) -> str:
    """The key of an English term: the keys of its words, without a leading article. Loose for terms of several words."""
    return key_of_words([word.text for word in words(fold_tracked(text).text)])


def key_of_words(found: list[str]) -> str:
    """The same for a term's folded words."""
    if len(found) > 1 and found[0] in ARTICLES:
        found = found[1:]
    if len(found) == 1:
        return word_key(found[0])
    return " ".join([loose_key(word) for word in found])


def loose_forms(folded: str) -> list[str]:
    """The loose keys of a folded text's words, with COMMA and BREAK where punctuation stands between two of them.

    Words on both sides of a full stop are no term; a comma may be part of one.
    """
    forms: list[str] = []
    end = 0
    for word in words(folded):
        if forms and _GAP.fullmatch(folded, end, word.start) is None:
            forms.append(COMMA if folded[end : word.start].strip() == COMMA else BREAK)
        forms.append(loose_key(word.text))
        end = word.end
    return forms


def _american(word: str) -> str:
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    for our in _OUR:
        if word.startswith(our):
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
    if len(word) < 4 or not word.endswith("s") or word in _KEEP_S or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies"):
        return word[:-3] + ("y" if len(word) > 4 else "ie")
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]
