"""Two concepts that share a Chinese term: whether they are one, or contradict each other."""

import re
from typing import Final

from glossary.concept import STATUSES, Concept, Term
from glossary.findings import Finding, Severity, quoted
from lang.fold import term_key
from lang.inflection import english_key, spelling_key, word_texts
from lang.script import has_han

_JOINTS: Final = re.compile("[-‐‑– /]")


def pair_finding(first: Concept, second: Concept) -> Finding | None:
    """What is to be settled between two concepts, the worst only; None where they get along."""
    shared = shared_terms(first, second)
    if not shared:
        return None
    clash = _status_clash(first, second, shared)
    used = [(a, b) for a, b in shared if "deprecated" not in {a.status, b.status}]
    if clash or not used:
        return clash
    used.sort(key=lambda pair: (pair[0].status != "preferred") + (pair[1].status != "preferred"))
    return _same(first, second, used[0]) or _renderings(first, second, used[0])


def shared_terms(first: Concept, second: Concept) -> list[tuple[Term, Term]]:
    """The Chinese terms both have, a pair for each key; those that another script or reading tells apart are not the same.

    后 is written in 後 and in 后: the simplified text alone does not make them one word. Nor do háng and xíng.
    """
    found: list[tuple[Term, Term]] = []
    mine, theirs = _by_key(first), _by_key(second)
    for key in mine.keys() & theirs.keys():
        if not _told_apart(mine[key], theirs[key]):
            in_both = {term.text for term in mine[key]} & {term.text for term in theirs[key]}
            a, b = (_best(terms, in_both) for terms in (mine[key], theirs[key]))
            found.append((a, b))
    return sorted(found, key=lambda pair: (pair[0].text, pair[1].text))


def _best(terms: list[Term], in_both: set[str]) -> Term:
    """The form to speak of: used rather than deprecated, spelt alike in both concepts, traditional."""
    return min(terms, key=lambda t: (STATUSES.index(t.status), t.text not in in_both, not t.lang.startswith("zh-Hant"), t.lang))


def _by_key(concept: Concept) -> dict[str, list[Term]]:
    made: dict[str, list[Term]] = {}
    for term in concept.terms:
        if term.language == "zh":
            made.setdefault(term_key(term.text), []).append(term)
    return made


def _told_apart(first: list[Term], second: list[Term]) -> bool:
    for script in ("zh-Hant", "zh-Hans"):
        mine = {term.text for term in first if term.lang.startswith(script)}
        theirs = {term.text for term in second if term.lang.startswith(script)}
        if mine and theirs and mine.isdisjoint(theirs):
            return True
    readings = {term.pinyin for term in first if term.pinyin}, {term.pinyin for term in second if term.pinyin}
    return bool(readings[0] and readings[1] and readings[0].isdisjoint(readings[1]))


def _status_clash(first: Concept, second: Concept, shared: list[tuple[Term, Term]]) -> Finding | None:
    """A form preferred in one concept and deprecated in the other, which mean the same in one domain."""
    if first.domain != second.domain:
        return None
    for one, other in ((first, second), (second, first)):
        unwanted = {text.casefold(): text for text in one.deprecated_texts("en")}
        for term in other.of_language("en"):
            if term.status == "preferred" and term.text.casefold() in unwanted:
                return _clash(other, one, term.text)
    if not _common_english(first, second):
        return None
    for a, b in shared:
        if {a.status, b.status} == {"preferred", "deprecated"} and a.text == b.text:
            preferring, deprecating = (first, second) if a.status == "preferred" else (second, first)
            return _clash(preferring, deprecating, a.text)
    return None


def _clash(preferring: Concept, deprecating: Concept, text: str) -> Finding:
    reason = (
        f"{text} is preferred in concept {preferring.id} and deprecated in concept {deprecating.id}"
        f" for the same meaning in {_domain(preferring)}"
    )
    command = f"yuqiao merge {deprecating.id} {preferring.id}"
    return Finding("status", "error", _in_order(preferring, deprecating), text, reason, command, (preferring.domain,))


