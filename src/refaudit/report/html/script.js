"use strict";
(() => {
  const root = document.documentElement, body = document.body;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  root.classList.add("scripted");
  if (body.classList.contains("several")) root.classList.add("several");
  const data = JSON.parse(byId("data").textContent);
  const known = new Map(data.findings.map((finding) => [finding.id, finding]));
  const cards = $$(".card");
  // What a finding says of itself: the sentence it quotes may name other works, which a person who filters does not mean.
  const own = (card) => [...card.children].filter((part) => !part.matches(".citing")).map((part) => part.textContent).join("\n");
  const words = new Map(cards.map((card) => [card, own(card).toLowerCase()]));
  const papers = $$(".paper");
  const live = byId("live");
  const say = (text) => { live.textContent = text; };

  // ---------------------------------------------------------------- decisions, kept in this browser

  const STORE = "refaudit-review-" + data.id;
  const ACTS = { a: "accept", f: "false-alarm", i: "ask-author" };
  let decisions = new Map();
  const keyOf = (finding) => finding.path + "\n" + finding.fingerprint;
  try { decisions = new Map(Object.entries(JSON.parse(localStorage.getItem(STORE) || "{}"))); } catch { /* no storage: the page still works */ }
  const keep = () => { try { localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(decisions))); } catch { /* likewise */ } };

  const showDecision = (card) => {
    const made = decisions.get(keyOf(known.get(card.id))) || {};
    if (made.decision) card.dataset.state = made.decision; else delete card.dataset.state;
    for (const button of $$("[data-act]", card)) button.setAttribute("aria-pressed", String(button.dataset.act === made.decision));
    const note = $(".note", card);
    if (note && document.activeElement !== note) note.value = made.note || "";
  };

  const decide = (card, change) => {
    const key = keyOf(known.get(card.id));
    const made = { decision: "", note: "", ...decisions.get(key), ...change };
    if (made.decision || made.note) decisions.set(key, made); else decisions.delete(key);
    keep();
    cards.filter((other) => keyOf(known.get(other.id)) === key).forEach(showDecision);
  };

  const toggle = (card, decision) => {
    const made = decisions.get(keyOf(known.get(card.id))) || {};
    decide(card, { decision: made.decision === decision ? "" : decision });
    say(card.id + ": " + (made.decision === decision ? "undecided" : decision.replace("-", " ")));
  };

  const exported = () => {
    const rows = [], seen = new Set();
    for (const finding of data.findings) {
      const made = decisions.get(keyOf(finding)), key = keyOf(finding) + "\n" + finding.code;
      if (!made || seen.has(key)) continue;
      seen.add(key);
      rows.push({ path: finding.path, code: finding.code, fingerprint: finding.fingerprint, decision: made.decision || "undecided",
        note: made.note || "", place: finding.place, message: finding.message, quote: finding.quote, context: finding.context, advice: finding.advice });
    }
    return JSON.stringify({ refaudit_review: 1, version: data.version, decisions: rows }, null, 2) + "\n";
  };

  byId("export").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
    link.download = "review.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(decisions.size + (decisions.size === 1 ? " decision" : " decisions") + " exported to review.json");
  });

  byId("import").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    try {
      const review = JSON.parse(await file.text());
      if (review.refaudit_review !== 1 || !Array.isArray(review.decisions)) throw new Error("not a review file");
      const keys = new Set(data.findings.map(keyOf));
      let taken = 0;
      for (const row of review.decisions) {
        const key = keyOf(row), decision = Object.values(ACTS).includes(row.decision) ? row.decision : "";
        if (!keys.has(key)) continue;
        decisions.set(key, { decision, note: String(row.note || "").slice(0, 2000) });
        taken += 1;
      }
      keep();
      cards.forEach(showDecision);
      apply();
      say(taken + " of " + review.decisions.length + " decisions imported");
    } catch (error) { say(file.name + " cannot be imported: " + error.message); }
    event.target.value = "";
  });

  // ---------------------------------------------------------------- filters, kept in the address

  const filter = { level: new Set(["error", "warning", "note"]), family: "", state: "", q: "" };
  const hash = () => {
    const [target, ...rest] = decodeURIComponent(location.hash.slice(1)).split("&");
    return { target, filter: new URLSearchParams(rest.join("&")) };
  };
  const address = (target) => {
    const parts = [];
    if (filter.level.size < 3) parts.push("level=" + [...filter.level].join(","));
    for (const name of ["family", "state", "q"]) if (filter[name]) parts.push(name + "=" + encodeURIComponent(filter[name]));
    return "#" + [target, ...parts].join("&");
  };
  const readAddress = () => {
    const given = hash().filter;
    if (given.has("level")) filter.level = new Set(given.get("level").split(",").filter(Boolean));
    for (const name of ["family", "state", "q"]) if (given.has(name)) filter[name] = given.get(name);
    byId("q").value = filter.q;
    byId("family").value = filter.family;
    byId("state").value = filter.state;
    for (const chip of $$("[data-filter=level]")) chip.setAttribute("aria-pressed", String(filter.level.has(chip.dataset.value)));
  };

  const apply = () => {
    const query = filter.q.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const state = card.dataset.state || "open";
      const passes = filter.level.has(card.dataset.level) && (!filter.family || card.dataset.family === filter.family) &&
        (!filter.state || state === filter.state) && (!query || words.get(card).includes(query));
      if (card.hidden === passes) card.hidden = !passes;
      shown += passes;
    }
    for (const paper of papers) {
      for (const group of $$(".group", paper)) {
        const inside = $$(".card", group);
        if (inside.length) $(".n", group).textContent = inside.filter((card) => !card.hidden).length + (shown < cards.length ? " of " + inside.length : "");
      }
      const none = $(".filtered", paper);
      if (none) { const inside = $$(".card", paper); none.hidden = !inside.length || inside.some((card) => !card.hidden); }
    }
    return shown;
  };
  const filtered = () => {
    const shown = apply();
    history.replaceState(null, "", address(hash().target));
    say(shown === cards.length ? "All " + cards.length + " findings" : shown + " of " + cards.length + " findings");
  };

  byId("q").addEventListener("input", (event) => { filter.q = event.target.value; filtered(); });
  for (const name of ["family", "state"]) byId(name).addEventListener("change", (event) => { filter[name] = event.target.value; filtered(); });
  for (const chip of $$("[data-filter=level]")) chip.addEventListener("click", () => {
    const value = chip.dataset.value, on = !filter.level.has(value);
    if (on) filter.level.add(value); else filter.level.delete(value);
    chip.setAttribute("aria-pressed", String(on));
    filtered();
  });
  const clear = () => {
    Object.assign(filter, { level: new Set(["error", "warning", "note"]), family: "", state: "", q: "" });
    history.replaceState(null, "", address(hash().target));
    byId("q").value = byId("family").value = byId("state").value = "";
    for (const chip of $$("[data-filter=level]")) chip.setAttribute("aria-pressed", "true");
    filtered();
  };

  // ---------------------------------------------------------------- one side shows its partners on the other

  const narrow = matchMedia("(max-width:1180px)");
  const calm = matchMedia("(prefers-reduced-motion:reduce)");
  const paperOf = (element) => element.closest(".paper");
  let current = null;   // the finding at work
  let cycle = { key: "", at: -1 };

  const unmark = () => $$(".on").forEach((element) => element.classList.remove("on"));
  const show = (element, focus = false) => {
    if (!element) return;
    const details = element.closest("details");
    if (details && !details.open) details.open = true;
    const pane = element.closest(".pane");
    if (pane && narrow.matches) tab(pane);
    const at = scrollY;
    element.scrollIntoView(narrow.matches || !pane ? { block: "start", behavior: calm.matches ? "auto" : "smooth" } : { block: "center", behavior: "instant" });
    if (pane && !narrow.matches) {  // the pane scrolls to the place, the page no further than to the panes
      const frame = pane.getBoundingClientRect(), top = frame.top + scrollY - $(".top").offsetHeight;
      scrollTo({ top: pane === element || at > top || top + $(".top").offsetHeight + frame.height > at + innerHeight ? top : at, behavior: "instant" });
    }
    if (focus) element.focus({ preventScroll: true });
  };
  const marked = (paper, citations, references) => {
    unmark();
    const prefix = paper.dataset.prefix;
    for (const id of citations) $$(`.cit[data-cit="${CSS.escape(id)}"]`, paper).forEach((element) => element.classList.add("on"));
    for (const id of references) byId(prefix + id)?.classList.add("on");
  };
  const list = (text) => (text || "").split(" ").filter(Boolean);
  const next = (key, length) => {
    cycle = { key, at: cycle.key === key ? (cycle.at + 1) % length : 0 };
    return cycle.at;
  };

  const chooseCitation = (anchor) => {
    const paper = paperOf(anchor), references = list(anchor.dataset.refs);
    marked(paper, [anchor.dataset.cit], references);
    anchor.classList.add("on");
    const tied = cards.find((card) => !card.hidden && paperOf(card) === paper && list(card.dataset.cits).includes(anchor.dataset.cit));
    if (!references.length) {
      say("No entry in the list" + (tied ? ": " + tied.id : ""));
      if (tied) { current = tied; tied.classList.add("on"); show(tied); }
      return;
    }
    const at = next("c" + anchor.dataset.cit + anchor.dataset.refs, references.length);
    show(byId(paper.dataset.prefix + references[at]));
    if (references.length > 1) say("Entry " + (at + 1) + " of " + references.length);
  };
  const chooseReference = (entry) => {
    const paper = paperOf(entry), citations = list(entry.dataset.cits);
    marked(paper, citations, [entry.id.slice(paper.dataset.prefix.length)]);
    if (!citations.length) return say("Not linked from the text");
    const at = next("r" + entry.id, citations.length);
    show(byId(paper.dataset.prefix + citations[at]));
    say("Place " + (at + 1) + " of " + citations.length);
  };
  const chooseCard = (card, focus = true) => {
    current = card;
    const paper = paperOf(card), prefix = paper.dataset.prefix, references = list(card.dataset.refs);
    const entry = references.length ? byId(prefix + references[0]) : null;
    // a finding about an entry alone is seen where the entry is cited
    const citations = card.dataset.cits ? list(card.dataset.cits) : list(entry?.dataset.cits);
    marked(paper, citations, references);
    card.classList.add("on");
    show(card, focus);
    if (!narrow.matches) {
      if (entry) show(entry);
      if (citations.length) show(byId(prefix + citations[0]));
    }
  };
  const visit = (kind) => {
    const card = current || cards.find((other) => !other.hidden && other.offsetParent);
    if (!card) return;
    const paper = paperOf(card), ids = list(card.dataset[kind]);
    if (current !== card) chooseCard(card, false);
    const target = ids.length ? byId(paper.dataset.prefix + ids[next(kind + card.id, ids.length)]) : $(kind === "cits" ? ".pane.text" : ".pane.list", paper);
    show(target, true);
  };
  const step = (by) => {
    const open = cards.filter((card) => !card.hidden && paperOf(card) && !paperOf(card).hidden && card.closest("details").open);
    if (!open.length) return;
    const at = open.indexOf(current);
    chooseCard(open[at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by))]);
  };

  const tab = (pane) => {
    const paper = paperOf(pane);
    $$(".pane", paper).forEach((other) => other.classList.toggle("showing", other === pane));
    for (const link of $$(".tabs a", paper)) {
      if (link.hash === "#" + pane.id) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  };
  for (const paper of papers) {
    $(".panes", paper)?.classList.add("narrow-one");
    const first = $(".pane", paper);
    if (first) tab(first);
  }

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    const act = hit("[data-act]");
    if (act) return toggle(act.closest(".card"), act.dataset.act);
    if (hit("[data-clear]")) return clear();
    const copy = hit("[data-copy]");
    if (copy) {
      const source = $("code,ins", copy.parentElement), text = copy.dataset.copy || source.textContent;
      const selectIt = () => { const range = document.createRange(); range.selectNodeContents(source); getSelection().removeAllRanges(); getSelection().addRange(range); };
      const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
      return done.then(() => say("Copied"), () => { selectIt(); say("Selected: copy it with the keyboard"); });
    }
    const citation = hit(".cit");
    if (citation) { event.preventDefault(); return chooseCitation(citation); }
    const cites = hit(".cites");
    if (cites) { event.preventDefault(); return chooseReference(cites.closest(".ref")); }
    if (hit("a,button,input,select,summary,label")) return undefined;
    const entry = hit(".ref");
    if (entry && !String(getSelection())) return chooseReference(entry);
    const card = hit(".card");
    if (card && !String(getSelection())) chooseCard(card, false);
    return undefined;
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(".desk .note")) decide(event.target.closest(".card"), { note: event.target.value });
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.(".card");
    if (card) current = card;
  });

  // ---------------------------------------------------------------- keys

  const help = byId("help");
  byId("help-open").addEventListener("click", () => help.showModal());
  byId("help-close").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") {
      if (event.target.matches("input,select")) event.target.blur();
      unmark();
      return;
    }
    if (event.target.matches("input,textarea,select")) return;
    const keys = { j: () => step(1), k: () => step(-1), c: () => visit("cits"), r: () => visit("refs"), "?": () => help.showModal(), "/": () => byId("q").focus() };
    const run = keys[event.key] || (ACTS[event.key] && current && (() => toggle(current, ACTS[event.key])));
    if (!run) return;
    event.preventDefault();
    run();
  });

  // ---------------------------------------------------------------- several manuscripts: one at a time, and a table to sort

  const several = root.classList.contains("several");
  const open = (paper) => {
    if (!several) return;
    for (const other of papers) other.hidden = other !== paper;
    byId("index").hidden = Boolean(paper);
  };
  const table = byId("papers");
  if (table) $$("thead th", table).forEach((head, column) => $("button", head).addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === (column ? "descending" : "ascending");
    const rising = column ? down : !down;
    $$("thead th", table).forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    const value = (row) => column ? Number(row.cells[column]?.textContent ?? -1) : row.cells[0].textContent.trim();
    const rows = $$("tbody tr", table).sort((a, b) => (column ? value(a) - value(b) : value(a).localeCompare(value(b))) * (rising ? 1 : -1));
    $("tbody", table).append(...rows);
  }));

  // ---------------------------------------------------------------- deep links

  const go = () => {
    const { target } = hash();
    const element = target && byId(target);
    open(element ? paperOf(element) : null);
    if (!element) return;
    if (element.matches(".pane")) { if (narrow.matches) tab(element); return; }
    if (element.matches(".card")) chooseCard(element);
    else if (element.matches(".ref")) { marked(paperOf(element), list(element.dataset.cits), [target.slice(paperOf(element).dataset.prefix.length)]); show(element, true); }
    else if (element.matches(".cit")) { marked(paperOf(element), [element.dataset.cit], list(element.dataset.refs)); show(element, true); }
    else show(element);
  };
  addEventListener("hashchange", go);
  readAddress();
  cards.forEach(showDecision);
  apply();
  go();
  addEventListener("load", () => setTimeout(go));  // the browser's own jump to the fragment comes late and scrolls the page
})();
