// the current view as a file; every kind says as of when and under which filters
function download(blob, kind) {
  const name =
      (D.title
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .slice(0, 60) || "graph") +
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

const CSV = [
  "fact_id",
  "subject_id",
  "subject",
  "subject_zh",
  "type",
  "object_id",
  "object",
  "object_zh",
  "status",
  "known_from",
  "valid_to",
  "since",
  "until",
  "announced",
  "as_of",
  "confidence",
  "scope",
  "note",
  "sources",
  "source_links",
  "view_as_of",
  "view_filters",
];
function csvText() {
  if (S.v === "route") return routeCsv();
  const rows = VIEW.edges.map(e => [
    D.e.id[e],
    D.n.id[D.e.a[e]],
    D.n.name[D.e.a[e]],
    D.n.zh[D.e.a[e]],
    D.kinds[D.e.k[e]][0],
    D.n.id[D.e.b[e]],
    D.n.name[D.e.b[e]],
    D.n.zh[D.e.b[e]],
    D.states[D.e.st[e]],
    dayText(D.e.from[e]),
    dayText(D.e.to[e]),
    ...["since", "until", "announced", "as_of"].map(k => extra(e, k)),
    D.e.cf[e],
    extra(e, "scope"),
    extra(e, "note"),
    D.e.s[e].map(i => D.src[i][0]).join(" "),
    D.e.s[e]
      .map(i => D.src[i][5])
      .filter(Boolean)
      .join(" "),
    asofText(),
    filterText(),
  ]);
  return [CSV, ...rows].map(row => row.map(cellText).join(",")).join("\r\n") + "\r\n";
}
function routeCsv() {
  const cols = ["id", "level", "title", "title_zh", "authority", "duration"];
  const rows = D.route.map(s => [...cols.map(k => s[k]), s.needs.join(" "), asofText(), filterText()]);
  return (
    [[...cols, "needs", "view_as_of", "view_filters"], ...rows].map(row => row.map(cellText).join(",")).join("\r\n") +
    "\r\n"
  );
}

function jsonText() {
  const used = new Set(VIEW.edges.flatMap(e => D.e.s[e]));
  const source = i =>
    Object.fromEntries(
      ["id", "title", "publisher", "published", "kind", "url"].map((k, j) => [k, D.src[i][j] ?? null]),
    );
  return JSON.stringify(
    {
      title: D.title,
      digest: D.digest,
      view: S.v,
      as_of: S.at == null ? null : dayText(S.at),
      filters: filterText(),
      link: "#" + encode(S),
      nodes: VIEW.nodes.map(n => ({
        id: D.n.id[n],
        label: D.types[D.n.t[n]][0],
        name: D.n.name[n],
        name_zh: D.n.zh[n] || null,
        aliases: D.n.al[n] || [],
        attributes: D.n.m[n] || {},
      })),
      edges: VIEW.edges.map(e => ({
        fact_id: D.e.id[e],
        start: D.n.id[D.e.a[e]],
        end: D.n.id[D.e.b[e]],
        type: D.kinds[D.e.k[e]][0],
        status: D.states[D.e.st[e]],
        known_from: dayText(D.e.from[e]) || null,
        valid_to: dayText(D.e.to[e]) || null,
        confidence: D.e.cf[e],
        sources: D.e.s[e].map(i => D.src[i][0]),
        attributes: D.e.m[e] || {},
      })),
      sources: [...used].sort((a, b) => a - b).map(source),
      ...(S.v === "route" ? {route: D.route} : {}),
    },
    null,
    1,
  );
}
