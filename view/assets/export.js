// the current view as a file; every kind says as of when and under which filters
function download(blob, kind) {
  const name =
      (`${viewName()} ${asofText()}`
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 80) || "graph") +
      "." +
      kind,
    url = URL.createObjectURL(blob);
  const a = h("a", {href: url, download: name});
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30000);
  say(t("saved", name));
}

function save(kind) {
  if (kind === "csv") return download(new Blob(["\ufeff" + csvText()], {type: "text/csv;charset=utf-8"}), kind);
  if (kind === "json") return download(new Blob([jsonText()], {type: "application/json"}), kind);
  const made = picture();
  if (kind === "svg") return download(new Blob([made.text], {type: "image/svg+xml"}), kind);
  const img = new Image(),
    k = Math.min(2, 8000 / Math.max(made.w, made.h));
  img.onload = () => {
    const canvas = h("canvas", {width: Math.round(made.w * k), height: Math.round(made.h * k)});
    canvas.getContext("2d").drawImage(img, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => download(blob, "png"), "image/png");
  };
  img.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.text);
}

// a cell that a spreadsheet would run as a formula gets an apostrophe, whatever stands before its sign
const cellText = v => {
  const s = plain(v),
    safe = /^[\s'"]*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(s) && !/^-?\d+(\.\d+)?$/.test(s) ? "'" + s : s;
  return /[",\r\n;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

const cited = (e, part) => evidenceOf(e).list.map(i => D.src[i][part]);
const CSV = {
  fact_id: e => D.e.id[e],
  subject_id: e => D.n.id[D.e.a[e]],
  subject: e => D.n.name[D.e.a[e]],
  subject_zh: e => D.n.zh[D.e.a[e]],
  type: e => D.kinds[D.e.k[e]][0],
  object_id: e => D.n.id[D.e.b[e]],
  object: e => D.n.name[D.e.b[e]],
  object_zh: e => D.n.zh[D.e.b[e]],
  status: stateOf,
  when: dates,
  known_from: e => dayText(D.e.from[e]),
  valid_to: e => dayText(D.e.to[e]),
  since: e => extra(e, "since"),
  until: e => extra(e, "until"),
  announced: e => extra(e, "announced"),
  as_of: e => extra(e, "as_of"),
  confidence: e => D.e.cf[e],
  scope: e => extra(e, "scope"),
  note: e => extra(e, "note"),
  sources: e => cited(e, 0).join(" "),
  source_links: e => cited(e, 5).filter(Boolean).join(" "),
};
function csvText() {
  if (S.p === "plan") return planCsv();
  const view = {view: viewName(), view_as_of: asofText(), view_filters: filterText()};
  const rows = shownFacts().map(e => [...Object.values(CSV).map(cell => cell(e)), ...Object.values(view)]);
  return csvLines([[...Object.keys(CSV), ...Object.keys(view)], ...rows]);
}
const csvLines = rows => rows.map(row => row.map(cellText).join(",")).join("\r\n") + "\r\n";
function planCsv() {
  const cols = ["id", "name", "name_zh", "status", "why", "authority"];
  const plan = planNow();
  const rows = (plan?.plans || []).flatMap(one =>
    one.steps.map(s => [plan.title, one.rank, one.strategy, ...cols.map(k => s[k]), ...["min", "typical", "max"].map(k => s.duration?.[k]), s.needs.join(" ")]),
  );
  return csvLines([["plan", "rank", "strategy", ...cols, "days_min", "days_typical", "days_max", "needs"], ...rows]);
}

function jsonText() {
  const facts = shownFacts(),
    used = new Set(facts.flatMap(e => evidenceOf(e).list));
  const source = i =>
    Object.fromEntries(
      ["id", "title", "publisher", "published", "kind", "url"].map((k, j) => [k, D.src[i][j] ?? null]),
    );
  return JSON.stringify(
    {
      title: D.title,
      digest: D.digest,
      view: viewName(),
      as_of: S.at == null ? null : dayText(S.at),
      filters: filterText(),
      link: "#" + encode(S),
      nodes: shownNodes().map(n => ({
        id: D.n.id[n],
        label: D.types[D.n.t[n]][0],
        name: D.n.name[n],
        name_zh: D.n.zh[n] || null,
        aliases: D.n.al[n] || [],
        attributes: D.n.m[n] || {},
      })),
      edges: facts.map(e => ({
        fact_id: D.e.id[e],
        start: D.n.id[D.e.a[e]],
        end: D.n.id[D.e.b[e]],
        type: D.kinds[D.e.k[e]][0],
        status: stateOf(e),
        when: isStructure(e) ? null : dates(e),
        known_from: dayText(D.e.from[e]) || null,
        valid_to: dayText(D.e.to[e]) || null,
        confidence: D.e.cf[e],
        sources: cited(e, 0),
        attributes: D.e.m[e] || {},
      })),
      sources: [...used].sort((a, b) => a - b).map(source),
      ...(S.p === "plan" ? {plan: planNow()} : {}),
    },
    null,
    1,
  );
}
