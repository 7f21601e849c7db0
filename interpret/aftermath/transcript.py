"""The bilingual transcript of a session, as text and as a page."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from interpret.measurement.recording import Recording
from lang.tags import tag_of_text
from scoring.report_page.markup import element, text

_STYLE: Final = """
@page { size: A4; margin: 14mm; }
body { margin: 0 auto; max-width: 1000px; padding: 24px; color: #111; background: #fff;
  font: 15px/1.5 system-ui, "Segoe UI", Arial, "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK HK", sans-serif; }
h1 { font-size: 20px; } p { color: #555; font-size: 13px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td, th { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
th { width: 5.5em; font-weight: 400; font-size: 12px; color: #555; font-variant-numeric: tabular-nums; }
tr { break-inside: avoid; } .gloss { color: #777; }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A segment of the transcript. `at` is when it was said (or heard), as 0:12:05; `kind` what its output was."""

    number: int
    at: str
    source: str
    output: str
    kind: str


def transcript_lines(recording: Recording) -> list[Line]:
    """The finished segments of a session in order."""
    session = recording.session
    if session is None:
        return []
    lines = []
    for number, segment in enumerate(session.finished, start=1):
        final, output = segment.final, segment.output
        assert final is not None, "finished segments have a final text"
        at_ms = final.spoken_ms[0] if final.spoken_ms else final.at_ms
        lines.append(Line(number, _time(at_ms), final.text, output.text if output else "", output.kind if output else "none"))
    return lines


def transcript_text(lines: Sequence[Line]) -> str:
    """Three lines a segment: number and time, source, output; a blank line after each."""
    return "".join(f"{line.number}  {line.at}\n{line.source}\n{line.output or '-'}\n\n" for line in lines)


def transcript_page(lines: Sequence[Line], title: str, about: str) -> str:
    """Source and output side by side on a page that can be printed."""
    rows = [
        element(
            "tr",
            element("th", f"{line.number}<br>{text(line.at)}", scope="row"),
            _cell(line.source, None),
            _cell(line.output, "gloss" if line.kind == "gloss" else None),
        )
        for line in lines
    ]
    allowed = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src '{allowed}'"
    head = '<meta charset="utf-8">' + element("meta", http_equiv="Content-Security-Policy", content=policy).removesuffix(
        "</meta>"
    )
    body = element("h1", text(title)) + element("p", text(about)) + element("table", element("tbody", *rows))
    page = element("head", head, element("title", text(title)), f"<style>{_STYLE}</style>") + element("body", body)
    return f"<!doctype html>\n{element('html', page, lang='en')}\n"


def _cell(said: str, kind: str | None) -> str:
    lang = "en" if said.isascii() else tag_of_text("zh", said)
    return element("td", text(said), lang=lang if said else None, class_=kind)


def _time(ms: float) -> str:
    seconds = int(max(0.0, ms) // 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
