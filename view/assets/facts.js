// how a fact and its evidence read, in every view; the words of its dates come with the data
const whenWords = list =>
  list.map(([word, text]) => D.words[word][tongue()].replace("{}", text)).join(tongue() ? "，" : ", ");
const dates = e => (D.e.w[e] ? whenWords(D.e.w[e]) : t("nodate"));
// the first of these days as a number, for order; unknown goes last
const dayOf = e => (isDate(D.e.w[e]?.[0]?.[1]) ? spanOf(D.e.w[e][0][1])[0] : null);

// first and last day of a written date: 2025, 2025-H1, 2025-Q3, 2025-02, 2025-02-13
const isDate = text => /^\d{4}(-(Q[1-4]|H[12]|\d\d(-\d\d)?))?$/.test(text || "");
function spanOf(text) {
  const year = +text.slice(0, 4),
    rest = text.slice(5),
    day = (y, m) => Date.UTC(y, m, 1) / 864e5;
  if (rest.length === 5) return [dayNumber(text), dayNumber(text)];
  if (rest[0] === "Q") return [day(year, 3 * rest[1] - 3), day(year, 3 * rest[1]) - 1];
  if (rest[0] === "H") return [day(year, 6 * rest[1] - 6), day(year, 6 * rest[1]) - 1];
  if (rest) return [day(year, rest - 1), day(year, +rest) - 1];
  return [day(year, 0), day(year + 1, 0) - 1];
}

// where a statement stands: its own sources; or the record it is part of; or it only says how things are ordered
function evidenceOf(e) {
  if (D.e.s[e].length) return {list: D.e.s[e], by: null, structure: false};
  if (D.states[D.e.st[e]]) return {list: [], by: null, structure: false};
  for (const n of [D.e.a[e], D.e.b[e]]) if (D.n.s[n]?.length) return {list: D.n.s[n], by: n, structure: true};
  return {list: [], by: null, structure: true};
}
const isStructure = e => !D.e.s[e].length && !D.states[D.e.st[e]];
const stateOf = e => D.states[D.e.st[e]];
const disputed = e => extra(e, "conflict") != null;
const factWords = e => `${nameOf(D.e.a[e])} ${kindName(D.e.k[e])} ${nameOf(D.e.b[e])}, ${dates(e)}`;

function sourceItem(i) {
  const [id, title, publisher, published, kind, url, raw] = D.src[i];
  const record = title != null || publisher != null || url != null || raw != null || published != null;
  const name = title || publisher || id;
  return h(
    "li",
    {},
    url ? webLink(url, name) : bdi(name),
    sub(
      record
        ? [publisher && title ? bdi(publisher) : null, published || t("nodate"), kind ? word("k_", kind) : null]
            .filter(Boolean)
            .flatMap((x, k) => (k ? [" · ", x] : [x]))
        : t("norecord"),
    ),
    raw ? h("span", {class: "warn"}, t("nolink") + ": ", bdi(short(raw, 120))) : null,
  );
}
const sourceList = list => h("ol", {class: "src"}, list.map(sourceItem));
const lesser = (summary, ...kids) => h("details", {}, h("summary", {class: "sub"}, summary), ...kids);
const folded = list => lesser(`${t("sources")} (${list.length})`, sourceList(list));

function evidence(e, open) {
  const {list, by, structure} = evidenceOf(e);
  const told =
    by != null
      ? sub(t("byrecord"), " ", nameLink(by))
      : structure && !list.length
        ? sub(t("structure"))
        : !list.length
          ? h("span", {class: "warn"}, t("nosource"))
          : null;
  return [told, list.length ? (open ? sourceList(list) : folded(list)) : null];
}

// filled, half or empty: confirmed, announced, reported; the word stands beside it
const MARK = {confirmed: "●", announced: "◐", reported: "○", ended: "◌", denied: "✕"};
const badge = state =>
  state
    ? h("span", {class: "tag"}, h("span", {"aria-hidden": "true"}, (MARK[state] || "·") + " "), bdi(stateName(state)))
    : null;