def _same(first: Concept, second: Concept, shared: tuple[Term, Term]) -> Finding | None:
    """Whether the preferred rendering of one is a rendering of the other: exactly, inflected, or in another spelling."""
    common = _common_english(first, second)
    if common is None:
        return None
    mine, theirs = common
    chinese = shared[0].text
    keep, other = _kept(first, second)
    command = f"yuqiao merge {keep.id} {other.id}"
    about = (mine, theirs, *_domains(first, second))
    both = _in_order(first, second)
    difference = _spelling_difference(mine, theirs)
    if difference:
        reason = f"both have {chinese}, and their English differs by {difference} only: {mine}, {theirs}"
        return Finding("spelling", "warning", both, chinese, reason, command, about)
    one_domain = first.domain == second.domain
    where = "" if one_domain else f", in {_domain(first)} and {_domain(second)}"
    english = mine if mine == theirs else f"{mine}, {theirs}"
    reason = f"both are {chinese} = {english}{where}"
    return Finding("same", "error" if one_domain else "warning", both, chinese, reason, command, about)


def _common_english(first: Concept, second: Concept) -> tuple[str, str] | None:
    """A rendering of each that are one, at least one of them preferred; the most alike."""
    mine, theirs = first.of_language("en"), second.of_language("en")
    pairs = [(a.text, b.text) for a in mine for b in theirs if "preferred" in {a.status, b.status}]
    for alike in (str, str.casefold, _joined, english_key, _joined_key):
        if alike is english_key:
            # The keys of words have no room for Chinese: "variant of 效" and "variant of 傚" are not one.
            pairs = [(a, b) for a, b in pairs if not has_han(a) and not has_han(b)]
        for a, b in pairs:
            key = alike(a)
            if key and key == alike(b):
                return a, b
    return None


def _joined(text: str) -> str:
    return _JOINTS.sub("", text.casefold())


def _joined_key(text: str) -> str:
    return english_key(text).replace(" ", "")


def _spelling_difference(first: str, second: str) -> str:
    """What two renderings differ by when it is spelling only: case, hyphens or blanks, British and American; else empty."""
    if first == second:
        return ""
    if first.casefold() == second.casefold():
        return "case"
    if _joined(first) == _joined(second):
        return "hyphens or blanks"
    words = word_texts(first.casefold()), word_texts(second.casefold())
    if words[0] != words[1] and spelling_key(first).replace(" ", "") == spelling_key(second).replace(" ", ""):
        return "British and American spelling"
    return ""


def _renderings(first: Concept, second: Concept, shared: tuple[Term, Term]) -> Finding | None:
    """Two preferred renderings of one Chinese term in one domain."""
    mine, theirs = first.texts("en")[:1], second.texts("en")[:1]
    if first.domain != second.domain or not mine or not theirs:
        return None
    chinese = shared[0].text
    certain = all(term.status == "preferred" for term in shared)
    keep, other = _kept(first, second)
    reason = f"{chinese} has two preferred renderings in {_domain(first)}: {mine[0]}, {theirs[0]}"
    if not certain:
        admitting = first if shared[0].status == "admitted" else second
        reason += f"; it is a further form of concept {admitting.id}"
    command = f"yuqiao merge {keep.id} {other.id}"
    if not certain:
        command = f"yuqiao edit {admitting.id} --remove {quoted(chinese)}"
    # A single character is often several words, and terms without a domain may be of several.
    severity: Severity = "error" if certain and len(chinese) > 1 and first.domain else "warning"
    about = (mine[0], theirs[0], first.domain)
    return Finding("renderings", severity, _in_order(first, second), chinese, reason, command, about)


def _kept(first: Concept, second: Concept) -> tuple[Concept, Concept]:
    """Which of two concepts to keep: the approved one, then the one with an identifier, then the older."""
    keep, other = sorted((first, second), key=lambda c: (c.state != "approved", not c.key, c.id))
    return keep, other


def _in_order(first: Concept, second: Concept) -> tuple[Concept, ...]:
    return (first, second) if first.id < second.id else (second, first)


def _domain(concept: Concept) -> str:
    return f"the domain {concept.domain}" if concept.domain else "terms without a domain"


def _domains(first: Concept, second: Concept) -> tuple[str, ...]:
    return tuple(sorted({first.domain, second.domain} - {""}))
