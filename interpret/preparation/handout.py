"""The glossary of an event as a page to print: terms, names and numbers in order of appearance, room for what is missing."""

from collections.abc import Sequence
from typing import Final

from interpret.preparation.briefing import Briefing, Entry
from lang.tags import tag_of_text
from scoring.report_page.markup import element, text

_STYLE: Final = """
@page { size: A4; margin: 11mm 10mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 210mm; padding: 8mm; color: #111; background: #fff;
  font: 9.5pt/1.3 system-ui, "Segoe UI", Arial, "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK HK", sans-serif; }
h1 { font-size: 14pt; margin: 0; }
h2 { font-size: 10.5pt; margin: 4mm 0 1mm; border-bottom: .4pt solid #111; break-after: avoid; }
p { margin: 1mm 0 0; color: #444; font-size: 8.5pt; }
dl { columns: 2; column-gap: 7mm; margin: 0; }
dl > div { display: flex; gap: 2mm; align-items: baseline; break-inside: avoid; padding: .5mm 0; }
dl > div { border-bottom: .3pt dotted #999; }
dt { flex: 0 0 44%; font-weight: 600; overflow-wrap: anywhere; } dd { margin: 0; flex: 1; overflow-wrap: anywhere; }
.open { border-bottom-style: solid; } .open dt { font-weight: 400; } .open dd { min-height: 1.3em; }
small { color: #555; font-weight: 400; white-space: nowrap; }
@media print { body { padding: 0; max-width: none; font-size: 7.5pt; line-height: 1.2; } dl { columns: 3; column-gap: 5mm; } }
"""


def handout(briefing: Briefing, title: str) -> str:
    """The page; what the term base lacks has a line to write on. A browser prints it, or saves it as PDF."""
    terms = [(entry, entry.renderings[0]) for entry in briefing.of_kind("term")]
    numbers = [(entry, entry.renderings[0]) for entry in briefing.of_kind("number")]
    body = [
        element("h1", text(title)),
        element("p", text(_summary(briefing))),
        _part("Terms", terms),
        _part("Not in the term base", [(entry, "") for entry in briefing.of_kind("candidate")]),
        _part("Names", [(entry, "") for entry in briefing.of_kind("name")]),
        _part("Numbers", numbers),
    ]
    head = (
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src'
        ' \'unsafe-inline\'"><meta name="viewport" content="width=device-width, initial-scale=1">'
    )
    lang = "zh" if briefing.language == "zh" else "en"
    page = element("head", head, element("title", text(title)), f"<style>{_STYLE}</style>") + element("body", *body)
    return f"<!doctype html>\n{element('html', page, lang=lang)}\n"


def _summary(briefing: Briefing) -> str:
    counts = [
        (len(briefing.of_kind("term")), "terms"),
        (len(briefing.missing), "terms and names the term base lacks"),
        (len(briefing.of_kind("number")), "numbers"),
    ]
    return f"{briefing.sentences:,} sentences: " + ", ".join(f"{count:,} {what}" for count, what in counts) + "; by appearance."


def _part(title: str, entries: Sequence[tuple[Entry, str]]) -> str:
    if not entries:
        return ""
    rows = []
    for entry, rendering in entries:
        times = element("small", f" ×{entry.count}") if entry.count > 1 else ""
        side = "zh" if entry.kind != "number" and not entry.text.isascii() else None
        heard = element("dt", element("span", text(entry.text), lang=side and tag_of_text("zh", entry.text)), times)
        rows.append(element("div", heard, element("dd", text(rendering)), class_=None if rendering else "open"))
    return element("section", element("h2", f"{text(title)} ", element("small", f"{len(entries):,}")), element("dl", *rows))
