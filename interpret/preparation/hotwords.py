"""Hot words: the terms and names of an event in the form that each recogniser takes, so that it hears them rightly.

funasr: a line each, the word, a blank, its weight from 1 to 100 (FunASR's runtime: hotwords.txt, the client's --hotword).
sherpa-onnx: a line each, the phrase, a blank, a colon and its score (sherpa's docs, onnx/hotwords: --hotwords-file with
--modeling-unit; transducer models under modified_beam_search only).
whisper: one line to be given as the initial prompt (--prompt, initial_prompt), of which the decoder uses the last
n_ctx // 2 - 1 = 223 tokens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal, get_args

from interpret.preparation.briefing import Briefing, Entry
from lang.fold import to_simplified
from lang.script import has_han

RecogniserName = Literal["funasr", "sherpa-onnx", "whisper"]
RECOGNISERS: Final[tuple[RecogniserName, ...]] = get_args(RecogniserName)

FUNASR_WEIGHT: Final = 20
SHERPA_SCORE: Final = 2.0
WHISPER_TOKENS: Final = 223
_OTHER: Final = re.compile(r"[^\w\s&+.'’-]|_")


@dataclass(frozen=True, slots=True)
class HotWords:
    """The file's content, how many words it has, and how many found no room (Whisper's prompt is short)."""

    text: str
    words: int
    left_out: int


def hot_words(briefing: Briefing, recogniser: RecogniserName) -> HotWords:
    """The hot words of a briefing: its terms, candidates and names in the language spoken, without what punctuates them.

    FunASR's and sherpa-onnx's Chinese models write simplified characters, so Chinese is given in these; Whisper writes the
    script that its prompt is in, so that keeps the documents'. Its prompt seldom has room for all.
    """
    entries = [entry for entry in briefing.of_kind("term", "candidate", "name") if is_spoken(entry, briefing)]
    if recogniser == "whisper":
        return _prompt(entries, briefing.language)
    words = list(dict.fromkeys(word for entry in entries if len(word := to_simplified(_plain(entry.text))) > 1))
    if recogniser == "funasr":
        lines = [f"{word} {FUNASR_WEIGHT}" for word in words]
    else:
        lines = [f"{word} :{SHERPA_SCORE}" for word in words]
    return HotWords("".join(f"{line}\n" for line in lines), len(words), 0)


def is_spoken(entry: Entry, briefing: Briefing) -> bool:
    """Whether the entry is in the language of the speech; Latin names are heard in Chinese as well."""
    return has_han(entry.text) == (briefing.language == "zh") or (entry.kind == "name" and not has_han(entry.text))


def _plain(text: str) -> str:
    return " ".join(_OTHER.sub(" ", text).split())


def _prompt(entries: Sequence[Entry], language: Literal["zh", "en"]) -> HotWords:
    """Names and terms before candidates, what occurs most first, until there is no more room; then the other way round.

    Whisper keeps the end of a prompt that is too long, so what matters most stands last.
    """
    comma, stop = ("、", "。") if language == "zh" else (", ", ".")
    words = {word: entry for entry in reversed(entries) if len(word := _plain(entry.text)) > 1}
    ranks: dict[str, int] = {"name": 0, "term": 1, "candidate": 2}
    ranked = sorted(words, key=lambda word: (ranks[words[word].kind], -words[word].count))
    room = WHISPER_TOKENS - 1
    chosen = []
    for word in ranked:
        needed = whisper_tokens(word + comma)
        if needed <= room:
            room -= needed
            chosen.append(word)
    return HotWords(comma.join(reversed(chosen)) + stop + "\n" if chosen else "", len(chosen), len(words) - len(chosen))


def whisper_tokens(text: str) -> int:
    """About how many tokens Whisper's byte-pair encoding makes: 3 for 2 Chinese characters, 1 for 3 others."""
    wide = sum(ord(char) > 0x2FFF for char in text)
    return ceil(1.5 * wide + (len(text) - wide) / 3)
