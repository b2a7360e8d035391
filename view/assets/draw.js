// the drawing: vis-network with physics off; positions come with the data or from look.js
const MAXEDGES = 2500,
  PHONE = 640, // width in pixels below which a name is drawn in a size that can be read, or not at all
  READABLE = 11,
  TINY = 60;
let NET,
  VIEW,
  LIVE,
  GROUPS,
  SPOT,
  SPREAD,
  lastDraw = "",
  lastFit = "",
  tuned = "";

// the colours of the style sheet, light and dark; asked once, since the answer takes the whole page's styles
const PAINTS = {};
const paint = () => {
  const css = getComputedStyle(document.documentElement),
    names = ["bg", "fg", "soft", "line", "on", "warn", "hit", "pane"];
  return (PAINTS[String(dark())] ??= Object.fromEntries(names.map(k => [k, css.getPropertyValue("--" + k).trim()])));
};

function drawGraph() {
  sift();
  VIEW = viewed();
  draw();
}

// last, when bars and table have taken their room
function fitOnce() {
  const where = JSON.stringify([S.v, S.by, S.f, S.h, S.c, S.a, S.b, S.d, S.x.length, S.tab > 0]);
  if (where !== lastFit) fit();
  lastFit = where;
}

function draw() {
  const {p, id, plan, lens, sector, from, until, what, src, sel, tab, sort, q, ...rest} = S;
  const key = JSON.stringify(rest);
  if (key !== lastDraw) {
    GROUPS = S.v === "over" ? groups() : null;
    LIVE = GROUPS ? {nodes: [], edges: [], rest: []} : liveOf(VIEW);
    SPOT = GROUPS ? null : spots(VIEW);
    SPREAD = GROUPS ? null : spread(VIEW.nodes);
    const items = GROUPS ? groupItems() : {nodes: LIVE.nodes.map(nodeItem), edges: edgeItems(LIVE.edges)};
    behindPrepare();
    const few = items.nodes.length <= TINY || (SPOT?.own && items.nodes.length <= 160),
      threshold = $("net").clientWidth < PHONE ? READABLE - 0.1 : few ? 5 : 9,
      tuning = {
        interaction: {hideEdgesOnDrag: items.edges.length > 900},
        nodes: {scaling: {label: {drawThreshold: threshold}}},
        edges: {scaling: {label: {drawThreshold: threshold}}},
      };
    if (!NET) startNet(items, tuning);
    else {
      // vis goes through every entity when it is given options, so only when they differ
      if (JSON.stringify(tuning) !== tuned) NET.setOptions(tuning);
      NET.setData({nodes: new vis.DataSet(items.nodes), edges: new vis.DataSet(items.edges)});
    }
    tuned = JSON.stringify(tuning);
    lastDraw = key;
  }
  mark();
}

// at most D.live entities are live: the chosen ones first, then those with most facts
function liveOf(view) {
  const must = new Set([...S.f, ...S.x, ...pins().keys(), S.a, S.b]);
  const chosen = selected();
  if (chosen?.kind === "n") must.add(chosen.at);
  let nodes = view.nodes,
    rest = [];
  if (nodes.length > D.live) {
    const order = [...nodes].sort((a, b) => +must.has(b) - +must.has(a) || degree(b) - degree(a) || a - b);
    nodes = order.slice(0, D.live);
    rest = order.slice(D.live);
  }
  const set = new Set(nodes);
  const edges = view.edges.filter(e => set.has(D.e.a[e]) && set.has(D.e.b[e]));
  return {
    nodes,
    rest,
    edges: edges.length > MAXEDGES ? best(edges) : edges,
    restEdges: rest.length || edges.length > MAXEDGES,
  };
}

// too many facts for live lines: those within a community first, then by confidence
const best = edges =>
  [...edges].sort((a, b) => +within(b) - +within(a) || (D.e.cf[b] ?? 0) - (D.e.cf[a] ?? 0) || a - b).slice(0, MAXEDGES);
const within = e => COM[D.e.a[e]] === COM[D.e.b[e]];

