// small drawings of our own: lines of a figure by who counts it, and lanes of dates
const INKS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A8A8A", "#E69F00"];

function figureChart(metric, list) {
  const at = f => f[1] ?? (isDate(f[6][0]?.[1]) ? spanOf(f[6][0][1])[1] : null);
  const points = list.filter(f => typeof f[5].value === "number" && at(f) != null);
  const lines = [...groupBy(points, f => [f[5].measured_by, f[5].scope, f[5].market].filter(Boolean).join(" · ") || t("unnamed"))].filter(
    ([, fs]) => fs.length > 1,
  );
  if (!lines.length) return null;
  const days = lines.flatMap(([, fs]) => fs.map(at)),
    vals = lines.flatMap(([, fs]) => fs.map(f => f[5].value));
  const [d0, d1, top] = [Math.min(...days), Math.max(...days), Math.max(...vals)],
    W = 420,
    H = 120;
  const x = d => 56 + ((d - d0) / (d1 - d0 || 1)) * (W - 72),
    y = v => H - 24 - (v / (top || 1)) * (H - 44);
  const el = svg(
    "svg",
    {viewBox: `0 0 ${W} ${H}`, class: "chart", role: "img", "aria-label": `${termName(metric)}: ${lines.map(l => l[0]).join("; ")}`},
    svg("line", {x1: 56, y1: H - 24, x2: W - 16, y2: H - 24, stroke: "currentColor", "stroke-opacity": 0.3}),
    svg("text", {x: 50, y: y(top) + 4, "text-anchor": "end", "font-size": 14, fill: "currentColor"}, top >= 1e6 ? top / 1e6 + " M" : String(top)),
    svg("text", {x: 56, y: H - 4, "font-size": 14, fill: "currentColor"}, dayText(d0).slice(0, 7)),
    svg("text", {x: W - 16, y: H - 4, "font-size": 14, "text-anchor": "end", fill: "currentColor"}, dayText(d1).slice(0, 7)),
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
    kids.push(
      svg("line", {x1: x(d), y1: 18, x2: x(d), y2: "100%", stroke: "currentColor", "stroke-opacity": 0.15}),
      svg("text", {x: x(d) + 3, y: 14, "font-size": 12, fill: "currentColor"}, String(year)),
    );
  }
  for (const [name, es] of lanes) {
    if (!es.length) continue;
    kids.push(svg("text", {x: 4, y: y + 12, "font-size": 13, "font-weight": 600, fill: "var(--on)"}, name));
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
        first[0] === "announced"
          ? svg("polygon", {points: `${mid},${y + 2} ${mid + 6},${y + 8} ${mid},${y + 14} ${mid - 6},${y + 8}`, fill: ink})
          : svg("circle", {cx: mid, cy: y + 8, r: 5, fill: first[0] === "seen" ? "var(--bg)" : ink, stroke: ink, "stroke-width": 2}),
      );
    }
  }
  if (over) marks.push(svg("line", {x1: x(spanOf(over[1])[1]), y1: y + 1, x2: x(spanOf(over[1])[1]), y2: y + 15, stroke: ink, "stroke-width": 3}));
  const label = `${S.id == null ? nameOf(D.e.a[e]) + " × " : ""}${nameOf(S.id == null ? D.e.b[e] : other(e, S.id))}`;
  const el = svg(
    "g",
    {class: "lane", tabindex: 0, role: "button", id: "lane-" + e, "aria-label": factWords(e)},
    svg("rect", {x: 0, y, width: 1000, height: 18, fill: "transparent"}),
    svg("text", {x: 244, y: y + 12, "font-size": 12, "text-anchor": "end", fill: "currentColor"}, fitted(label, 12, 240)),
    marks,
  );
  const open = () => select("e", e);
  el.addEventListener("click", open);
  el.addEventListener("keydown", ev => {
    if (ev.key === "Enter" || ev.key === " ") {
      ev.preventDefault();
      open();
      $("lane-" + e)?.focus();
    }
  });
  return el;
}

function timelineView() {
  const n = S.id;
  const facts = n == null ? [...new Set(tiesOf("partners").flatMap(c => c.things))] : ADJ[n].filter(e => !isStructure(e) && stateOf(e) !== "denied" && extra(e, "preferred") !== false && (S.at == null || D.e.from[e] == null || D.e.from[e] <= S.at));
  const by = groupBy(facts, e => D.kinds[D.e.k[e]][0]);
  const lanes = [...by]
    .sort((a, b) => THEME_ORDER(a[1][0]) - THEME_ORDER(b[1][0]))
    .map(([, es]) => [kindName(D.e.k[es[0]]), es.sort((a, b) => (dayOf(a) ?? 1e9) - (dayOf(b) ?? 1e9)).slice(0, 80)]);
  return [
    viewHead(n == null ? t("timelineall") : [nameLink(n), ": ", t("v_timeline")], t("lanekey")),
    h("figure", {class: "wide"}, laneChart(lanes)),
  ];
}
