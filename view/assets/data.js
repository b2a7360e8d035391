// the data block, its indexes, and small helpers for elements; text only ever goes in as text
let D, ADJ, BYID, ONE, PAIRS, FIGS, FIND;
/** @type {(id: string) => any} any part of the page; each is of a kind of its own */
const $ = id => document.getElementById(id);

function readData() {
  D = JSON.parse(unpack("data"));
  // characters beyond ASCII stand in an address as themselves; a link has their bytes
  for (const one of D.src) if (/^[^%]*[^\x00-\x7f][^%]*$/.test(one[5] || "")) one[5] = encodeURI(one[5]);
  D.n.m = fieldsOf(D.n.m);
  D.filings = Object.values(fieldsOf(D.filings));
  readDated(D.e);
  readDated(D.f);
  D.e.id = D.e.id.map((id, e) => fullId(id, D.n.id[D.e.a[e]], D.n.id[D.e.b[e]]));
  D.f = D.f.n.map((n, i) => {
    const {id, from, to, cf, s, m, w} = D.f;
    return [n, from[i], to[i], cf[i], s[i], {...m[i], id: fullId(id[i], D.n.id[n])}, w[i] || []];
  });
  ADJ = D.n.id.map(() => []);
  D.e.id.forEach((_, i) => {
    ADJ[D.e.a[i]].push(i);
    if (D.e.a[i] !== D.e.b[i]) ADJ[D.e.b[i]].push(i);
  });
  PAIRS = groupBy(D.e.id.keys(), pairKey);
  BYID = new Map(D.n.id.map((id, i) => [id, i]));
  ONE = new Map(D.e.id.map((id, i) => [id, i]));
  FIGS = groupBy(D.f, f => f[0]);
  indexConflicts();
  FIND = D.n.id.map((id, i) => [id, D.n.name[i], D.n.zh[i], ...(D.n.al[i] || [])].map(fold));
}

// what facts and figures have alike: the words of their dates, and other fields. The day of the first word is a field
// too, and stands once; so do texts that many share, of which a row has the number
function readDated(all) {
  all.m = fieldsOf(all.m);
  all.w = fieldsOf(all.w);
  for (const more of Object.values(all.m))
    for (const key of D.shared) if (typeof more[key] === "number") more[key] = D.texts[more[key]];
  for (const i in all.w) {
    const [[word, day]] = (all.w[i] = Object.entries(all.w[i]));
    if (D.said[word]) (all.m[i] ??= {})[D.said[word]] ??= day;
  }
}

const fold = s => s.normalize("NFKC").toLowerCase();
const pairKey = e => {
  const a = D.e.a[e],
    b = D.e.b[e];
  return a < b ? a * 1e6 + b : b * 1e6 + a;
};
const degree = n => ADJ[n].length;
const other = (e, n) => (D.e.a[e] === n ? D.e.b[e] : D.e.a[e]);
const nameOf = n => (tongue() && D.n.zh[n] ? D.n.zh[n] : D.n.name[n]);
// its name in the other language, where it has another
const secondName = n => [D.n.zh[n], D.n.name[n]].find(name => name && name !== nameOf(n)) || "";
const typeName = k => D.types[k][tongue() ? 2 : 1];
const kindName = k => D.kinds[k][tongue() ? 2 : 1];
// what has no Chinese name shows its own
const named = (key, list) => (tongue() && Object.hasOwn(list, key) ? list[key] : key.replace(/_/g, " "));
const termName = key => named(key, D.named);
const sectorName = key => named(key, D.sectors);
// the seat is written as the name of a place, or of several
const placeName = text => text.split(" / ").map(x => (D.n.name.includes(x) ? nameOf(D.n.name.indexOf(x)) : x)).join(" / ");
const dayText = d => (d == null ? "" : new Date(d * 864e5).toISOString().slice(0, 10));
const dayNumber = s => {
  const ms = Date.parse(s + "T00:00:00Z");
  return Number.isNaN(ms) ? null : Math.round(ms / 864e5);
};
const extra = (e, key) => (D.e.m[e] ? D.e.m[e][key] : undefined);
const undated = e => D.e.from[e] == null && D.e.to[e] == null;
// whether what is known from one day on and ends with another holds on the day of the answer
const inForce = (from, to) => S.at == null || ((from == null || from <= S.at) && (to == null || to > S.at));
// the least and the greatest of any number of values
const extent = list => list.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [Infinity, -Infinity]);
const groupBy = (list, key) => {
  const found = new Map();
  for (const item of list) {
    const k = key(item);
    if (!found.has(k)) found.set(k, []);
    found.get(k).push(item);
  }
  return found;
};
const short = (s, n) => {
  const c = [...s];
  return c.length > n ? c.slice(0, n - 1).join("") + "…" : s;
};
const plain = v =>
  v == null ? "" : typeof v === "object" ? (Array.isArray(v) ? v.map(plain).join(", ") : JSON.stringify(v)) : String(v);

