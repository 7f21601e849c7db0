"""What a term may begin and end with, and hold: English by a list of function words, Chinese by parts of speech.

A candidate needs no grammar beyond that: what is left of the wrong ones has no unity, and the measures see it.
"""

from typing import TYPE_CHECKING, Final

from glossary.extraction.tokens import CLOSE, OPEN, Tokens
from lang.inflection import loose_key, word_key

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]

# No term begins or ends with these.
_ENGLISH_EDGES: Final = frozenset(
    map(
        word_key,
        """a an the of and or to in on for by with from at as into under over through within between among during after
        before since until while than that which who whom whose this these those it its they their them we our you your he
        his she her i my is are was were be been being have has had having do does did will would shall should may might can
        could must not no nor but if then else so such also both either neither each every all any some most more less least
        other others another same own new first second third last next further many much few several various certain about
        above below up down out off per via vs etc e.g i.e including include includes included concerning regarding relating
        related respectively well very too only just even still however thus therefore there here where when how what why two
        three four five six seven eight nine ten please see chart table january february march april june july august
        september october november december monday tuesday wednesday thursday friday saturday sunday mr ms mrs dr prof mr. dr.
        following accordance respect order upon amid despite although because whether according towards against across along
        around behind beyond without throughout
        make made take taken give given provide provided continue continued remain remained become became increase increased
        decrease decreased rose fell reached recorded compared based due set used using helped help key main major important
        significant relevant overall particular recent current previous latest different good better large larger high higher
        low lower early later earlier number total amount aspects part end start beginning half year month day time way
        million billion trillion percent""".split(),
    )
)
# These alone are passed over inside one.
_ENGLISH_INNER: Final = frozenset(map(word_key, "of and for in on to the with against at from under a or new".split()))
# Nor does it begin with a form of these verbs; those that are nouns as well (support, conduct, issue) are not among them.
_VERBS: Final = frozenset(
    map(
        loose_key,
        """enhance strengthen promote facilitate ensure evaluate verify maintain preserve safeguard establish implement improve
        achieve foster encourage enable require obtain identify introduce expand expedite explore publish announce organise
        participate cooperate collaborate adopt assess chair comprise conclude contribute comply describe determine discuss
        engage examine express join meet perform prepare preside recognise reflect remind respond serve strive undertake
        utilise keep hold allow apply bring become build carry consider cover create deliver do enter expect face find form
        further gain get go grow hinder involve know look offer pave play possess protect pursue put raise receive regard
        remove replace say see seek show stay step streamline tackle tailor think uphold bolster align arrange attend attract
        attribute believe broaden coordinate deepen devote embrace empower endeavour extend fulfil host inform intensify
        jointly motivate optimise oversee provide reinforce retain select solicit supplement sustain widen work""".split(),
    )
)
# Traditional and simplified alike: words come folded.
_CHINESE_EDGES: Final = frozenset(
    """包括 进行 透过 通过 使用 举办 获得 达致 有关 若干 多项 各项 以及 继续 主要 不同 相关 作为 成为 年 月 日 亿 万 亿元 百分点
    时 后 前 下 中 内 间 期间 方面 其中 截至 一年 年内 根据 按照 至 不包括 已 名 项 份 家 个 次 所有 其他 令 使 让 达到 称为
    以便 以助 从而 鉴于 由于 随着 踏入 介乎""".split()
)
# What only opens a phrase: measures and acts of which a term may consist, but with which none begins.
_CHINESE_OPENERS: Final = frozenset(
    """采用 提供 反映 维持 推出 推动 推行 公布 颁布 参与 协助 鼓励 加强 促进 确保 设立 建立 制定 实施 落实 采取 进一步 增加 减少
    上升 下跌 强化 优化 提升 保持 成立 推广 引入 巩固 捍卫 履行 检讨 改善 扩大 发布 发表 担任 出席 首次 首个 广泛 积极 顺利 全面
    一系列 新一轮 整体""".split()
)
# jieba's parts of speech for particles, prepositions, conjunctions, adverbs, pronouns, quantities and strings of none.
_FUNCTION_KINDS: Final = frozenset("u uj ul uz ud ug uv p c y e o x".split())
_NO_EDGE_KINDS: Final = _FUNCTION_KINDS | frozenset("d r zg h f t".split())


def edge_words(tokens: Tokens) -> "Flags":
    """Which of the words may begin and end a term."""
    if tokens.language == "zh":
        return _flags([_chinese_edge(word, kind) for word, kind in zip(tokens.words, tokens.kinds, strict=True)])
    return _flags([_english_edge(word) for word in tokens.words])


