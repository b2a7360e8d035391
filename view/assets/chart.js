// small drawings of our own: lines of a figure by who counts it, and lanes of dates
const INKS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A8A8A", "#E69F00"];

const svgText = (x, y, size, text, props) => svg("text", {x, y, "font-size": size, fill: "currentColor", ...props}, text);
const gridLine = (x, y1, y2) => svg("line", {x1: x, y1, x2: x, y2, stroke: "currentColor", "stroke-opacity": 0.15});
// a row of a drawing that opens like a button
function lane(id, label, open, ...kids) {
  const onkeydown = ev => {
    if (ev.key !== "Enter" && ev.key !== " ") return;
    ev.preventDefault();
    open();
    $(id)?.focus();
  };
  return svg("g", {class: "lane", tabindex: 0, role: "button", id, "aria-label": label, onclick: open, onkeydown}, ...kids);
}

function figureChart(metric, list) {
  const at = f => f[1] ?? (isDate(f[6][0]?.[1]) ? spanOf(f[6][0][1])[1] : null);
  const points = list.filter(f => typeof f[5].value === "number" && at(f) != null);
  const lines = [...groupBy(points, f => [f[5].measured_by, f[5].scope, f[5].market].filter(Boolean).join(" · ") || t("unnamed"))].filter(
    ([, fs]) => fs.length > 1,
  );
  if (!lines.length) return null;
  const days = lines.flatMap(([, fs]) => fs.map(at)),
    vals = lines.flatMap(([, fs]) => fs.map(f => f[5].value));
  const [d0, d1] = extent(days),
    top = Math.max(...vals),
    W = 420,
    H = 120;
  const x = d => 56 + ((d - d0) / (d1 - d0 || 1)) * (W - 72),
    y = v => H - 24 - (v / (top || 1)) * (H - 44);
  const el = svg(
    "svg",
    {viewBox: `0 0 ${W} ${H}`, class: "chart", role: "img", "aria-label": `${termName(metric)}: ${lines.map(l => l[0]).join("; ")}`},
    svg("line", {x1: 56, y1: H - 24, x2: W - 16, y2: H - 24, stroke: "currentColor", "stroke-opacity": 0.3}),
    svgText(50, y(top) + 4, 14, top >= 1e6 ? top / 1e6 + " M" : String(top), {"text-anchor": "end"}),
    svgText(56, H - 4, 14, dayText(d0).slice(0, 7)),
    svgText(W - 16, H - 4, 14, dayText(d1).slice(0, 7), {"text-anchor": "end"}),
    lines.flatMap(([, fs], i) => {
      const ink = INKS[i % INKS.length],
        pts = [...fs].sort((a, b) => at(a) - at(b)).map(f => [x(at(f)), y(f[5].value)]);
      return [
        svg("polyline", {points: pts.map(p => p.map(v => v.toFixed(1)).join(",")).join(" "), fill: "none", stroke: ink, "stroke-width": 2}),
        ...pts.map(([px, py]) => svg("circle", {cx: px.toFixed(1), cy: py.toFixed(1), r: 3, fill: ink})),
      ];
    }),
  );
  const key = h(
    "p",
    {class: "sub"},
    lines.flatMap(([name, fs], i) => [
      i ? " · " : "",
      svg("svg", {viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true"}, svg("circle", {cx: 5, cy: 5, r: 4, fill: INKS[i % INKS.length]})),
      " ",
      bdi(name),
      ` (${fs.length})`,
    ]),
  );
  return h("figure", {}, el, key);
}

// lanes: a bar only where a beginning is known, a diamond for announced, a ring for seen, a dot for a source's day
function laneChart(lanes) {
  const items = lanes.flatMap(([, es]) => es);
  const known = items.filter(e => D.e.w[e]?.some(w => isDate(w[1])));
  if (!known.length) return h("p", {class: "sub"}, t("nodates"));
  const days = known.flatMap(e => D.e.w[e].filter(w => isDate(w[1])).flatMap(w => spanOf(w[1])));
  const now = S.at ?? Math.max(...days),
    d0 = Math.max(Math.min(...days), now - 365 * 9),
    d1 = Math.max(now, ...days) + 20;
  const W = 1000,
    L = 250,
    x = d => L + ((Math.max(d, d0) - d0) / (d1 - d0)) * (W - L - 20);
  const kids = [];
  let y = 26;
  for (let year = new Date(d0 * 864e5).getUTCFullYear(); year <= new Date(d1 * 864e5).getUTCFullYear(); year++) {
    const d = Date.UTC(year, 0, 1) / 864e5;
    if (d < d0) continue;
    kids.push(gridLine(x(d), 18, "100%"), svgText(x(d) + 3, 14, 12, String(year)));
  }
  for (const [name, es] of lanes) {
    if (!es.length) continue;
    kids.push(svgText(4, y + 12, 13, name, {"font-weight": 600, fill: "var(--on)"}));
    y += 20;
    for (const e of es) kids.push(laneLine(e, y, x, now)), (y += 19);
    y += 6;
  }
  kids.push(svg("line", {x1: x(now), y1: 18, x2: x(now), y2: y, stroke: "var(--warn)", "stroke-dasharray": "3 3"}));
  return svg("svg", {viewBox: `0 0 ${W} ${y + 6}`, class: "lanes", role: "group", "aria-label": t("v_timeline")}, kids);
}

function laneLine(e, y, x, now) {
  const words = D.e.w[e] || [],
    first = words[0],
    over = words.find(w => w[0] === "ended" && isDate(w[1])),
    ink = over ? "var(--soft)" : "var(--on)";
  const marks = [];
  if (isDate(first?.[1])) {
    const [a, b] = spanOf(first[1]),
      end = over ? spanOf(over[1])[1] : now;
    if (first[0] === "since")
      marks.push(svg("rect", {x: x(a), y: y + 4, width: Math.max(3, x(Math.max(end, a)) - x(a)), height: 9, rx: 2, fill: ink, "fill-opacity": stateOf(e) === "confirmed" || over ? 0.85 : 0.4}));
    else {
      const mid = x((a + b) / 2);
      if (b > a) marks.push(svg("line", {x1: x(a), y1: y + 8, x2: x(b), y2: y + 8, stroke: ink, "stroke-opacity": 0.5}));
      marks.push(
        first[0] === "announced" || first[0] === "planned"
          ? svg("polygon", {points: `${mid},${y + 2} ${mid + 6},${y + 8} ${mid},${y + 14} ${mid - 6},${y + 8}`, fill: ink})
          : svg("circle", {cx: mid, cy: y + 8, r: 5, fill: first[0] === "seen" ? "var(--bg)" : ink, stroke: ink, "stroke-width": 2}),
      );
    }
  }
  if (over) {
    const last = x(spanOf(over[1])[1]);
    marks.push(svg("line", {x1: last, y1: y + 1, x2: last, y2: y + 15, stroke: ink, "stroke-width": 3}));
  }
  const label = `${S.id == null ? nameOf(D.e.a[e]) + " × " : ""}${nameOf(S.id == null ? D.e.b[e] : other(e, S.id))}`;
  return lane(
    "lane-" + e,
    factWords(e),
    () => select("e", e),
    svg("rect", {x: 0, y, width: 1000, height: 18, fill: "transparent"}),
    svgText(244, y + 12, 12, fitted(label, 12, 240), {"text-anchor": "end"}),
    marks,
  );
}

function timelineView() {
  const n = S.id;
  const begun = e => stateOf(e) !== "denied" && extra(e, "preferred") !== false && inForce(D.e.from[e], null);
  const shown =
    n == null
      ? [...new Set(tiesOf("partners").flatMap(c => c.things))]
      : ADJ[n].filter(e => !isStructure(e) && begun(e));
  const by = groupBy(shown, e => D.kinds[D.e.k[e]][0]);
  const lanes = [...by]
    .sort((a, b) => THEME_ORDER(a[1][0]) - THEME_ORDER(b[1][0]))
    .map(([, es]) => [kindName(D.e.k[es[0]]), es.sort((a, b) => (dayOf(a) ?? 1e9) - (dayOf(b) ?? 1e9)).slice(0, 80)]);
  return [
    viewHead(n == null ? t("timelineall") : [nameLink(n), ": ", t("v_timeline")], t("lanekey")),
    h("figure", {class: "wide"}, laneChart(lanes)),
  ];
}
