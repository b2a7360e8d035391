// the head of every view, and which view is shown
const BUILD = {
  who: whoView,
  entity: entityView,
  timeline: timelineView,
  plan: planView,
  changes: changesView,
  sources: sourcesView,
};

function viewHead(title, line) {
  return h("div", {class: "viewhead"}, h("h1", {id: "view-title"}, title), line ? h("div", {class: "sub"}, line) : null);
}

// what this view is called, in words: window title, exports and citations say it
function viewName() {
  if (S.id != null && S.p === "entity") return nameOf(S.id);
  if (S.id != null && S.p === "timeline") return nameOf(S.id) + ", " + t("v_timeline");
  if (S.p === "who") return t("v_who") + ", " + t("l_" + S.lens) + (S.sector ? ", " + sectorName(S.sector) : "");
  if (S.p === "plan") return planNow()?.title || t("v_plan");
  if (S.p === "changes") return `${t("v_changes")} ${changeWindow().map(dayText).join(" – ")}`;
  if (S.p === "graph" && S.v === "near") return `${t("graph")}: ${short(S.f.map(nameOf).join(", "), 60)}`;
  if (S.p === "graph" && S.v === "path" && S.a != null && S.b != null) return `${nameOf(S.a)} – ${nameOf(S.b)}`;
  return t(S.p === "graph" ? "graph" : "v_" + S.p);
}

function show() {
  const root = document.documentElement,
    graph = S.p === "graph",
    back = scrolled();
  root.lang = S.l === "zh" ? "zh-CN" : "en";
  root.dataset.theme = S.th;
  root.dataset.view = S.p;
  paintNow = paint();
  document.title = `${viewName()} · ${D.title}`;
  $("graph-title").textContent = viewName();
  for (const id of ["graph-title", "left", "views", "stage", "stage-help"]) $(id).hidden = !graph;
  $("page").hidden = graph;
  if (graph) {
    if (!globalThis.vis?.Network) put("script", "vis");
    drawGraph();
  } else {
    $("rows").hidden = true;
    lastFit = "";
    keepPage($("page"), BUILD[S.p]());
  }
  frame();
  frameSearch();
  controls();
  panel();
  if (graph) table();
  back();
  if (graph) fitOnce();
}

// the keyboard stays where it was while a view is only marked anew
function keepPage(box, kids) {
  const had = box.contains(document.activeElement) ? document.activeElement.id : "";
  box.dataset.asked = [S.p, S.id, S.plan, S.lens].join();
  fill(box, kids.flat(9));
  if (had) $(had)?.focus();
}

// facts that the view speaks of: exports give them whole
function shownFacts() {
  if (S.p === "graph") return VIEW.edges;
  if (S.p === "who") return [...new Set(tiesOf(S.lens).filter(c => !S.sector || sectorsOf(c.row).includes(S.sector)).flatMap(c => c.things))].filter(x => typeof x === "number");
  if ((S.p === "entity" || S.p === "timeline") && S.id != null) return ADJ[S.id].filter(holds);
  if (S.p === "timeline") return tiesOf("partners").flatMap(c => c.things);
  if (S.p === "changes") {
    const [from, until] = changeWindow();
    return [...new Set(eventsOf().filter(x => x.e != null && x.b >= from && x.a <= until).map(x => x.e))];
  }
  return [...D.e.id.keys()].filter(holds);
}
const shownNodes = () =>
  S.p === "graph" ? VIEW.nodes : [...new Set([...shownFacts().flatMap(e => [D.e.a[e], D.e.b[e]]), ...(S.id == null ? [] : [S.id])])];

const provinceName = p => {
  const n = typeof p === "string" && BYID.has(p) ? BYID.get(p) : null;
  return n == null ? String(p) : nameOf(n);
};

const sentence = e => [nameLink(D.e.a[e]), " ", factLink(e), " ", nameLink(D.e.b[e])];
// a fact as a block of evidence: who, what, how sure, since when, on what
function factBlock(e, closed) {
  const product = extra(e, "product");
  return h(
    "div",
    {class: "card"},
    h("p", {}, sentence(e)),
    h("p", {}, badge(stateOf(e)), dates(e), sureness(e), disputed(e) ? h("span", {class: "bad"}, " ! " + t("disputed")) : null),
    product ? h("p", {class: "sub"}, bdi(plain(product))) : null,
    extra(e, "scope") ? h("p", {class: "sub"}, bdi(plain(extra(e, "scope")))) : null,
    evidence(e, !closed),
    h("p", {class: "sub"}, button(t("cite"), () => cite(e), {class: "link", id: "cite-" + e}), " · ", h("code", {}, bdi(D.e.id[e]))),
  );
}

// a citation of a fact, or of the view where none is given, ready to paste
function citation(e) {
  const link = location.href.split("#")[0] + "#" + encode(S);
  const when = `${t("asof")} ${asofText()}, ${t("digest")} ${D.digest.slice(0, 12)}.`;
  if (e == null) return `${D.title}, “${viewName()}”, ${when} ${link}`;
  const pages = evidenceOf(e).list.map(i => [D.src[i][2] || D.src[i][1], D.src[i][3], D.src[i][5]].filter(Boolean).join(", "));
  return `${factWords(e)} [${D.e.id[e]}]. ${t("sources")}: ${pages.join("; ") || t("none")}. ${D.title}, ${when}`;
}
function cite(e) {
  const text = citation(e),
    box = $("help");
  fill(
    box,
    h("h2", {id: "help-title"}, t("cite")),
    h("textarea", {readonly: true, rows: 6, cols: 60, id: "cite-text", "aria-label": t("cite")}, text),
    h(
      "div",
      {class: "bar"},
      button(t("copy"), () => {
        $("cite-text").select();
        const done = () => say(t("copied"));
        if (navigator.clipboard?.writeText) navigator.clipboard.writeText(text).then(done, () => document.execCommand("copy") && done());
        else if (document.execCommand("copy")) done();
      }),
      button(t("close"), () => box.close(), {id: "help-close"}),
    ),
  );
  box.showModal();
}
