"""Names in a text: people, places and institutions, titles of laws and papers, Latin names. Found by form, so some are wrong."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lang.fold import to_simplified
from lang.script import is_chinese

Found = tuple[int, int, int]
"""(text, start, end): texts[text][start:end] is a name."""

_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐庞颜庄聂章鲁岳翟殷詹申欧耿关"
    "兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛欧靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚"
)
_COMPOUND_SURNAMES: Final = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐")
_OFFICES: Final = (
    "主席|总统|总理|首相|书记|主任|部长|局长|厅长|处长|市长|省长|州长|区长|县长|镇长|司长|署长|特首|长官|大使|总领事|院士|教授|博士|老师|先生|女士|小姐|同志"
    "|董事长|总裁|行长|校长|院长|会长|秘书长|总经理|经理|总监|主持人|代表|委员|议员|发言人|记者"
).split("|")
# Places of two characters that no ending tells; longer ones end in what they are.
_PLACES: Final = frozenset(
    (
        "北京 上海 天津 重庆 广东 广西 福建 浙江 江苏 山东 山西 河北 河南 湖北 湖南 江西 安徽 四川 贵州 云南 陕西 甘肃"
        " 青海 海南 辽宁 吉林 宁夏 新疆 西藏 香港 澳门 台湾 深圳 广州 珠海 佛山 东莞 惠州 中山 江门 肇庆 厦门 福州 杭州"
        " 宁波 苏州 南京 无锡 济南 青岛 郑州 武汉 长沙 南昌 合肥 成都 贵阳 昆明 西安 兰州 海口 三亚 沈阳 大连 前海 南沙"
        " 横琴 河套 福田 罗湖 南山 宝安 龙岗 盐田 光明 坪山 龙华 大鹏 长江 黄河 珠江 美国 英国 法国 德国 日本 韩国 印度"
        " 巴西 泰国 越南 埃及 欧洲 非洲 亚洲 东盟 欧盟"
    ).split()
)
_PLACE_ENDINGS: Final = frozenset("省市区县州镇乡村岛湾江河湖海山港路桥国")
_BODY_ENDINGS: Final = frozenset("局部委院会行司团社校学所馆署厅")
_NUMERALS: Final = frozenset("一二三四五六七八九十两几各")
_TITLE: Final = re.compile(r"《[^《》\n]{2,60}》")
_LATIN_WORD: Final = r"[A-Z][A-Za-z0-9&'’+-]*(?:\.[A-Za-z0-9]+)*"
_LATIN: Final = re.compile(rf"{_LATIN_WORD}(?: (?:of|the|and|for|de|von|van) (?=[A-Z])| ?{_LATIN_WORD})*")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:;]\s+|[“\"(]\s*)$")
_LEADING: Final = re.compile(r"^(?:The|A|An|In|On|At|For|By|To|Of|And|But|With|From|This|These|As|We|I) ")


def names_in(texts: Sequence[str]) -> list[Found]:
    """The names in texts, in order, none within another."""
    chinese = [at for at, text in enumerate(texts) if is_chinese(text)]
    found: list[Found] = []
    for at, text in enumerate(texts):
        found += [(at, match.start(), match.end()) for match in _TITLE.finditer(text)]
        found += [(at, start, end) for start, end in _latin(text)]
    found += [(chinese[at], start, end) for at, start, end in _by_words([texts[at] for at in chinese])]
    return list(_outermost(sorted(found, key=lambda one: (one[0], one[1], -one[2]))))


def _latin(text: str) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words. One word at the start of a sentence is no name unless it is an acronym."""
    english = not is_chinese(text)
    for match in _LATIN.finditer(text):
        start, end = match.span()
        while text[end - 1] in ".'’+-&":
            end -= 1
        leading = _LEADING.match(text[start:end]) if english else None
        opens = english and _SENTENCE_START.search(text[:start]) is not None
        if leading:
            start, opens = start + leading.end(), False
        name = text[start:end]
        if len(name) < 2 or (opens and " " not in name and not name[:2].isupper()):
            continue
        yield start, end


def _by_words(texts: Sequence[str]) -> Iterator[Found]:
    """Words of Chinese that the segmenter takes for a person, a place or an institution, and that look like one."""
    if not texts:
        return
    from glossary.extraction.tokens import tokenise

    tokens = tokenise(list(texts), "zh")
    for word, segment, start, end in zip(tokens.ids, tokens.segments, tokens.starts, tokens.ends, strict=True):
        if word < 0 or end - start < 2:
            continue
        kind, written = tokens.kinds[int(word)], tokens.words[int(word)]
        text = texts[int(segment)]
        if (kind == "nr" and _is_person(written, text, int(start), int(end))) or _is_place_or_body(kind, written):
            yield int(segment), int(start), int(end)


def _is_person(written: str, text: str, start: int, end: int) -> bool:
    """Whether a word is a surname with a given name, next to an office or a form of address, or alone on its line.

    The segmenter takes many a verb for a person; what stands beside it does not lie.
    """
    compound = written.startswith(_COMPOUND_SURNAMES)
    if not (2 <= len(written) <= 3 + compound and (compound or written[0] in _SURNAMES)):
        return False
    before, after = to_simplified(text[:start]).rstrip(), to_simplified(text[end:]).lstrip()
    return not (before or after) or before.endswith(tuple(_OFFICES)) or after.startswith(tuple(_OFFICES))


def _is_place_or_body(kind: str, written: str) -> bool:
    if written[0] in _NUMERALS:
        return False
    if kind == "ns":
        return written in _PLACES or (len(written) > 2 and written[-1] in _PLACE_ENDINGS)
    return kind == "nt" and len(written) > 3 and written[-1] in _BODY_ENDINGS


def _outermost(found: Sequence[Found]) -> Iterator[Found]:
    last: Found | None = None
    for one in found:
        if last is None or one[0] != last[0] or one[1] >= last[2]:
            yield one
            last = one
