// what is shown: one flat record, written to the address after #, and a list of earlier ones for undo
const PLAIN = {
  v: "over",
  by: "com",
  f: [],
  h: 1,
  c: null,
  a: null,
  b: null,
  d: 0,
  x: [],
  hide: [],
  pin: [],
  ot: [],
  ok: [],
  os: ["denied"],
  mc: 0,
  at: null,
  l: "en",
  th: "auto",
  tab: 0,
  sel: "",
  sort: "",
  q: 0,
};
let S = {...PLAIN},
  FIRST = {...PLAIN};
const PAST = [];
const LISTS = {f: "id", x: "id", hide: "id", ot: "text", ok: "text", os: "text", pin: "text"};
const pack = s => encodeURIComponent(s).replace(/~/g, "%7E");

function encode(state) {
  const out = [];
  for (const key of Object.keys(PLAIN)) {
    const val = state[key],
      was = FIRST[key];
    if (JSON.stringify(val) === JSON.stringify(was)) continue;
    const ids = LISTS[key] === "id" || key === "a" || key === "b" || (key === "c" && state.v === "com" && val >= 0);
    const text = v => (v == null ? "" : ids ? D.n.id[v] : String(v));
    out.push(key + "=" + (Array.isArray(val) ? val.map(v => pack(text(v))).join("~") : pack(text(val))));
  }
  return out.join("&");
}

function decode(text) {
  const state = structuredClone(FIRST);
  const pairs = Object.fromEntries(
    text
      .replace(/^#/, "")
      .split("&")
      .map(p => {
        const i = p.indexOf("=");
        return [p.slice(0, i), p.slice(i + 1)];
      }),
  );
  const un = s => {
    try {
      return decodeURIComponent(s);
    } catch {
      return "";
    }
  };
  const one = id => (BYID.has(id) ? BYID.get(id) : null);
  for (const key of Object.keys(PLAIN)) {
    if (!Object.hasOwn(pairs, key)) continue;
    const raw = pairs[key],
      base = PLAIN[key];
    if (LISTS[key]) {
      const parts = raw === "" ? [] : raw.split("~").map(un);
      state[key] = LISTS[key] === "id" ? parts.map(one).filter(n => n != null) : parts;
    } else if (key === "a" || key === "b") state[key] = one(un(raw));
    else if (key === "c")
      state[key] = pairs.v === "com" && one(un(raw)) != null ? one(un(raw)) : raw === "" ? null : Number(un(raw));
    else if (key === "at") state.at = raw === "" ? null : Number.isFinite(+raw) ? +raw : FIRST.at;
    else state[key] = typeof base === "number" ? (Number.isFinite(+un(raw)) ? +un(raw) : base) : un(raw);
  }
  return proper(state);
}

// whatever stands in the address, the page opens
function proper(s) {
  const one = (key, list) => {
    if (!list.includes(s[key])) s[key] = FIRST[key];
  };
  one("v", ["over", "all", "near", "com", "kind", "path", "route"]);
  one("by", ["com", "type"]);
  one("h", [1, 2, 3]);
  one("l", ["en", "zh"]);
  one("th", ["auto", "light", "dark"]);
  one("tab", [0, 1, 2]);
  if (s.v === "route" && !D.route.length) s.v = "over";
  if (s.v === "near" && !s.f.length) s.v = "over";
  if (s.v === "kind" && !D.types[s.c]) s.v = "over";
  if (s.v === "com" && !D.n.c.includes(s.c)) s.v = "over";
  if (s.sel && !selected(s)) s.sel = "";
  return s;
}

// the chosen thing: n<id> entity, e<id> fact, g<number> group, r<id> step of the route
function selected(s = S) {
  const kind = s.sel[0],
    rest = s.sel.slice(1);
  if (kind === "n") return BYID.has(rest) ? {kind, at: BYID.get(rest)} : null;
  if (kind === "e") return ONE.has(rest) ? {kind, at: ONE.get(rest)} : null;
  if (kind === "g") return {kind, at: Number(rest)};
  if (kind === "r") return {kind, at: D.route.findIndex(step => step.id === rest)};
  return null;
}

function change(patch, quiet) {
  const before = encode(S);
  S = proper({...S, ...patch});
  const after = encode(S);
  if (after === before) return;
  if (!quiet) {
    PAST.push(before);
    if (PAST.length > 200) PAST.shift();
  }
  remember(after);
  show();
}

function remember(text) {
  // in a sandboxed frame the address can't be written; everything else works
  try {
    history.replaceState(null, "", "#" + text);
  } catch {
    /* stays as it was */
  }
}

function undo() {
  const before = PAST.pop();
  if (before == null) return say(t("noundo"));
  S = decode(before);
  remember(before);
  show();
  say(t("undone"));
}

function select(kind, at) {
  const id = kind === "n" ? D.n.id[at] : kind === "e" ? D.e.id[at] : kind === "r" ? D.route[at].id : at;
  change({sel: kind + id}, true);
  if (kind === "n") say(t("selected", nameOf(at)));
}
