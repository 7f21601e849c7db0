"""User text made safe for HTML, and made visible where it holds characters that hide or reorder others."""

import html
import json
import re
from collections.abc import Iterable
from typing import Any, Final

# Controls (but tab and line feed), line separators, marks of no width, and those that turn the direction of text around.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
# In JSON within HTML: what could end the script element or start a comment, beside everything hidden.
_UNSAFE: Final = re.compile(f"[<>&]|{_HIDDEN.pattern}")


def text(value: object) -> str:
    """The value as text of an element or of a quoted attribute; hidden characters are written out as [U+202E]."""
    return html.escape(_HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", str(value)))


def script_json(value: Any) -> str:
    """JSON that may stand in a script element: `<`, `>`, `&` and all hidden characters are escaped."""
    found = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", found)


def element(tag: str, *children: str, **attributes: object) -> str:
    """An element of children that are HTML already. Attributes are escaped; class_ is class, data_label data-label."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(value)}"' for name, value in attributes.items() if value is not None
    )
    return f"<{tag}{named}>{''.join(children)}</{tag}>"


def definitions(pairs: Iterable[tuple[str, str]], **attributes: object) -> str:
    """A list of names and what they are, both HTML already."""
    return element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in pairs), **attributes)
