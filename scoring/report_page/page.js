"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const PAGE = 25;
  const PRINTED = 50;
  // Longer texts would make a table of more cells than a phone has patience for.
  const CELLS = 1000000;
  const WEIGHTS = ["right", "fault", "grave"];
  const SIGNS = ["✓", "△", "✕"];
  const count = (data.systems[0] || { texts: [] }).texts.length;
  const form = document.getElementById("filters");
  const list = document.getElementById("list");
  const tip = document.getElementById("tip");
  const defaults = { system: "", order: "worst", against: data.references.length ? "r0" : "", kind: "", find: "", faults: "" };
  const view = { ...defaults };
  let page = 0;
  let marked = -1;
  let found = [];

  // --- elements: text is only ever set as text, never as HTML ---

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  const number = (value) => value.toLocaleString("en");
  const HIDDEN = /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff])/u;

  /** The text with characters that hide or turn others around written out. */
  function visible(text) {
    return text.split(HIDDEN).map((part, at) => {
      if (at % 2 === 0) return part;
      return make("span", { class: "hidden-character" }, "U+" + part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0"));
    });
  }

  // --- differences: the longest common subsequence of words, of characters where they are Chinese ---

  const TOKEN = /\d[\d.,]*\d|\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+|[^\s]/gu;
  const tokens = (text) => Array.from(text.matchAll(TOKEN), (match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));

  /** What `after` has that `before` lacks (places in `after`), and what it lacks (place in `after`, the words of `before`). */
  function differences(before, after) {
    const a = tokens(before);
    const b = tokens(after);
    let head = 0;
    while (head < a.length && head < b.length && a[head].text === b[head].text) head++;
    let tail = 0;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail].text === b[b.length - 1 - tail].text) tail++;
    const n = a.length - head - tail;
    const m = b.length - head - tail;
    const changes = { added: [], removed: [] };
    if (n * m > CELLS) return null;
    const width = m + 1;
    const common = new Uint16Array((n + 1) * width);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        common[i * width + j] = a[head + i].text === b[head + j].text
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
      }
    }
    let i = 0;
    let j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && a[head + i].text === b[head + j].text) {
        i++;
        j++;
        continue;
      }
      const [fromI, fromJ] = [i, j];
      while ((i < n || j < m) && !(i < n && j < m && a[head + i].text === b[head + j].text)) {
        if (j >= m || (i < n && common[(i + 1) * width + j] >= common[i * width + j + 1])) i++;
        else j++;
      }
      const next = b[head + fromJ];
      if (i > fromI) changes.removed.push([next ? next.start : after.length, before.slice(a[head + fromI].start, a[head + i - 1].end)]);
      if (j > fromJ) changes.added.push([next.start, b[head + j - 1].end]);
    }
    return changes;
  }

  // --- a text with what was found in it and how it differs ---

  const kindLabel = (finding) => {
    const [metric, outcome] = data.kinds[finding[0]];
    const known = data.metrics.find((one) => one.name === metric);
    return (known ? known.label : metric) + ", " + outcome;
  };

  /** Marks of one text: `side` 2 is the source, 4 the translation. */
  function marksOf(findings, side) {
    return findings
      .map((finding) => ({ start: finding[side], end: finding[side + 1], weight: finding[6], said: kindLabel(finding) + ": " + finding[1] }))
      .filter((mark) => mark.start >= 0 && mark.end > mark.start);
  }

  function paint(element, text, marks, changes) {
    const { added, removed } = changes || { added: [], removed: [] };
    const cuts = new Set([0, text.length]);
    for (const mark of marks) cuts.add(mark.start).add(mark.end);
    for (const [start, end] of added) cuts.add(start).add(end);
    for (const [at] of removed) cuts.add(at);
    const points = [...cuts].filter((at) => at <= text.length).sort((x, y) => x - y);
    points.forEach((start, at) => {
      for (const [, words] of removed.filter(([place]) => place === start)) element.append(make("del", {}, ...visible(words)));
      const end = points[at + 1];
      if (end === undefined) return;
      let nodes = visible(text.slice(start, end));
      if (added.some(([from, to]) => from <= start && end <= to)) nodes = [make("ins", {}, ...nodes)];
      const covering = marks.filter((mark) => mark.start <= start && end <= mark.end);
      if (covering.length) {
        const weight = Math.max(...covering.map((mark) => mark.weight));
        const said = [...new Set(covering.map((mark) => mark.said))].join("\n");
        nodes = [make("mark", { class: WEIGHTS[weight], "data-said": said, tabindex: weight ? "0" : null }, ...nodes)];
      }
      element.append(...nodes);
    });
  }

  // --- a segment ---

  const shownSystems = () => (view.system === "" ? data.systems.map((_, at) => at) : [Number(view.system)]);

  function scoreList(at, segment) {
    const system = data.systems[at];
    const parts = data.metrics.map((metric, which) => {
      const score = system.scores[which][segment];
      return make("li", {}, make("span", {}, metric.label), " ", score === null ? "–" : score.toFixed(1) + metric.unit);
    });
    if (at > 0 && data.by !== null) {
      const [before, own] = [data.systems[0].scores[data.by][segment], system.scores[data.by][segment]];
      if (before !== null && own !== null) {
        const change = data.metrics[data.by].lower ? before - own : own - before;
        const sign = change > 0.005 ? "▲" : change < -0.005 ? "▼" : "·";
        const kind = change > 0.005 ? "better" : change < -0.005 ? "worse" : "same";
        const title = data.metrics[data.by].label + " against " + data.systems[0].name + (data.metrics[data.by].lower ? " (less is better)" : "");
        parts.push(make("li", { class: "change " + kind, title }, sign + " " + Math.abs(change).toFixed(1)));
      }
    }
    return make("ul", { class: "scores" }, ...parts);
  }

  function findingList(findings) {
    const line = (finding) => make("li", { class: WEIGHTS[finding[6]] },
      make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[finding[6]]), " ",
      make("b", {}, ...visible(kindLabel(finding))), " ", make("bdi", {}, ...visible(finding[1])));
    const faults = findings.filter((finding) => finding[6]);
    const right = findings.filter((finding) => !finding[6]);
    const parts = [];
    if (faults.length) parts.push(make("ul", { class: "findings" }, ...faults.map(line)));
    if (right.length) {
      parts.push(make("details", { class: "findings" }, make("summary", {}, right.length + " without fault"), make("ul", {}, ...right.map(line))));
    }
    return parts;
  }

  function base(at, segment) {
    if (view.against.startsWith("r")) return data.references[Number(view.against.slice(1))].texts[segment];
    return view.against === "" || Number(view.against) === at ? null : data.systems[Number(view.against)].texts[segment];
  }

  const referenceName = (at) => (data.references.length > 1 ? "reference " + (at + 1) : "reference");

  function row(name, lang, kind) {
    const text = make("p", { class: "text", lang, dir: "auto" });
    const label = make("dt", {}, ...(kind === "system" ? [make("bdi", {}, ...visible(name))] : [name]));
    const value = make("dd", {}, text);
    return { text, value, line: make("div", { class: kind }, label, value) };
  }

  function card(segment, linked) {
    const systems = shownSystems();
    const body = make("dl", {});
    if (data.source) {
      const marks = systems.flatMap((at) => marksOf(data.systems[at].findings[segment], 2));
      const { text, line } = row("source", data.source.lang, "source");
      paint(text, data.source.texts[segment], marks, null);
      body.append(line);
    }
    data.references.forEach((reference, at) => {
      const { text, line } = row(referenceName(at), reference.lang, "reference");
      paint(text, reference.texts[segment], [], null);
      body.append(line);
    });
    const other = view.against === "" || view.against.startsWith("r") ? [] : [Number(view.against)];
    for (const at of [...new Set([...other, ...systems])].sort((x, y) => x - y)) {
      const system = data.systems[at];
      const before = base(at, segment);
      const changes = before === null ? null : differences(before, system.texts[segment]);
      const { text, value, line } = row(system.name, system.lang, "system");
      paint(text, system.texts[segment], marksOf(system.findings[segment], 4), changes);
      if (before !== null && changes === null) value.append(make("p", { class: "note" }, "Too long for differences to be shown."));
      if (!system.texts[segment].trim()) text.append(make("span", { class: "hidden-character" }, "empty"));
      value.append(...findingList(system.findings[segment]), scoreList(at, segment));
      body.append(line);
    }
    const name = "Segment " + number(segment + 1);
    const heading = make("h3", {}, linked ? make("a", { href: "#s" + (segment + 1) }, name) : name);
    const place = data.documents ? make("span", { class: "document" }, ...visible(data.documents[segment])) : null;
    return make("article", { class: "segment" + (segment === marked && linked ? " marked" : ""), id: linked ? "s" + (segment + 1) : null, tabindex: linked ? "-1" : null },
      make("header", {}, heading, place), body);
  }

  // --- which segments, in which order ---

  const simplified = new Map(Array.from(data.simplified[0], (character, at) => [character, Array.from(data.simplified[1])[at]]));
  const traditional = data.simplified[0] ? new RegExp("[" + data.simplified[0] + "]", "gu") : null;
  const level = (text) => text.normalize("NFKC").toLowerCase();
  const folded = (text) => (traditional ? level(text).replace(traditional, (character) => simplified.get(character)) : level(text));
  let haystacks = null;

  function haystack(segment) {
    haystacks = haystacks || new Array(count);
    if (haystacks[segment] === undefined) {
      const texts = data.systems.map((system) => system.texts[segment]);
      if (data.source) texts.push(data.source.texts[segment]);
      texts.push(...data.references.map((reference) => reference.texts[segment]));
      if (data.documents) texts.push(data.documents[segment]);
      haystacks[segment] = folded(texts.join("\n"));
    }
    return haystacks[segment];
  }

  function wanted(segment, needle) {
    const findings = view.faults || view.kind ? shownSystems().flatMap((at) => data.systems[at].findings[segment]) : [];
    if (view.faults && !findings.some((finding) => finding[6])) return false;
    if (view.kind && !findings.some((finding) => view.kind === String(finding[0]))) return false;
    return !needle || haystack(segment).includes(needle);
  }

  function ordered() {
    const group = view.system === "" ? 0 : Number(view.system) + 1;
    if (view.order === "document") return Array.from({ length: count }, (_, at) => at);
    return view.order === "loss" ? data.loss[group] : data.worst[group];
  }

  // --- the page: filters, list, address ---

  function show() {
    page = Math.max(0, Math.min(page, Math.ceil(found.length / PAGE) - 1));
    hideTip();
    const from = page * PAGE;
    const part = found.slice(from, from + PAGE);
    list.replaceChildren(...part.map((segment) => card(segment, true)));
    if (!part.length) list.append(make("p", { class: "note" }, "No segment is like that."));
    const said = part.length ? number(from + 1) + "–" + number(from + part.length) + " of " + number(found.length) : "0 of " + number(count);
    for (const nav of document.querySelectorAll("nav.pages")) {
      nav.hidden = false;
      nav.querySelector(".place").textContent = said;
      nav.querySelector("[data-step='-1']").disabled = page === 0;
      nav.querySelector("[data-step='1']").disabled = from + PAGE >= found.length;
    }
    document.getElementById("legend").hidden = !view.against && !data.kinds.length;
  }

  function refresh() {
    const needle = folded(view.find.trim());
    found = ordered().filter((segment) => wanted(segment, needle));
    show();
  }

  function address() {
    const set = new URLSearchParams(Object.entries(view).filter(([name, value]) => value !== defaults[name]));
    if (page) set.set("page", String(page + 1));
    try {
      history.replaceState(null, "", "#" + (String(set) ? "view&" + set : "segments"));
    } catch {
      // Some viewers of local files forbid it; links to views are then not to be had.
    }
  }

  function fill() {
    for (const name of Object.keys(view)) {
      const control = form.elements[name];
      if (!control) continue;
      if (control.type === "checkbox") control.checked = view[name] === "1";
      else control.value = view[name];
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.value = view[name] = defaults[name];
    }
  }

  /** Show what the address asks for: #s12 is a segment, #view&order=loss&find=tax a view. */
  function follow() {
    const hash = location.hash.slice(1);
    const segment = /^s([1-9]\d*)$/.exec(hash);
    if (segment && Number(segment[1]) <= count) {
      marked = Number(segment[1]) - 1;
      if (!found.includes(marked)) {
        Object.assign(view, defaults, { order: "document" });
        fill();
        refresh();
      }
      page = Math.floor(found.indexOf(marked) / PAGE);
      show();
      const target = document.getElementById(hash);
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "start" });
    } else if (hash.startsWith("view")) {
      const set = new URLSearchParams(hash.slice(4));
      for (const name of Object.keys(view)) view[name] = set.has(name) ? set.get(name) : defaults[name];
      page = Math.max(0, Number(set.get("page") || 1) - 1) || 0;
      fill();
      refresh();
    }
  }

  function options(select, pairs) {
    select.replaceChildren(...pairs.map(([value, label]) => make("option", { value }, label)));
    if (pairs.length < 2) select.closest("label").hidden = true;
  }

  function prepare() {
    const names = data.systems.map((system, at) => [String(at), system.name]);
    options(form.elements.system, names.length > 1 ? [["", "all"], ...names] : [["", names[0][1]]]);
    const against = names.length > 1 ? names.map(([at, name]) => [at, "against " + name]) : [];
    options(form.elements.against, [["", "none"], ...data.references.map((_, at) => ["r" + at, "against " + referenceName(at)]), ...against]);
    const counts = data.kinds.map(() => 0);
    for (const system of data.systems) for (const findings of system.findings) for (const finding of findings) counts[finding[0]]++;
    const kinds = data.kinds.map((kind, at) => [String(at), kindLabel([at]) + " (" + number(counts[at]) + ")"]);
    options(form.elements.kind, [["", "any"], ...kinds.sort((x, y) => (x[1] < y[1] ? -1 : 1))]);
    form.elements.faults.closest("label").hidden = !data.kinds.length;
    if (names.length < 2) form.elements.order.querySelector("[value=loss]").remove();
    const legend = [make("ins", {}, "only here"), " ", make("del", {}, "only there")];
    if (data.kinds.length) legend.push(" ", make("mark", { class: "right" }, "✓ right"), " ", make("mark", { class: "fault" }, "△ fault"), " ", make("mark", { class: "grave" }, "✕ grave fault"));
    document.getElementById("legend").append(...legend);
    form.hidden = false;
  }

  function changed() {
    for (const name of Object.keys(view)) {
      const control = form.elements[name];
      view[name] = control.type === "checkbox" ? (control.checked ? "1" : "") : control.value;
    }
    page = 0;
    marked = -1;
    refresh();
    address();
  }

  // --- what is said of a mark: on hover, on tap, with the keyboard ---

  function showTip(mark) {
    tip.replaceChildren(...visible(mark.dataset.said));
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    const place = mark.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = place.bottom + tip.offsetHeight + 8 < window.innerHeight;
    tip.style.left = left + "px";
    tip.style.top = (below ? place.bottom + 4 : place.top - tip.offsetHeight - 4) + "px";
  }

  function hideTip() {
    tip.hidden = true;
    for (const mark of document.querySelectorAll("[aria-describedby=tip]")) mark.removeAttribute("aria-describedby");
  }

  for (const name of ["pointerover", "focusin", "click"]) {
    list.addEventListener(name, (event) => {
      const mark = event.target.closest("mark[data-said]");
      if (mark) showTip(mark);
      else hideTip();
    });
  }
  list.addEventListener("focusout", hideTip);
  window.addEventListener("scroll", hideTip, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });

  // --- printing: the worst segments, and what is folded away but for long tables ---

  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("#spread details:not([open]), details.print:not([open])")];
    for (const details of unfolded) details.open = true;
    const worst = found.slice(0, PRINTED);
    const note = make("p", { class: "note" }, "The first " + number(worst.length) + " of " + number(found.length) + " segments of this view.");
    document.getElementById("printed").replaceChildren(note, ...worst.map((segment) => card(segment, false)));
  });
  window.addEventListener("afterprint", () => {
    for (const details of unfolded) details.open = false;
    document.getElementById("printed").replaceChildren();
  });

  // --- start ---

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, event.target.name === "find" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    Object.assign(view, defaults);
    fill();
    changed();
  }));
  for (const nav of document.querySelectorAll("nav.pages")) {
    nav.addEventListener("click", (event) => {
      const step = Number(event.target.dataset.step);
      if (!step) return;
      page += step;
      show();
      address();
      document.getElementById("segments").scrollIntoView({ block: "start" });
    });
  }
  window.addEventListener("hashchange", follow);
  prepare();
  fill();
  refresh();
  follow();
})();
