"""The keys under which a term is found: what look-up asks for is computed here, for terms and queries alike."""

import re
from enum import IntEnum
from typing import Final, NamedTuple

from glossary.concept import Concept, Term
from lang.fold import HAN, term_key
from lang.inflection import key_of_words, loose_forms, loose_key, word_texts
from lang.pinyin import initials_key, letters_key, read_syllables, toned_key
from lang.script import has_han

KEYS_VERSION: Final = 1
"""Raised when the same term gets other keys than before: stored keys are then computed anew."""

_TOKEN: Final = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")


class KeyKind(IntEnum):
    """What a stored key answers."""

    CHINESE = 0
    ENGLISH = 1
    INFLECTION = 2
    PINYIN = 3
    INITIALS = 4


# As plain numbers: hashing members of an enumeration half a million times would take a second of an import.
_CHINESE, _ENGLISH, _INFLECTION, _PINYIN, _INITIALS = (kind.value for kind in KeyKind)


class TermKeys(NamedTuple):
    """The keys of a term, and what its `contains` search runs over: its tokens, and for each its form-blind form."""

    keys: tuple[tuple[int, str], ...]
    tokens: str
    forms: str


_NONE: Final = TermKeys((), "", "")


def keys_of(term: Term) -> TermKeys:
    """The keys of a term; its pinyin must be filled in (see with_pinyin)."""
    return _keys_of(term.language, term_key(term.text), term.pinyin)


def _keys_of(language: str, folded: str, pinyin: str) -> TermKeys:
    if language != "zh" and not has_han(folded):
        found = word_texts(folded)
        tokens = " ".join(found)
        # Nearly every term is its words and single blanks.
        forms = [loose_key(word) for word in found] if tokens == folded else loose_forms(folded)
        keys = ((_ENGLISH, folded), (_INFLECTION, key_of_words(found)))
        return TermKeys(keys, tokens, " ".join(forms))
    tokens = " ".join(_TOKEN.findall(folded))
    syllables = pinyin.split()
    if not syllables:
        return TermKeys(((_CHINESE, folded),), tokens, "")
    read = ((_PINYIN, letters_key(syllables)), (_INITIALS, initials_key(syllables)))
    return TermKeys(((_CHINESE, folded), *read), tokens, "")


def keys_of_concept(concept: Concept) -> list[TermKeys]:
    """The keys of each of a concept's terms, without those that an earlier term has already.

    離境退稅 and 离境退税 share every key, so a concept stores them once.
    """
    terms: set[tuple[str, str]] = set()
    seen: set[tuple[int, str] | str] = set()
    made: list[TermKeys] = []
    for term in concept.terms:
        folded = term_key(term.text)
        if (folded, term.pinyin) in terms:
            made.append(_NONE)
            continue
        terms.add((folded, term.pinyin))
        keys, tokens, forms = _keys_of(term.language, folded, term.pinyin)
        fresh = tuple([pair for pair in keys if pair[1] and pair not in seen])
        made.append(TermKeys(fresh, "", "") if tokens in seen else TermKeys(fresh, tokens, forms))
        seen.update(fresh)
        seen.add(tokens)
    return made


def with_pinyin(text: str) -> str:
    """The toned pinyin of a Chinese term; empty where it has no Chinese character."""
    return toned_key(read_syllables(text)) if has_han(text) else ""


def tokens_of(query: str) -> list[str]:
    """The tokens of a query: each Chinese character by itself, each Latin word whole, folded."""
    folded = term_key(query)
    return _TOKEN.findall(folded) if has_han(query) else word_texts(folded)


def forms_of(query: str) -> list[str]:
    """The tokens of a query under keys that join their inflected forms."""
    return [loose_key(token) for token in tokens_of(query)]
