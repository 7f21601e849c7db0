"""Build glossary/data/background_{en,zh}.tsv: how often words are used in texts of no one subject, for yuqiao extract.

    python scripts/build_background.py ../shared/data

Counts words in news (WMT22 general test, NTREX-128), medical and encyclopedic texts (TICO-19) and software documentation
(Python), and keeps for each word the middle of its rates (the mean of the two middle ones where they are even in number):
a word that only one of these subjects uses is no general word. Word counts only, no text, are taken.
"""

import lzma
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from statistics import median

from lxml import etree

from glossary.extraction.tokens import Language, tokenise

LEAST_PER_MILLION = 3.0
TARGET = Path(__file__).resolve().parent.parent / "glossary" / "data"
HEADER = """# How often words are used in general language: key of the word, uses per million. By scripts/build_background.py.
# Counted in the general test of WMT22, NTREX-128 (CC BY-SA 4.0), TICO-19 (CC0) and the Python documentation (CC0).
"""


def subjects(data: Path, language: Language) -> dict[str, list[str]]:
    """Subject -> its segments."""
    side = 0 if language == "en" else 1
    news = {"en": ["newstest2019-src.eng.txt"], "zh": ["newstest2019-ref.zho-CN.txt", "newstest2019-ref.zho-TW.txt"]}
    general = {"en": "generaltest2022.en-zh.src.en", "zh": "generaltest2022.en-zh.ref.A.zh"}
    python = _lines(data / "python-docs" / "pairs.tsv.xz")[1::8]
    return {
        "news": [line for name in news[language] for line in _lines(data / "ntrex" / name)],
        "general": _lines(data / "wmt22-enzh" / general[language]),
        "medicine": _tmx(data / "tico19" / "all.en-zh.tmx", language),
        "software": [line.split("\t")[side] for line in python if line.count("\t") == 3],
    }


def _lines(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        return file.read().splitlines()


def _tmx(path: Path, language: Language) -> list[str]:
    tag = "{http://www.w3.org/XML/1998/namespace}lang"
    tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    return [tuv.findtext("seg", "") for tuv in tree.iter("tuv") if tuv.get(tag, "").startswith(language)]


def rates(segments: Collection[str], language: Language) -> dict[str, float]:
    """Word -> uses per million words."""
    tokens = tokenise(segments, language)
    counts = Counter(tokens.words[number] for number in tokens.ids if number >= 0)
    total = counts.total()
    return {word: count / total * 1e6 for word, count in counts.items()}


def main(data: Path) -> None:
    """Write both tables."""
    for language in ("en", "zh"):
        found = [rates(segments, language) for segments in subjects(data, language).values()]
        words = {word for table in found for word in table if not word[0].isdigit() and word not in "()"}
        middle = {word: median(table.get(word, 0.0) for table in found) for word in words}
        kept = sorted((-rate, word) for word, rate in middle.items() if rate >= LEAST_PER_MILLION)
        lines = [f"{word}\t{-rate:.0f}\n" for rate, word in kept]
        (TARGET / f"background_{language}.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")
        print(language, len(kept))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
