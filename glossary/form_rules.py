"""What can be wrong with a concept by itself: its two scripts disagree, or one form has two statuses."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from glossary.concept import Concept, Term
from glossary.findings import Finding, Severity, quoted
from lang.conversion import HONG_KONG, MAINLAND, TAIWAN, convert
from lang.fold import term_key, to_simplified
from lang.opencc_tables import character_targets
from lang.script import detect_script

_MAINLAND_TAGS: Final = ("zh-Hans", "zh-Hans-CN")
# Taiwan has words of its own and is not compared.
_TRADITIONAL_TAGS: Final = ("zh-Hant", "zh-Hant-HK", "zh-Hant-MO")
# Characters of which traditional texts use either, whatever OpenCC prefers: 鑒定 and 鑑定, 岩 and 巖.
_EITHER: Final = str.maketrans(
    "閒巖豔鑑杆迴鵰盪託悽樑鉅鍊佔歎絃讚蹟盃唸註奸勳凶齧捲揹升譁夥籤捱嫋檯砲併摺嶽紮蓆柺慼諮嚐廕遊衝剷滷愈箇彙滙噁剋緻誌俱孃伕着鍾",
    "閑岩艷鑒桿回雕蕩托淒梁巨煉占嘆弦贊跡杯念注姦勛兇嚙卷背昇嘩伙簽挨裊台炮並折岳扎席拐戚咨嘗蔭游沖鏟鹵癒個匯匯惡克致志具娘夫著鐘",
)


def status_findings(concept: Concept) -> Iterator[Finding]:
    """Forms that are to be used and not to be used at once, in one language or region."""
    deprecated = [term for term in concept.terms if term.status == "deprecated"]
    for term in deprecated:
        for other in concept.terms:
            if other.status != "deprecated" and other.text == term.text and _same_region(other.lang, term.lang):
                reason = f"{term.text} is {other.status} as {other.lang} and deprecated as {term.lang}"
                command = f"yuqiao edit {concept.id} --deprecate {quoted(term.text)}"
                yield Finding("status", "error", (concept,), term.text, reason, command, (other.lang, term.lang))


def _same_region(first: str, second: str) -> bool:
    """Whether one tag is the other or a wider one: zh-Hant and zh-Hant-HK, never zh-Hant-TW and zh-Hant-HK."""
    return f"{first}-".startswith(f"{second}-") or f"{second}-".startswith(f"{first}-")


def script_findings(concept: Concept) -> Iterator[Finding]:
    """Simplified and traditional forms that are in the wrong script, or that OpenCC would not make of each other.

    A traditional form agrees when one of the simplified forms is its conversion, character by character or by OpenCC's
    phrases. Where none is but one folds alike, or differs in a single character, that one is probably misspelt; another
    word altogether (的士, 出租车) is how a region says it. A simplified form written with a character that stands for
    several traditional ones is converted back: the traditional form must be Hong Kong's, Taiwan's or OpenCC's general one,
    but for characters of which either is in use. A single character has no context to go by.

    What only one country's tables call simplified (恒, 雇) is not held against a traditional form: Big5 has it. Nor are
    simplified characters that only tables have (㓥 for 劏) asked for: they are not in GBK.
    """
    simplified = [term for term in concept.terms if term.lang in _MAINLAND_TAGS and term.status != "deprecated"]
    traditional = [term for term in concept.terms if term.lang in _TRADITIONAL_TAGS and term.status != "deprecated"]
    for term in simplified:
        if detect_script(term.text) in {"Hant", "mixed"}:
            yield _finding(concept, term, convert(term.text, MAINLAND), "error", "has traditional characters")
    for term in traditional:
        if detect_script(term.text) in {"Hans", "mixed"} and not _in_charset(term.text, "cp950"):
            yield _finding(concept, term, convert(term.text, HONG_KONG), "error", "has simplified characters")
            continue
        yield from _disagreement(concept, term, simplified)


def _disagreement(concept: Concept, term: Term, simplified: list[Term]) -> Iterator[Finding]:
    texts = [other.text for other in simplified]
    if not texts:
        return
    plain = to_simplified(term.text)
    if plain in texts or convert(term.text, MAINLAND) in texts:
        written = plain if plain in texts else convert(term.text, MAINLAND)
        if len(written) > 1 and _ambiguous(written) and not _is_conversion(term.text, written):
            back = convert(written, HONG_KONG)
            yield _finding(concept, term, back, "warning", f"is not how {written} is written in traditional characters")
        return
    expected = convert(term.text, MAINLAND)
    for other in simplified:
        if detect_script(other.text) in {"Hant", "mixed"}:
            # Told already, by itself.
            continue
        if term_key(other.text) == term_key(term.text):
            if not _in_charset(expected, "gbk"):
                return
            yield _finding(concept, other, expected, "note", f"is a variant of {expected}, which {term.text} is simplified to")
            return
        if _differ_in_one(other.text, expected):
            yield _finding(concept, other, expected, "warning", f"is not {term.text} in simplified characters")
            return


def _finding(concept: Concept, term: Term, written: str, severity: Severity, reason: str) -> Finding:
    old = quoted(f"{term.lang}:{term.text}")
    command = f"yuqiao edit {concept.id} --respell {old} {quoted(written)}"
    said = f"{term.text} ({term.lang}) {reason}; OpenCC writes {written}"
    return Finding("script", severity, (concept,), term.text, said, command, (term.lang, written))


def _differ_in_one(first: str, second: str) -> bool:
    """Whether two words of three characters or more differ in one of them only."""
    return len(first) == len(second) > 2 and sum(a != b for a, b in zip(first, second, strict=True)) == 1


@cache
def _many_targets() -> frozenset[str]:
    return frozenset(char for char, targets in character_targets("STCharacters").items() if len(targets) > 1)


def _ambiguous(simplified: str) -> bool:
    return not _many_targets().isdisjoint(simplified)


def _is_conversion(traditional: str, simplified: str) -> bool:
    # Hong Kong's characters are mapped on both sides: 裡 and 裏, 群 and 羣 are one there.
    written = convert(traditional, HONG_KONG).translate(_EITHER)
    if written == convert(simplified, HONG_KONG).translate(_EITHER):
        return True
    return traditional == convert(simplified, TAIWAN)


def _in_charset(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
