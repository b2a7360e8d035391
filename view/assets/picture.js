// the drawing as an SVG of its own, with its name, date, filters and legend printed in; PNG is made from it
// lines of at most so many columns; a Chinese character takes two
function wrap(text, width, most) {
  const parts = text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) || [],
    lines = [""];
  let used = 0;
  for (const raw of parts)
    for (let part = raw; part;) {
      const bit = part.slice(0, width),
        size = /[\u2e80-\u9fff\uff00-\uffef]/.test(bit) ? 2 : bit.length;
      if (used + size > width && used > 0) {
        lines.push("");
        used = 0;
      }
      if (!(used === 0 && /^\s+$/.test(bit))) {
        lines[lines.length - 1] += bit;
        used += size;
      }
      part = part.slice(width);
    }
  return lines.length > most ? [...lines.slice(0, most - 1), lines[most - 1].slice(0, -1) + "…"] : lines;
}

function pictureHead(w, ink) {
  /** @type {[string, number, number][]} */
  const head = [
    [`${D.title}: ${viewName()}`, 18, 700],
    [`${t("asof")}: ${asofText()} · ${t("usedfilters")}: ${filterText()}`, 12, 400],
    [$("counts").textContent, 12, 400],
  ];
  /** @type {any[][]} */
  const lines = head.flatMap(([text, size, weight]) =>
    wrap(text, Math.floor(((w - 32) / size) * 1.75), 4).map(line => [line, size, weight]),
  );
  let y = 12;
  const kids = lines.map(([line, size, weight]) => {
    y += size + 6;
    return svg("text", {x: 16, y, fill: ink.fg, "font-size": size, "font-weight": weight}, line);
  });
  return {kids, h: y + 14};
}

function legendSvg(w, y, ink) {
  const used = D.types.map((_, k) => k).filter(k => VIEW.nodes.some(n => D.n.t[n] === k)),
    kids = [];
  let x = 16;
  for (const k of used) {
    const label = typeName(k),
      wide = 34 + textWide(label, 12);
    if (x + wide > w) {
      x = 16;
      y += 22;
    }
    const [tag, props] = outline(D.types[k][4], x + 7, y, 7);
    kids.push(
      svg(tag, {...props, fill: D.types[k][3], stroke: ink.fg}),
      svg("text", {x: x + 20, y: y + 4, fill: ink.fg, "font-size": 12}, label),
    );
    x += wide;
  }
  return {kids, h: y + 20};
}

// a line of text in the middle that whatever lies behind it leaves readable
const haloed = (x, y, size, ink, line) =>
  svg(
    "text",
    {
      x,
      y,
      "font-size": size,
      fill: ink.fg,
      "text-anchor": "middle",
      stroke: ink.bg,
      "stroke-width": 3,
      "paint-order": "stroke",
    },
    line,
  );

// an edge from rim to rim, bent when it has parallels
function edgeSvg(item, a, b, ink, out) {
  const bent = item.smooth?.enabled ? item.smooth.roundness * (item.smooth.type === "curvedCW" ? 1 : -1) : 0;
  const [mx, my] = curveVia([a.x, a.y], [b.x, b.y], bent < 0 ? -1 : 1, Math.abs(bent));
  const rim = (p, q, r) => {
    const l = Math.hypot(q.x - p.x, q.y - p.y) || 1;
    return [p.x + ((q.x - p.x) * r) / l, p.y + ((q.y - p.y) * r) / l].map(v => v.toFixed(1));
  };
  const mid = {x: mx, y: my},
    d =
      a === b
        ? `M${a.x} ${a.y - a.r}c-${a.r * 3} -${a.r * 3} ${a.r * 3} -${a.r * 3} 0 0`
        : `M${rim(a, bent ? mid : b, a.r)}${bent ? `Q${mx.toFixed(1)} ${my.toFixed(1)} ` : "L"}${rim(b, bent ? mid : a, b.r + 3)}`;
  out.push(
    svg("path", {
      d,
      fill: "none",
      stroke: item.color.color,
      "stroke-opacity": item.color.opacity,
      "stroke-width": item.width.toFixed(1),
      "stroke-dasharray": Array.isArray(item.dashes) ? item.dashes.join(" ") : null,
      "marker-end": item.arrows ? "url(#tip)" : null,
    }),
  );
  const [x, y] = [(a.x + b.x) / 4 + mx / 2, (a.y + b.y) / 4 + my / 2].map(v => v.toFixed(1));
  if (item.label) out.push(haloed(x, y, item.font.size, ink, item.label));
}