const sureness = e =>
  D.e.cf[e] == null ? "" : ` · ${t("confidence")} ${D.e.cf[e]}${extra(e, "weak") ? " · " + t("weak") : ""}`;

// what a fact says, which opens its evidence
const factLink = e => button(bdi(kindName(D.e.k[e])), () => select("e", e), {class: "link"});
const facts = items => h("ul", {class: "facts"}, items);
const factList = (list, n) => facts(list.map(e => factItem(e, n)));

// one line of a list of facts, seen from entity n (or from nowhere: both ends)
function factItem(e, n) {
  const out = D.e.a[e] === n;
  const ends = n == null ? [nameLink(D.e.a[e]), " → ", nameLink(D.e.b[e])] : [out ? "→ " : "← ", nameLink(other(e, n))];
  return h(
    "li",
    {},
    badge(stateOf(e)),
    factLink(e),
    " ",
    ends,
    disputed(e) ? h("span", {class: "bad"}, " ! " + t("disputed")) : null,
    isStructure(e) ? null : sub(dates(e), sureness(e)),
    extra(e, "scope") ? sub(bdi(plain(extra(e, "scope")))) : null,
    evidence(e),
  );
}

// the span of a figure is what it speaks of, not a day on which it was seen
const figureDay = f =>
  f[6].length ? (f[6][0][0] === "seen" ? f[6][0][1] : whenWords(f[6])) : plain(f[5].as_of) || t("nodate");
const figureValue = m => {
  const given = m.value ?? m.text ?? m.date,
    value = typeof given === "number" && Math.abs(given) < 1e18 ? given.toLocaleString("en", {maximumSignificantDigits: 12}) : plain(given);
  return m.unit === "percent" ? value + " %" : `${value} ${named(plain(m.unit), D.units)}`.trim();
};
function figureItem(f) {
  const [, , , cf, src, m] = f,
    words = [];
  for (const key of ["scope", "market"]) if (m[key]) words.push(plain(m[key]));
  if (m.measured_by) words.push(`${t("by")}: ${plain(m.measured_by)}`);
  return h(
    "li",
    {},
    h("b", {}, bdi(termName(plain(m.metric || m.id)))),
    " ",
    bdi(figureValue(m)),
    sub(
      figureDay(f),
      words.map(w => [" · ", bdi(w)]).flat(),
      cf != null ? ` · ${t("confidence")} ${cf}` : "",
      m.status ? [" · ", bdi(stateName(plain(m.status)))] : [],
    ),
    src.length ? folded(src) : h("span", {class: "warn"}, t("nosource")),
  );
}
const figureOk = f =>
  inForce(f[1], f[2]) &&
  !(f[5].status && S.os.includes(f[5].status)) &&
  !(S.mc > 0 && !(f[3] >= S.mc));

// all remaining attributes as they are, so that nothing the graph holds is out of reach
function others(more, skip) {
  const rows = Object.entries(more || {}).filter(([k]) => !skip.includes(k));
  return rows.map(([k, v]) => [h("dt", {}, bdi(termName(k))), h("dd", {}, valueOf(v))]).flat();
}
// records that came as JSON text are told as lists, and addresses are links
function valueOf(v) {
  if (typeof v === "string" && /^https?:\/\/[^\s"<>]+$/.test(v)) return webLink(v, v);
  if (Array.isArray(v) && v.length) return h("ul", {class: "plain"}, v.map(item => h("li", {}, valueOf(item))));
  if (typeof v === "string" && /^[[{]/.test(v)) {
    try {
      return valueOf(JSON.parse(v));
    } catch {
      return bdi(v);
    }
  }
  if (v && typeof v === "object") return h("dl", {}, others(v, []));
  return bdi(plain(v));
}
