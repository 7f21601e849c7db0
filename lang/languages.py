"""Languages other than Chinese and English, by the names and codes that tables head their columns with."""

import re
from functools import lru_cache
from typing import Final

from lang.fold import fold
from lang.tags import normalise_tag

# The codes of two letters of ISO 639; headers are seldom in other languages, and three letters are often words.
_CODES: Final = frozenset(
    "ar az be bg bn bs ca cs cy da de el eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mi"
    " mk ml mn mr ms mt my nb ne nl nn no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr ug uk ur uz vi bo".split()
)
_NAMES: Final = {
    **dict.fromkeys("japanese 日语 日文 日本语".split(), "ja"),
    **dict.fromkeys("korean 韩语 韩文 朝鲜语".split(), "ko"),
    **dict.fromkeys("french francais 法语 法文".split(), "fr"),
    **dict.fromkeys("german deutsch 德语 德文".split(), "de"),
    **dict.fromkeys("spanish espanol 西班牙语 西班牙文".split(), "es"),
    **dict.fromkeys("portuguese 葡萄牙语 葡萄牙文 葡语 葡文".split(), "pt"),
    **dict.fromkeys("russian 俄语 俄文".split(), "ru"),
    **dict.fromkeys("arabic 阿拉伯语 阿拉伯文".split(), "ar"),
    **dict.fromkeys("italian 意大利语".split(), "it"),
    **dict.fromkeys("vietnamese 越南语".split(), "vi"),
    **dict.fromkeys("thai 泰语".split(), "th"),
    **dict.fromkeys("indonesian 印尼语".split(), "id"),
    **dict.fromkeys("malay 马来语".split(), "ms"),
    **dict.fromkeys("tibetan 藏语 藏文".split(), "bo"),
    **dict.fromkeys("uyghur 维吾尔语 维语".split(), "ug"),
    "dutch": "nl",
    "polish": "pl",
    "turkish": "tr",
    "hindi": "hi",
    "mongolian": "mn",
    "czech": "cs",
    "swedish": "sv",
    "danish": "da",
    "finnish": "fi",
    "norwegian": "no",
    "greek": "el",
    "hungarian": "hu",
    "romanian": "ro",
    "ukrainian": "uk",
    "latin": "la",
}
_TAG: Final = re.compile("([A-Za-z]{2})((?:[-_][A-Za-z0-9]{2,8})*)")


@lru_cache(maxsize=1_000)
def tag_of_name(written: str) -> str | None:
    """The BCP 47 tag a name or code of any language stands for: Chinese and English as normalise_tag, es-MX, Japanese -> ja."""
    plain = written.strip()
    match = _TAG.fullmatch(plain)
    if match and match[1].lower() in _CODES:
        parts = [part for part in re.split("[-_]", match[2]) if part]
        cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in parts]
        return "-".join((match[1].lower(), *cased))
    return normalise_tag(plain.replace("_", " ")) or _NAMES.get(fold(plain).split("(")[0].strip())