// one face for the drawing and its picture, so that what has room in one has room in the other
const FACE = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
  RULER = document.createElement("canvas").getContext("2d");

// width of a line of text
function textWide(line, size) {
  RULER.font = `${size}px ${FACE}`;
  return RULER.measureText(line).width;
}

// a text that fits a width, cut where it does not
function fitted(text, size, room) {
  let most = [...text].length;
  while (most > 1 && textWide(short(text, most), size) > room) most--;
  return short(text, most);
}

function graphSvg(ink) {
  const data = NET.body.data,
    spot = new Map(),
    kids = [],
    at = NET.getPositions();
  const box = {x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity};
  const grow = (x, y, m, side = m) => {
    box.x0 = Math.min(box.x0, x - side);
    box.y0 = Math.min(box.y0, y - m);
    box.x1 = Math.max(box.x1, x + side);
    box.y1 = Math.max(box.y1, y + m);
  };
  for (const n of data.nodes.get()) {
    const p = at[n.id];
    spot.set(n.id, {x: p.x, y: p.y, r: n.size});
    const lines = n.label.split("\n");
    grow(
      p.x,
      p.y,
      n.size + lines.length * (n.font.size + 4) + 8,
      Math.max(n.size, ...lines.map(line => textWide(line, n.font.size) / 2)) + 12,
    );
  }
  for (const n of LIVE.rest) {
    const [x, y] = SPOT(n);
    grow(x, y, 20);
    kids.push(svg("circle", {cx: x, cy: y, r: 5, fill: D.types[D.n.t[n]][3], "fill-opacity": 0.5}));
  }
  for (const e of data.edges.get()) edgeSvg(e, spot.get(e.from), spot.get(e.to), ink, kids);
  const many = data.nodes.length > TINY && !SPOT?.own;
  for (const n of data.nodes.get()) {
    const p = spot.get(n.id),
      [tag, props] = outline(n.shape, p.x, p.y, n.size);
    kids.push(svg(tag, {...props, fill: n.color.background, stroke: n.color.border, "stroke-width": n.borderWidth}));
    if (many && typeof n.id === "number" && degree(n.id) < 8) continue;
    n.label.split("\n").forEach((line, i) => {
      kids.push(haloed(p.x, p.y + n.size + (i + 1) * (n.font.size + 2), n.font.size, ink, line));
    });
  }
  if (box.x0 === Infinity) grow(0, 0, 100);
  return {kids, ...box};
}

function picture() {
  const ink = paint(),
    g = graphSvg(ink);
  const size = [g.x1 - g.x0, g.y1 - g.y0],
    w = Math.max(900, Math.round(Math.min(2400, size[0]))),
    k = w / size[0];
  const head = pictureHead(w, ink),
    deep = size[1] * k,
    foot = legendSvg(w, head.h + deep + 20, ink);
  const tip = svg(
    "defs",
    {},
    svg(
      "marker",
      {
        id: "tip",
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        markerWidth: 7,
        markerHeight: 7,
        markerUnits: "userSpaceOnUse",
        orient: "auto",
      },
      svg("path", {d: "M0 0L8 4L0 8Z", fill: ink.soft}),
    ),
  );
  const transform = `translate(${(-g.x0 * k).toFixed(2)} ${(head.h - g.y0 * k).toFixed(2)}) scale(${k.toFixed(4)})`,
    height = Math.ceil(foot.h);
  const el = svg(
    "svg",
    {xmlns: SVGNS, width: w, height, viewBox: `0 0 ${w} ${height}`, "font-family": FACE},
    svg("title", {}, D.title),
    svg("rect", {width: "100%", height: "100%", fill: ink.bg}),
    head.kids,
    tip,
    svg("g", {transform}, g.kids),
    foot.kids,
  );
  return {text: new XMLSerializer().serializeToString(el), w, h: height};
}
