"""The keys under which a term is found: what look-up asks for is computed here, for terms and queries alike."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from glossary.concept import Concept, Term
from lang.fold import HAN, term_key
from lang.inflection import key_of_words, loose_forms, loose_key, words
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


@dataclass(frozen=True, slots=True)
class TermKeys:
    """All keys of a term, and what its `contains` search runs over: its tokens, and for each its form-blind form."""

    keys: tuple[tuple[KeyKind, str], ...]
    tokens: str
    forms: str


def keys_of(term: Term) -> TermKeys:
    """The keys of a term; its pinyin must be filled in (see with_pinyin)."""
    folded = term_key(term.text)
    if term.language == "en":
        found = english_tokens(folded)
        keys = ((KeyKind.ENGLISH, folded), (KeyKind.INFLECTION, key_of_words(found)))
        return TermKeys(keys, " ".join(found), " ".join(loose_forms(folded)))
    tokens = " ".join(_TOKEN.findall(folded))
    syllables = term.pinyin.split()
    if not syllables:
        return TermKeys(((KeyKind.CHINESE, folded),), tokens, "")
    read = ((KeyKind.PINYIN, letters_key(syllables)), (KeyKind.INITIALS, initials_key(syllables)))
    return TermKeys(((KeyKind.CHINESE, folded), *read), tokens, "")


def keys_of_concept(concept: Concept) -> list[TermKeys]:
    """The keys of each of a concept's terms, those that an earlier term has already left out.

    離境退稅 and 离境退税 share every key, so a concept stores them once.
    """
    seen: set[tuple[KeyKind, str] | str] = set()
    made: list[TermKeys] = []
    for term in concept.terms:
        keys = keys_of(term)
        fresh = tuple(pair for pair in keys.keys if pair[1] and pair not in seen)
        tokens = "" if keys.tokens in seen else keys.tokens
        seen.update(fresh)
        seen.add(keys.tokens)
        made.append(TermKeys(fresh, tokens, keys.forms if tokens else ""))
    return made


def with_pinyin(text: str) -> str:
    """The toned pinyin of a Chinese term; empty where it has no Chinese character."""
    return toned_key(read_syllables(text)) if has_han(text) else ""


def english_tokens(folded: str) -> list[str]:
    """The words of a folded English text."""
    return [word.text for word in words(folded)]


def tokens_of(query: str) -> list[str]:
    """The tokens of a query: each Chinese character by itself, each Latin word whole, folded."""
    folded = term_key(query)
    return _TOKEN.findall(folded) if has_han(query) else english_tokens(folded)


def forms_of(query: str) -> list[str]:
    """The tokens of a query under keys that join their inflected forms."""
    return [loose_key(token) for token in tokens_of(query)]
