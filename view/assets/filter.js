// what passes the filters, and which part of it the view holds
let OKE, OKN, LINKS, COM;

function sift() {
  const hidden = new Set(S.hide),
    offType = D.types.map(k => S.ot.includes(k[0]));
  const offKind = D.kinds.map(k => S.ok.includes(k[0])),
    offState = D.states.map(s => S.os.includes(s));
  const count = D.n.id.length,
    {a, b, k, st, cf, from, to} = D.e;
  const open = n => !offType[D.n.t[n]] && !hidden.has(n);
  OKE = new Uint8Array(a.length);
  LINKS = new Int32Array(count);
  for (let e = 0; e < a.length; e++) {
    if (offKind[k[e]] || offState[st[e]] || (S.mc > 0 && !(cf[e] >= S.mc))) continue;
    if (!inForce(from[e], to[e]) || !open(a[e]) || !open(b[e])) continue;
    OKE[e] = 1;
    LINKS[a[e]]++;
    if (a[e] !== b[e]) LINKS[b[e]]++;
  }
  const kept = new Set([...S.f, ...S.x, ...pins().keys(), S.a, S.b]);
  OKN = new Uint8Array(count);
  // an entity none of whose facts passes falls away; one that never had a fact stays until facts are filtered
  const narrowed = S.ok.length > 0 || S.mc > 0;
  for (let n = 0; n < count; n++)
    OKN[n] = open(n) && (LINKS[n] > 0 || (!narrowed && ADJ[n].length === 0) || kept.has(n)) ? 1 : 0;
  COM = narrowed || S.ot.length ? regroup(count) : D.n.c;
}

// groups anew under a filter: each entity goes to the nearest of the best linked ones that are left, companies first
function regroup(count) {
  const left = [];
  for (let n = 0; n < count; n++) if (OKN[n] && LINKS[n]) left.push(n);
  const rank = n => LINKS[n] + (isCompany(n) ? 1e4 : 0);
  const hubs = [...left].sort((a, b) => rank(b) - rank(a) || a - b).slice(0, Math.max(4, Math.round(Math.sqrt(left.length))));
  const com = new Array(count).fill(-1);
  for (const [n, {by}] of reach(hubs)) com[n] = by == null ? n : com[by];
  return com;
}

function pins() {
  const out = new Map();
  for (const text of S.pin) {
    const cut = text.lastIndexOf("@"),
      id = text.slice(0, cut),
      [x, y] = text
        .slice(cut + 1)
        .split(",")
        .map(Number);
    if (BYID.has(id) && Number.isFinite(x) && Number.isFinite(y)) out.set(BYID.get(id), [x, y]);
  }
  return out;
}

// nodes within so many steps of the start, each with its distance and the node it was reached from
function reach(starts, hops = Infinity, open = n => OKN[n]) {
  const seen = new Map(starts.filter(open).map(n => [n, {d: 0, by: null}]));
  let edge = [...seen.keys()];
  for (let d = 1; d <= hops && edge.length; d++) {
    const next = [];
    for (const n of edge)
      for (const e of ADJ[n]) {
        const m = other(e, n);
        if (OKE[e] && open(m) && !seen.has(m)) {
          seen.set(m, {d, by: n});
          next.push(m);
        }
      }
    edge = next;
  }
  return seen;
}

// the entities and facts of the current view, before the limit of live ones
function viewed() {
  let nodes = [],
    edges = [],
    tree = null,
    steps = null;
  if (S.v === "near") {
    tree = reach(S.f, S.h);
    nodes = [...tree.keys()];
  } else if (S.v === "path") {
    steps = findPath();
    nodes = steps ? steps.nodes : [S.a, S.b].filter(n => n != null);
  } else if (S.v === "com") nodes = where(n => COM[n] === S.c);
  else if (S.v === "kind") nodes = where(n => D.n.t[n] === S.c);
  else nodes = where(() => true);
  const set = new Set(nodes);
  for (const n of [...S.x, ...pins().keys()]) if (OKN[n]) set.add(n);
  const grown = S.x.length > 0 || pins().size > 0;
  if (steps && !grown) edges = steps.steps.flatMap(step => step.edges);
  else
    D.e.a.forEach((a, e) => {
      if (OKE[e] && set.has(a) && set.has(D.e.b[e])) edges.push(e);
    });
  return {nodes: [...set], edges, tree, steps};
}
const where = test => {
  const out = [];
  OKN.forEach((ok, n) => {
    if (ok && test(n)) out.push(n);
  });
  return out;
};

// facts and entities the table, the counts and the exports speak of: those of the view, whole
function filterText() {
  const parts = [];
  const off = (key, list, name) => {
    if (list.length) parts.push(`${t(key)}: ${t("without")} ${list.map(name).join(", ")}`);
  };
  const named = (table, name) => key => {
    const at = table.findIndex(row => row[0] === key);
    return at < 0 ? key : name(at);
  };
  off("types", S.ot, named(D.types, typeName));
  off("kinds", S.ok, named(D.kinds, kindName));
  off("states", S.os.filter(s => D.states.includes(s)), stateName);
  if (S.mc > 0) parts.push(`${t("conf")} ${S.mc}`);
  if (S.hide.length) parts.push(t("hidden", S.hide.length));
  return parts.join("; ") || t("nofilter");
}
const asofText = () => (S.at == null ? t("anyday") : dayText(S.at));