function startNet(items, tuning) {
  NET = new vis.Network(
    $("net"),
    {nodes: new vis.DataSet(items.nodes), edges: new vis.DataSet(items.edges)},
    {
      physics: false,
      layout: {improvedLayout: false},
      interaction: {
        ...tuning.interaction,
        keyboard: false,
        hover: false,
        multiselect: false,
        selectConnectedEdges: false,
        tooltipDelay: 1e6,
        zoomSpeed: 0.6,
      },
      nodes: {
        borderWidth: 1,
        borderWidthSelected: 4,
        labelHighlightBold: false,
        chosen: false,
        font: {face: FACE},
        scaling: {label: {enabled: false, maxVisible: 17, ...tuning.nodes.scaling.label}},
      },
      edges: {...tuning.edges, font: {face: FACE}, chosen: false, arrowStrikethrough: false, selectionWidth: 0},
    },
  );
  NET.on("beforeDrawing", behindDraw);
  NET.on("click", p => {
    const n = p.nodes[0],
      e = p.edges[0];
    if (n != null) return typeof n === "number" ? select("n", n) : select("g", Number(n.slice(1)));
    if (typeof e === "string" && e[0] === "e") return select("e", Number(e.slice(1)));
    const back = behindAt(p.pointer.canvas, NET.getScale());
    if (back != null) change({x: [...S.x, back], sel: "n" + D.n.id[back]});
    else unselect();
  });
  NET.on("doubleClick", p => {
    if (p.nodes[0] != null) enter();
  });
  NET.on("dragEnd", p => {
    if (typeof p.nodes[0] === "number") pinAt(p.nodes[0]);
  });
  NET.once("afterDrawing", () => {
    document.documentElement.dataset.ready = String(performance.now());
  });
}

// the whole view in the window, with room for labels below and beside the outermost entities
function fit() {
  const spot = NET.getPositions(),
    at = Object.values(spot),
    box = $("net").getBoundingClientRect();
  const back =
    BACK.box && BACK.canvas
      ? [
          {x: BACK.box[0], y: BACK.box[1]},
          {x: BACK.box[0] + BACK.box[2], y: BACK.box[1] + BACK.box[3]},
        ]
      : [];
  if (!at.length || !box.width) return;
  NET.redraw();
  const [left, right] = extent([...at, ...back].map(p => p.x)),
    [top, bottom] = extent([...at, ...back].map(p => p.y));
  // where names are read, the outermost ones need their whole width
  const nodes = NET.body.data.nodes.get(),
    ends = (nodes.length > 160 ? [] : nodes).map(n => {
      const half = Math.max(...n.label.split("\n").map(line => textWide(line, n.font.size))) / 2;
      return {l: spot[n.id].x - half - 8, r: spot[n.id].x + half + 8};
    });
  const [x0, x1, y0, y1] = [
    Math.min(left - 85, ...ends.map(e => e.l)),
    Math.max(right + 85, ...ends.map(e => e.r)),
    top - (GROUPS ? 60 : 40),
    bottom + (GROUPS ? 115 : 65),
  ];
  const scale = Math.min(1.4, box.width / (x1 - x0), box.height / (y1 - y0)),
    texts = [...nodes, ...NET.body.data.edges.get()].map(item => item.font.size),
    least = box.width < PHONE && ends.length ? READABLE / Math.min(...texts) : 0,
    whole = scale >= least;
  // a drawing too large for a phone begins at its middle with names that can be read, and is moved with a thumb
  NET.moveTo({
    position: whole || !STAR ? {x: (x0 + x1) / 2, y: (y0 + y1) / 2} : {x: 0, y: 0},
    scale: Math.max(scale, least),
    animation: false,
  });
}

