"""The text of a segment with inline tags, as TMX and XLIFF have them, without the tags or with them as XML text."""

from typing import TYPE_CHECKING, Final

from lang.xml_stream import DAMAGED, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

# What these hold is code of the document's format, not text. Of all others (hi, g, pc, mrk, ...) the text is the segment's.
_CODES: Final = frozenset("bpt ept ph it ut x bx ex sc ec sm em".split())
_LINE_BREAKS: Final = frozenset(("lb", "x-lb", "fmt:lb"))
_MOST_ATTRIBUTES: Final = 200
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"


class UnreadableTextError(ValueError):
    """A segment whose text cannot be told; its words say why."""


def segment_text(segment: "_Element", *, keep: bool = False) -> str:
    """The text of a segment, without white space at its edges.

    Codes are dropped with what they hold, a line break among them leaves a line break; with `keep` they are written as
    XML, without namespaces, between text that is not escaped. UnreadableTextError for undeclared entities and characters
    that XML forbids.
    """
    text = (_mixed_text(segment, keep=keep) if len(segment) else segment.text or "").strip()
    if DAMAGED in text:
        raise UnreadableTextError("holds a control character, which XML forbids")
    return text


def _mixed_text(segment: "_Element", *, keep: bool) -> str:
    """Text and codes of a segment; its depth is the file's choice, so it is walked without recursion."""
    pieces = [segment.text or ""]
    # What is still to do, last first: an element with whether it stands in a code, or text to add.
    pending: list[tuple[_Element, bool] | str] = [(child, False) for child in reversed(segment)]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        element, inside = item
        if not isinstance(element.tag, str):
            raise UnreadableTextError(f"refers to an entity that is not declared, {(element.text or '?')[:40]}")
        name = local_name(element.tag)
        code = inside or name in _CODES
        dropped = not keep and (code or name == "cp")
        left = _left_behind(element, name) if dropped else ""
        tail = element.tail or ""
        if dropped and not left and tail.startswith(" ") and _last(pieces) == " ":
            # Of the blanks on both sides of a code that goes one is enough.
            tail = tail[1:]
        pending.append(_escaped(tail, inside=inside))
        if keep:
            content = element.text is not None or len(element)
            pieces.append(f"<{name}{_attributes(element)}{'' if content else '/'}>")
            pending.append(f"</{name}>" if content else "")
        elif dropped:
            pieces.append(left)
            continue
        pending.extend((child, code) for child in reversed(element))
        pieces.append(_escaped(element.text or "", inside=code))
    return "".join(pieces)


def _last(pieces: list[str]) -> str:
    """The last character so far."""
    return next((piece[-1] for piece in reversed(pieces) if piece), "")


def _escaped(text: str, *, inside: bool) -> str:
    """What stands inside a code is escaped: it is only written when tags are kept, as part of their XML."""
    return text.translate(_ESCAPES) if inside else text


def attributes_of(element: "_Element") -> dict[str, str]:
    """The attributes of an element; UnreadableTextError where there are more than any tool writes.

    Each value is looked for from the first attribute on, so very many would take as long as their number squared.
    """
    count = len(element.attrib)
    if count > _MOST_ATTRIBUTES:
        raise UnreadableTextError(f"has {count:,} attributes on one element")
    return {str(name): str(value) for name, value in element.items()}


def _attributes(element: "_Element") -> str:
    attributes = attributes_of(element).items()
    return "".join(
        f' {"xml:" if name.startswith(_XML) else ""}{local_name(name)}="{value.translate(_ESCAPES).replace(chr(34), "&quot;")}"'
        for name, value in attributes
    )


def _left_behind(element: "_Element", name: str) -> str:
    """What a code leaves when it is dropped: a line break where it is one, the character of XLIFF 2's `cp`."""
    if name == "cp":
        return _character(str(element.get("hex", "")))
    kinds = {element.get(key) for key in ("type", "ctype", "subType")}
    return "\n" if kinds & _LINE_BREAKS else ""


def _character(hexadecimal: str) -> str:
    try:
        char = chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return DAMAGED
    return char if char in "\t\n\r" or (char >= " " and not "\ud800" <= char <= "\udfff") else DAMAGED
