// what is shown: one flat record, written to the address after #, and a list of earlier ones for undo.
// An address says the whole state, so that it means the same in every file that holds the thing.
const PAGES = ["who", "entity", "timeline", "plan", "changes", "sources", "graph"];
const PLAIN = {
  p: "who",
  id: null,
  plan: "",
  lens: "partners",
  sector: "",
  from: "",
  until: "",
  what: "",
  src: "",
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
const IN_PATH = ["p", "id", "plan", "l", "th", "at"];
const pack = s => encodeURIComponent(s).replace(/~/g, "%7E");
const unpackText = s => {
  try {
    return decodeURIComponent(s);
  } catch {
    return "";
  }
};

// #/entity/apple?as_of=2026-11-28&… ; language and theme only where the reader chose others than the file's
function encode(state) {
  const path = [state.p];
  if (state.p === "entity" && state.id != null) path.push(D.n.id[state.id]);
  if (state.p === "timeline" && state.id != null) path.push(D.n.id[state.id]);
  if (state.p === "plan" && state.plan) path.push(...state.plan.split("/"));
  const out = ["as_of=" + (state.at == null ? "any" : dayText(state.at))];
  for (const key of Object.keys(PLAIN)) {
    const val = state[key];
    if (IN_PATH.includes(key) || JSON.stringify(val) === JSON.stringify(PLAIN[key])) continue;
    const ids = LISTS[key] === "id" || key === "a" || key === "b" || (key === "c" && state.v === "com" && val >= 0);
    const text = v => (v == null ? "" : ids ? D.n.id[v] : String(v));
    out.push(key + "=" + (Array.isArray(val) ? val.map(v => pack(text(v))).join("~") : pack(text(val))));
  }
  for (const key of ["l", "th"]) if (state[key] !== FIRST[key]) out.push(key + "=" + state[key]);
  return "/" + path.map(pack).join("/") + "?" + out.join("&");
}

function decode(text) {
  const raw = text.replace(/^#/, "");
  if (!raw) return structuredClone(FIRST);
  const cut = raw.indexOf("?"),
    path = (cut < 0 ? raw : raw.slice(0, cut)).split("/").filter(Boolean).map(unpackText);
  const state = {...structuredClone(PLAIN), l: FIRST.l, th: FIRST.th, at: FIRST.at, p: path[0] || FIRST.p};
  const pairs = Object.fromEntries(
    (cut < 0 ? "" : raw.slice(cut + 1)).split("&").map(p => {
      const i = p.indexOf("=");
      return [p.slice(0, i), p.slice(i + 1)];
    }),
  );
  const one = id => (BYID.has(id) ? BYID.get(id) : null);
  if (state.p === "entity" || state.p === "timeline") state.id = one(path[1] ?? "");
  if (state.p === "plan") state.plan = path.slice(1, 3).join("/");
  if (pairs.as_of) state.at = pairs.as_of === "any" ? null : (dayNumber(unpackText(pairs.as_of)) ?? FIRST.at);
  for (const key of Object.keys(PLAIN)) {
    if (!Object.hasOwn(pairs, key) || ["p", "id", "plan", "at"].includes(key)) continue;
    const value = pairs[key],
      base = PLAIN[key];
    if (LISTS[key]) {
      const parts = value === "" ? [] : value.split("~").map(unpackText);
      state[key] = LISTS[key] === "id" ? parts.map(one).filter(n => n != null) : parts;
    } else if (key === "a" || key === "b") state[key] = one(unpackText(value));
    else if (key === "c") {
      const n = one(unpackText(value));
      state[key] = pairs.v === "com" && n != null ? n : value === "" ? null : Number(unpackText(value));
    } else if (typeof base === "number") state[key] = Number.isFinite(+unpackText(value)) ? +unpackText(value) : base;
    else state[key] = unpackText(value);
  }
  return proper(state);
}

// whatever stands in the address, the page opens
function proper(s) {
  const one = (key, list) => {
    if (!list.includes(s[key])) s[key] = FIRST[key];
  };
  one("p", PAGES);
  one("v", ["over", "all", "near", "com", "kind", "path"]);
  one("by", ["com", "type"]);
  one("h", [1, 2, 3]);
  one("l", ["en", "zh"]);
  one("th", ["auto", "light", "dark"]);
  one("tab", [0, 1, 2]);
  if (!Object.hasOwn(LENSES, s.lens)) s.lens = "partners";
  for (const key of ["from", "until"]) if (s[key] && dayNumber(s[key]) == null) s[key] = "";
  if (s.plan && !D.plans.some(plan => plan.key === s.plan)) s.plan = "";
  if (s.v === "near" && !s.f.length) s.v = "over";
  if (s.v === "kind" && !D.types[s.c]) s.v = "over";
  if (s.v === "com" && s.c !== -1 && !BYID.has(D.n.id[s.c])) s.v = "over";
  if (s.sel && !selected(s)) s.sel = "";
  return s;
}

// the chosen thing: n<id> entity, e<id> fact, g<number> group, c<id>~<id> cell of the matrix, r<number> step of a plan
function selected(s = S) {
  const kind = s.sel[0],
    rest = s.sel.slice(1);
  if (kind === "n") return BYID.has(rest) ? {kind, at: BYID.get(rest)} : null;
  if (kind === "e") return ONE.has(rest) ? {kind, at: ONE.get(rest)} : null;
  if (kind === "g") return {kind, at: Number(rest)};
  if (kind === "c") {
    const [a, b] = rest.split("~").map(id => BYID.get(id));
    return a == null ? null : {kind, at: a, to: b ?? null};
  }
  if (kind === "r") return {kind, at: rest};
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
  remember(after, quiet);
  show();
}

// a view is a step that Back undoes; what only opens or sorts within it is not
function remember(text, quiet) {
  // in a sandboxed frame the address can't be written; everything else works
  try {
    if (quiet) history.replaceState(null, "", "#" + text);
    else history.pushState(null, "", "#" + text);
  } catch {
    /* stays as it was */
  }
}

// language, colours and table as the other of the two
const dark = () => S.th === "dark" || (S.th === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
const turnLanguage = () => change({l: S.l === "zh" ? "en" : "zh"});
const turnTheme = () => change({th: dark() ? "light" : "dark"});
const turnTable = () => change({tab: S.tab ? 0 : 1}, true);
const unselect = () => change({sel: ""}, true);

function undo() {
  const before = PAST.pop();
  if (before == null) return say(t("noundo"));
  S = decode(before);
  remember(before);
  show();
  say(t("undone"));
}

// open another view; what was chosen in the one before stays there
const go = (p, patch) => change({p, sel: "", ...patch});
const openEntity = n => go("entity", {id: n});

function select(kind, at) {
  const id = kind === "n" ? D.n.id[at] : kind === "e" ? D.e.id[at] : at;
  change({sel: kind + id}, true);
  if (kind === "n") say(t("selected", nameOf(at)));
  if (kind === "e") say(t("selected", factWords(at)));
}
