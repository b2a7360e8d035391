// what changed between two days: what happened apart from what was first seen
const GROUPS_OF = {partnership: 1, model: 1, law: 1, filing: 1, capital: 1, restriction: 1, other: 1};

// one row for each thing that has a day: [first day, last day, what, kind, number of the fact or null, words]
let EVENTS;
function eventsOf() {
  if (EVENTS) return EVENTS;
  const filings = D.filings.map(f => [f.listed, "listed", "filing", null, f.company, `${f.service} · ${t("f_" + f.kind)} ${f.number}`, f.sources]);
  EVENTS = [...D.events, ...filings]
    .filter(x => isDate(x[0]))
    .map(([day, what, kind, e, n, text, src]) => {
      const [a, b] = spanOf(day);
      return {a, b, day, what, kind, e, n, text, src: src || []};
    })
    .filter(x => x.e != null || x.n != null);
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
      dayInput("chg-from", t("fromday"), from, day => change({from: day})),
      dayInput("chg-until", t("untilday"), until, day => change({until: day})),
      [7, 30, 90, 365].map(n =>
        button(t("lastdays", n), () => change({from: dayText(until - n), until: dayText(until)}), {id: "chg-" + n}),
      ),
    ),
    h(
      "div",
      {class: "bar", role: "group", "aria-label": t("type")},
      button(`${t("allkinds")} ${inside.length}`, () => change({what: ""}), {id: "what-all", "aria-pressed": String(!S.what)}),
      Object.keys(GROUPS_OF).filter(k => kinds.has(k)).map(k =>
        button(`${t("c_" + k)} ${kinds.get(k).length}`, () => change({what: k}), {id: "what-" + k, "aria-pressed": String(S.what === k)}),
      ),
    ),
    byMonth(happened),
    seen.length
      ? h("details", {}, h("summary", {}, t("firstseen", seen.length)), byMonth(seen))
      : null,
    coarse.length ? h("details", {}, h("summary", {}, t("coarse", coarse.length)), byMonth(coarse)) : null,
    mine.length ? null : h("p", {}, unknown("nochange")),
  ].flat();
}
const touches = (x, n) => x.n === n || (x.e != null && (D.e.a[x.e] === n || D.e.b[x.e] === n));

function dayInput(id, label, day, set) {
  const input = h("input", {type: "date", id, onchange: ev => dayNumber(ev.target.value) != null && set(ev.target.value)});
  input.value = dayText(day);
  return h("span", {class: "row"}, h("label", {for: id}, label), input);
}

function byMonth(list) {
  const order = [...list].sort((x, y) => y.b - x.b || y.a - x.a);
  return [...groupBy(order, x => dayText(x.b).slice(0, 7))].map(([month, items]) => [
    h("h2", {}, month, h("small", {}, ` ${items.length}`)),
    h("table", {class: "rows"}, h("tbody", {}, items.slice(0, 200).map(changeRow))),
    items.length > 200 ? h("p", {class: "sub"}, t("more", items.length - 200)) : null,
  ]);
}

function changeRow(x) {
  const what =
    x.e != null
      ? [nameLink(D.e.a[x.e]), " ", button(bdi(kindName(D.e.k[x.e])), () => select("e", x.e), {class: "link"}), " ", nameLink(D.e.b[x.e]), extra(x.e, "product") ? h("span", {class: "sub"}, bdi(plain(extra(x.e, "product")))) : null]
      : [x.n != null ? nameLink(x.n) : "", x.text ? [" ", bdi(x.text)] : ""];
  return h(
    "tr",
    {},
    h("td", {class: "thin"}, x.day),
    h("td", {class: "thin"}, h("span", {class: "tag"}, t("w_" + x.what))),
    h("td", {}, what),
    h("td", {class: "thin"}, x.e != null ? [badge(stateOf(x.e)), button(t("src", D.e.s[x.e].length), () => select("e", x.e), {class: "link", "aria-label": `${t("sources")}: ${factWords(x.e)}`})] : x.src.length ? folded(x.src) : x.n != null && D.n.s[x.n] ? folded(D.n.s[x.n]) : ""),
  );
}