def first_words(tokens: Tokens) -> "Flags":
    """Which of the words that edge_words lets through may begin a term."""
    if tokens.language == "zh":
        pairs = zip(tokens.words, tokens.kinds, strict=True)
        # Measure words and suffixes only end terms: 紀錄冊, 估價署.
        return _flags([word not in _CHINESE_OPENERS and kind not in ("q", "k") for word, kind in pairs])
    return _flags([loose_key(word) not in _VERBS and not word.endswith("ly") for word in tokens.words])


def content_words(tokens: Tokens) -> "Flags":
    """Which of the words say something themselves, so that a translation must have something for them."""
    if tokens.language == "zh":
        pairs = zip(tokens.words, tokens.kinds, strict=True)
        return _flags([kind not in _FUNCTION_KINDS and word not in (OPEN, CLOSE) for word, kind in pairs])
    return _flags([word not in _ENGLISH_INNER and word not in (OPEN, CLOSE) for word in tokens.words])


def inner_words(tokens: Tokens) -> "Flags":
    """Which of the words may stand inside a term."""
    if tokens.language == "zh":
        return _flags([True] * len(tokens.words))
    return _flags([word in _ENGLISH_INNER or word not in _ENGLISH_EDGES or word in _CONTENT_INSIDE for word in tokens.words])


# Words of the first list that are no function words: three-tier, Faster Payment System of the year.
_CONTENT_INSIDE: Final = frozenset(
    map(
        word_key,
        """first second third last next new other more most less two three four five six seven eight nine ten number total
        amount year month day time key main major high higher low lower large early recent used based related set due
        increase good better important current end part half""".split(),
    )
)


def coherence(tokens: Tokens) -> "Floats":
    """What each word inside a candidate leaves of its weight: "and" may join two terms, a preposition begin what follows one."""
    import numpy as np

    if tokens.language == "zh":
        return np.array([_CHINESE_COHERENCE.get(kind, 1.0) for kind in tokens.kinds])
    return np.array([_JOINED if word in _JOINING else _PREPOSED if word in _ENGLISH_INNER else 1.0 for word in tokens.words])


def endings(tokens: Tokens) -> "Floats":
    """What each word at the end of a candidate leaves of its weight: English terms do not end with an adjective."""
    import numpy as np

    if tokens.language == "zh":
        return np.array([1.0 if kind.startswith(_NOUNS) else _NO_NOUN for kind in tokens.kinds])
    return np.array([_ADJECTIVE if _is_adjective(word) else 1.0 for word in tokens.words])


_JOINED, _PREPOSED, _NO_NOUN, _ADJECTIVE = 0.5, 0.7, 0.5, 0.25
_JOINING: Final = frozenset(("and", "or", "the"))
_CHINESE_COHERENCE: Final = {"c": _JOINED, "p": _JOINED, "u": _PREPOSED, "uj": _PREPOSED}
# Nouns, verbs used as nouns, abbreviations, idioms and words of another script.
_NOUNS: Final = ("n", "vn", "j", "l", "i", "eng", "k", "q", "ng")
_ADJECTIVE_ENDINGS: Final = ("al", "ary", "ory", "ive", "ous", "ble", "ic", "less", "ish")
_NO_ADJECTIVES: Final = frozenset(
    map(
        word_key,
        """capital proposal approval withdrawal arrival renewal appraisal rental festival hospital portal journal referral
        disposal terminal principal potential material signal goal deal metal coal crystal animal canal total trial denial
        removal survival manual dispersal rehearsal professional individual initiative objective directive executive
        representative derivative narrative incentive perspective cooperative alternative native motive archive drive
        secretary summary subsidiary beneficiary intermediary glossary library salary inventory territory directory factory
        laboratory history memory category repository depository story theory battery victory table variable receivable
        payable renewable vegetable cable bible double trouble deliverable consumable wearable public traffic topic critic
        clinic fabric music logic metric epidemic pandemic statistic characteristic basic fish dish february ivory boundary
        anniversary commentary documentary dictionary vocabulary itinerary contemporary january tributary judiciary""".split(),
    )
)


def _is_adjective(word: str) -> bool:
    return len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS) and word not in _NO_ADJECTIVES


def _flags(values: list[bool]) -> "Flags":
    import numpy as np

    return np.array(values, dtype=bool)


def _english_edge(word: str) -> bool:
    if word in _ENGLISH_EDGES or word in (OPEN, CLOSE) or word[0].isdigit():
        return False
    # e-CNY, e-wallet.
    return len(word) > 1 or word == "e"


def _chinese_edge(word: str, kind: str) -> bool:
    return kind not in _NO_EDGE_KINDS and word not in _CHINESE_EDGES and word not in (OPEN, CLOSE) and not word.isdigit()