function nodeItem(n) {
  const ink = paintNow,
    chosen = S.sel === "n" + D.n.id[n],
    hub = !SPOT.own && D.n.c[n] === n,
    type = D.types[D.n.t[n]],
    [x, y] = SPOT(n),
    deg = degree(n);
  const focus = (S.v === "near" && S.f.includes(n)) || n === S.a || n === S.b;
  return {
    id: n,
    x,
    y,
    shape: type[4],
    size: STAR ? starSize(n) : (SPOT.own ? 1 : SPREAD.dot) * ((focus ? 20 : 8) + Math.min(16, Math.sqrt(deg) * 1.5)),
    label: STAR ? nameLines(n).join("\n") : short(nameOf(n), 26),
    color: {background: type[3], border: ink.fg},
    borderWidth: chosen || S.pin.some(p => p.startsWith(D.n.id[n] + "@")) ? 4 : 1,
    font: lettering(
      STAR ? STARFONT + (focus ? 3 : 0) : Math.round(hub ? SPREAD.hub : (focus ? 20 : 14) + Math.min(8, Math.sqrt(deg))),
      {vadjust: -2},
    ),
  };
}
const lettering = (size, more) => ({color: paintNow.fg, size, strokeWidth: 4, strokeColor: paintNow.bg, ...more});

const DASH = {announced: [8, 5], reported: [3, 4], denied: [2, 8], ended: [12, 4, 3, 4]};
function edgeItems(list) {
  const ink = paintNow,
    names = list.length <= 40,
    seen = new Map(),
    pairs = groupBy(list, pairKey);
  return list.map(e => {
    const a = D.e.a[e],
      b = D.e.b[e],
      state = stateOf(e),
      key = pairKey(e),
      at = seen.get(key) || 0,
      all = pairs.get(key).length;
    seen.set(key, at + 1);
    const fan = bendOf(a, b, at, all),
      round = Math.min(0.17, 1.7 / all) * Math.abs(fan),
      bend = STAR && a !== b ? clearBend(a, b, Math.sign(fan) * round) : Math.sign(fan) * round,
      aside = S.v === "near" && !S.f.includes(a) && !S.f.includes(b);
    const label = [names && !(STAR && aside) ? kindName(D.e.k[e]) : "", S.at != null && undated(e) && !isStructure(e) ? "?" : ""].filter(Boolean).join(" ");
    return {
      id: "e" + e,
      from: a,
      to: b,
      arrows: {to: {enabled: true, scaleFactor: names ? 0.6 : 0.45}},
      width: 0.7 + 1.6 * (D.e.cf[e] ?? 0.3),
      color: {
        color: state === "denied" ? ink.warn : ink.soft,
        opacity: aside ? 0.28 : names ? 0.95 : list.length < 400 ? 0.6 : within(e) ? 0.5 : 0.13,
      },
      dashes: DASH[state] || false,
      label,
      font: lettering(11, {align: "middle"}),
      smooth:
        bend === 0 || a === b
          ? false
          : {enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend)},
      selfReference: {size: 16 + 7 * at, angle: 0.8 + at * 0.5},
    };
  });
}
// parallel facts fan out to both sides, so that they can be counted
const bendOf = (a, b, at, all) => (a === b ? 0 : (at - (all - 1) / 2) * (a < b ? 1 : -1));

// groups of the overview: communities or types, with the links between them
function groups() {
  const of = S.by === "com" ? n => COM[n] : n => D.n.t[n],
    found = new Map(),
    between = new Map();
  for (const n of VIEW.nodes) {
    const g = of(n);
    if (!found.has(g)) found.set(g, {g, nodes: [], inside: 0, types: new Map()});
    const group = found.get(g);
    group.nodes.push(n);
    group.types.set(D.n.t[n], (group.types.get(D.n.t[n]) || 0) + 1);
  }
  for (const e of VIEW.edges) {
    const a = of(D.e.a[e]),
      b = of(D.e.b[e]);
    if (a === b) {
      if (found.has(a)) found.get(a).inside++;
      continue;
    }
    const key = Math.min(a, b) + "|" + Math.max(a, b);
    between.set(key, (between.get(key) || 0) + 1);
  }
  const links = [...between]
    .map(([key, n]) => {
      const [a, b] = key.split("|").map(Number);
      return {a, b, n};
    })
    .sort((p, q) => q.n - p.n || p.a - q.a || p.b - q.b);
  return {found, links};
}
const groupFont = list => Math.min(25, 15 + Math.round(list.length / 4));
const groupName = g => (S.by === "type" ? typeName(g) : g < 0 ? t("loose") : nameOf(g));