// an element: attributes by name, on… as listener, children as text or elements
function element(el, props, kids) {
  for (const [key, val] of Object.entries(props || {})) {
    if (key.startsWith("on")) el.addEventListener(key.slice(2), val);
    else if (val === true) el.setAttribute(key, "");
    else if (val !== false && val != null) el.setAttribute(key, val);
  }
  const shown = kids.flat(9).filter(k => k != null && k !== false);
  el.append(...shown.map(k => (k instanceof Node ? k : String(k))));
  return el;
}
const SVGNS = "http://www.w3.org/2000/svg";
const h = (tag, props, ...kids) => element(document.createElement(tag), props, kids);
const svg = (tag, props, ...kids) => element(document.createElementNS(SVGNS, tag), props, kids);
// names from outside stand apart, so that their direction can't turn the words round them
const bdi = text => h("bdi", {}, text);
const sub = (...kids) => h("span", {class: "sub"}, ...kids);
const button = (label, onclick, props) => h("button", {type: "button", onclick, ...props}, label);
// one of several things to choose from, or a thing that is on or off
const toggle = (id, label, on, onclick, props) => button(label, onclick, {id, "aria-pressed": String(on), ...props});
const choices = (label, ...kids) => h("div", {class: "bar", role: "group", "aria-label": label}, ...kids);
const details = (summary, ...kids) => h("details", {}, h("summary", {}, summary), ...kids);
const heads = (keys, props) => h("thead", props, h("tr", {}, keys.map(k => h("th", {scope: "col"}, t(k)))));
// a word and what it says, in a list of such pairs; nothing where it says nothing
const entry = (key, val) => (val == null || val === "" ? [] : [h("dt", {}, t(key)), h("dd", {}, val)]);
function dateInput(id, day, set, props) {
  const input = h("input", {type: "date", id, ...props, onchange: ev => set(dayNumber(ev.target.value))});
  input.value = dayText(day);
  return input;
}
const labelled = (label, input) => h("span", {class: "row"}, h("label", {for: input.id}, label), input);
// a name leads to its dossier, in the drawing to its entry in the panel
const nameLink = n =>
  S.p === "graph"
    ? button(bdi(nameOf(n)), () => select("n", n), {class: "link"})
    : h(
        "a",
        {
          href: `#/entity/${pack(D.n.id[n])}?as_of=${S.at == null ? "any" : dayText(S.at)}`,
          onclick: ev => {
            if (ev.ctrlKey || ev.metaKey || ev.shiftKey) return;
            ev.preventDefault();
            openEntity(n);
          },
        },
        bdi(nameOf(n)),
      );
const fill = (el, ...kids) => el.replaceChildren(...kids.flat(9).filter(Boolean));
const webLink = (url, text) => h("a", {href: url, rel: "noopener noreferrer", target: "_blank"}, bdi(text));
const say = text => {
  $("say").textContent = "";
  setTimeout(() => {
    $("say").textContent = text;
  }, 30);
};

// outline of a shape of radius r round (x, y); the same outlines as the drawing uses, and the words are those of
// graph/model/looks.py
/** @returns {[string, object]} */
function outline(shape, x, y, r) {
  const turn = (n, start) =>
    Array.from({length: n}, (_, i) => [
      x + r * Math.sin(start + (2 * Math.PI * i) / n),
      y - r * Math.cos(start + (2 * Math.PI * i) / n),
    ]);
  const join = list => list.map(p => p.map(v => v.toFixed(1)).join(",")).join(" ");
  if (shape === "square") return ["rect", {x: x - r * 0.86, y: y - r * 0.86, width: r * 1.72, height: r * 1.72}];
  if (shape === "diamond") return ["polygon", {points: join(turn(4, 0))}];
  if (shape === "triangle") return ["polygon", {points: join(turn(3, 0))}];
  if (shape === "triangleDown") return ["polygon", {points: join(turn(3, Math.PI))}];
  if (shape === "hexagon") return ["polygon", {points: join(turn(6, Math.PI / 6))}];
  if (shape === "star")
    return [
      "polygon",
      {points: join(turn(10, 0).map(([a, b], i) => (i % 2 ? [x + (a - x) * 0.45, y + (b - y) * 0.45] : [a, b])))},
    ];
  return ["circle", {cx: x, cy: y, r}];
}
function shapeIcon(type) {
  const [tag, props] = outline(D.types[type][4], 10, 10, 8);
  return svg(
    "svg",
    {viewBox: "0 0 20 20", "aria-hidden": "true"},
    svg(tag, {...props, fill: D.types[type][3], stroke: "currentColor"}),
  );
}
