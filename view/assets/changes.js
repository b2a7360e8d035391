// what changed between two days: what happened apart from what was first seen
const CHANGE_KINDS = ["partnership", "model", "law", "filing", "capital", "restriction", "other"];

// one row for each thing that has a day: of a fact, which says the rest, of an entity, and of a filing
let EVENTS;
function eventsOf() {
  if (EVENTS) return EVENTS;
  const [[days, whats, kinds, facts], others] = D.events;
  EVENTS = [
    ...rowsOf([days, whats, kinds, numbersOf(facts)]).map(x => [...x, null, "", []]),
    ...rowsOf(others).map(([day, what, kind, ...rest]) => [day, what, kind, null, ...rest]),
    ...D.filings.map(f => [f.listed, "listed", "filing", null, f.company, `${f.service} · ${t("f_" + f.kind)} ${f.number}`, f.sources]),
  ]
    .filter(x => isDate(x[0]))
    .map(([day, what, kind, e, n, text, src]) => {
      const [a, b] = spanOf(day);
      return {a, b, day, what, kind, e, n, text, src};
    });
  return EVENTS;
}

function changeWindow() {
  const until = S.until ? dayNumber(S.until) : (S.at ?? Math.max(0, ...eventsOf().map(x => x.b))),
    from = S.from ? dayNumber(S.from) : until - 90;
  return [Math.min(from, until), Math.max(from, until)];
}

function changesView() {
  const [from, until] = changeWindow();
  const inside = eventsOf().filter(x => x.b >= from && x.a <= until),
    kinds = groupBy(inside, x => x.kind);
  const mine = inside.filter(x => (!S.what || x.kind === S.what) && (S.id == null || touches(x, S.id)));
  const sure = mine.filter(x => x.a >= from && x.b <= until),
    happened = sure.filter(x => x.what !== "seen"),
    seen = sure.filter(x => x.what === "seen"),
    coarse = mine.filter(x => x.a < from || x.b > until);
  return [
    viewHead(t("v_changes"), t("changesum", dayText(from), dayText(until), happened.length, seen.length)),
    h(
      "div",
      {class: "bar"},
      labelled(t("fromday"), dateInput("chg-from", from, day => day != null && change({from: dayText(day)}))),
      labelled(t("untilday"), dateInput("chg-until", until, day => day != null && change({until: dayText(day)}))),
      [7, 30, 90, 365].map(n =>
        button(t("lastdays", n), () => change({from: dayText(until - n), until: dayText(until)}), {id: "chg-" + n}),
      ),
    ),
    choices(
      t("type"),
      toggle("what-all", `${t("allkinds")} ${inside.length}`, !S.what, () => change({what: ""})),
      CHANGE_KINDS.filter(k => kinds.has(k)).map(k =>
        toggle("what-" + k, `${t("c_" + k)} ${kinds.get(k).length}`, S.what === k, () => change({what: k})),
      ),
    ),
    byMonth(happened),
    seen.length ? details(t("firstseen", seen.length), byMonth(seen)) : null,
    coarse.length ? details(t("coarse", coarse.length), byMonth(coarse)) : null,
    mine.length ? null : h("p", {}, unknown("nochange")),
  ].flat();
}
const touches = (x, n) => x.n === n || (x.e != null && (D.e.a[x.e] === n || D.e.b[x.e] === n));

function byMonth(list) {
  const order = [...list].sort(
    (x, y) => y.b - x.b || y.a - x.a || x.kind.localeCompare(y.kind) || x.what.localeCompare(y.what),
  );
  return [...groupBy(order, x => dayText(x.b).slice(0, 7))].map(([month, items]) => [
    h("h2", {}, month, h("small", {}, ` ${items.length}`)),
    h("table", {class: "rows"}, h("tbody", {}, items.slice(0, 200).map(changeRow))),
    items.length > 200 ? h("p", {class: "sub"}, t("more", items.length - 200)) : null,
  ]);
}

function changeRow(x) {
  const told = x.e != null ? factChange(x.e) : otherChange(x);
  return h(
    "tr",
    {},
    h("td", {class: "thin"}, x.day),
    h("td", {class: "thin"}, h("span", {class: "tag"}, word("w_", x.what))),
    h("td", {}, told.what),
    h("td", {class: "thin"}, told.evidence),
  );
}
function factChange(e) {
  const product = extra(e, "product"),
    props = {class: "link", "aria-label": `${t("sources")}: ${factWords(e)}`};
  return {
    what: [sentence(e), product ? sub(bdi(plain(product))) : null],
    evidence: [badge(stateOf(e)), button(t("src", D.e.s[e].length), () => select("e", e), props)],
  };
}
function otherChange({n, text, src}) {
  const sources = src.length ? src : n == null ? null : D.n.s[n];
  return {
    what: [n == null ? "" : nameLink(n), text ? sub(bdi(word("", text))) : ""],
    evidence: sources ? folded(sources) : "",
  };
}