function groupItems() {
  const ink = paintNow,
    list = [...GROUPS.found.values()],
    place = S.by === "com" ? centres(list) : ring(list),
    seen = new Map();
  const nodes = list.map(({g, nodes, types}) => {
    const main = S.by === "type" ? g : g >= 0 ? D.n.t[g] : [...types].sort((a, b) => b[1] - a[1])[0][0],
      [x, y] = place.get(g),
      type = D.types[main];
    return {
      id: "g" + g,
      x,
      y,
      shape: S.by === "type" ? type[4] : "dot",
      size: 11 + Math.sqrt(nodes.length) * 2.1,
      label: `${short(groupName(g), list.length > 20 ? 18 : 24)}\n${nodes.length}`,
      color: {background: type[3], border: ink.fg},
      font: lettering(groupFont(list)),
    };
  });
  // each group keeps its two strongest links; all of them are in the panel
  const kept = GROUPS.links.filter(l => {
    const a = seen.get(l.a) || 0,
      b = seen.get(l.b) || 0;
    seen.set(l.a, a + 1);
    seen.set(l.b, b + 1);
    return a < 2 || b < 2;
  });
  const top = kept.length ? kept[0].n : 1;
  const edges = kept.map(l => ({
    id: `l${l.a}|${l.b}`,
    from: "g" + l.a,
    to: "g" + l.b,
    smooth: false,
    width: 1 + 7 * Math.sqrt(l.n / top),
    color: {color: ink.soft, opacity: 0.45},
    label: String(l.n),
    font: lettering(12),
  }));
  return {nodes, edges};
}

// what is chosen as the drawing knows it, if it is of one of these kinds
const drawnId = (chosen, kinds) =>
  !chosen || !kinds.includes(chosen.kind) ? null : chosen.kind === "n" ? chosen.at : chosen.kind + chosen.at;

let marked = null;
function mark() {
  if (!NET) return;
  // vis draws all anew, and has the page laid out for it, at each update: once, with the next frame, is enough
  NET.renderer.allowRedraw = false;
  remark();
  NET.renderer.allowRedraw = true;
  NET.body.emitter.emit("_requestRedraw");
}
function remark() {
  const chosen = selected(),
    id = drawnId(chosen, "nge"),
    data = NET.body.data,
    ink = paintNow;
  const rim = (id, borderWidth, border) =>
    data.nodes.update({id, borderWidth, color: {border, background: data.nodes.get(id).color.background}});
  if (marked != null && marked !== id) {
    if (data.nodes.get(marked)) rim(marked, 1, ink.fg);
    if (data.edges.get(marked))
      data.edges.update(edgeItems([Number(marked.slice(1))]).map(({id, width, color}) => ({id, width, color})));
  }
  if (id != null && data.nodes.get(id)) rim(id, 6, ink.on);
  if (chosen?.kind === "e" && data.edges.get(id)) data.edges.update({id, width: 5, color: {color: ink.on, opacity: 1}});
  marked = id;
}

// open what is chosen: a group shows its members, an entity its neighbourhood
function enter() {
  const chosen = selected();
  if (chosen?.kind === "g") change({v: S.by === "com" ? "com" : "kind", c: chosen.at, x: [], sel: ""});
  if (chosen?.kind === "n") change({v: "near", f: [chosen.at], x: []});
}
const near = (n, h) => change({p: "graph", v: "near", f: [n], h, x: [], sel: "n" + D.n.id[n]});
function expand(n) {
  if (S.v === "over") return near(n, 1);
  const grown = ADJ[n]
    .filter(e => OKE[e])
    .map(e => other(e, n))
    .filter(m => OKN[m] && !VIEW.nodes.includes(m));
  change({x: [...new Set([...S.x, ...grown])]});
}
function pinAt(n) {
  const at = NET.getPositions([n])[n] || {x: SPOT(n)[0], y: SPOT(n)[1]},
    id = D.n.id[n];
  change({pin: [...S.pin.filter(p => !p.startsWith(id + "@")), `${id}@${Math.round(at.x)},${Math.round(at.y)}`]});
}
const isPinned = n => pins().has(n);
const unpin = n => change({pin: S.pin.filter(p => !p.startsWith(D.n.id[n] + "@"))});
const hideNode = n => change({hide: [...S.hide, n], sel: ""});
