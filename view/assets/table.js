// the same facts and entities as the drawing, under the same filters, as rows that sort
const PAGE = 200;
// the text of each column for a fact, and for an entity
const FACT_COLUMNS = {
  subject: e => nameOf(D.e.a[e]),
  type: e => kindName(D.e.k[e]),
  object: e => nameOf(D.e.b[e]),
  status: e => stateName(stateOf(e)),
  date: e => (isStructure(e) ? "" : D.e.w[e] ? dates(e) : "?"),
  confidence: e => D.e.cf[e] ?? "",
  sources: e => evidenceOf(e).list.length,
  id: e => D.e.id[e],
};
const NODE_COLUMNS = {
  name: n => D.n.name[n],
  zh: n => D.n.zh[n],
  type: n => typeName(D.n.t[n]),
  degree: n => LINKS[n],
  id: n => D.n.id[n],
};
// columns that lead somewhere
const FACT_LINKS = {subject: e => nameLink(D.e.a[e]), type: factLink, object: e => nameLink(D.e.b[e])};
const NODE_LINKS = {name: n => button(bdi(D.n.name[n]), () => select("n", n), {class: "link"})};

function sorted(list, columns) {
  const col = S.sort.slice(1),
    sign = S.sort[0] === "-" ? -1 : 1,
    words = new Intl.Collator(S.l === "zh" ? "zh-CN" : "en", {numeric: true});
  if (!Object.hasOwn(columns, col)) return list;
  const keyed = list.map(i => [col === "date" ? (dayOf(i) ?? "") : columns[col](i), i]);
  // unknown goes last whichever way the rows run
  keyed.sort(
    ([a, i], [b, j]) =>
      +(a === "") - +(b === "") ||
      sign * (typeof a === "number" && typeof b === "number" ? a - b : words.compare(String(a), String(b))) ||
      i - j,
  );
  return keyed.map(x => x[1]);
}

function table() {
  const box = $("rows");
  box.hidden = !S.tab;
  if (!S.tab) return fill(box);
  const facts = S.tab === 1,
    columns = facts ? FACT_COLUMNS : NODE_COLUMNS,
    links = facts ? FACT_LINKS : NODE_LINKS,
    list = sorted(facts ? VIEW.edges : VIEW.nodes, columns),
    chosen = selected();
  const start = Math.min(S.q * PAGE, Math.max(0, Math.floor((list.length - 1) / PAGE) * PAGE)),
    page = list.slice(start, start + PAGE);
  keep(box, () => [
    h(
      "div",
      {class: "bar"},
      toggle("tab-1", t("facts"), facts, () => change({tab: 1, q: 0, sort: ""}, true)),
      toggle("tab-2", t("entities"), !facts, () => change({tab: 2, q: 0, sort: ""}, true)),
      h(
        "span",
        {class: "sub", id: "rows-count", "data-total": list.length},
        t("rows", list.length ? start + 1 : 0, start + page.length, list.length),
      ),
      button(t("prev"), () => change({q: S.q - 1}, true), {id: "rows-prev", disabled: start === 0}),
      button(t("next"), () => change({q: S.q + 1}, true), {id: "rows-next", disabled: start + PAGE >= list.length}),
    ),
    h(
      "div",
      {class: "scroll", tabindex: 0, role: "region", "aria-label": facts ? t("facts") : t("entities")},
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            Object.keys(columns).map(col => {
              const up = S.sort === "+" + col,
                down = S.sort === "-" + col;
              return h(
                "th",
                {scope: "col", "aria-sort": up ? "ascending" : down ? "descending" : "none"},
                button(
                  `${t(col)} ${up ? "▲" : down ? "▼" : "↕"}`,
                  () => change({sort: (up ? "-" : "+") + col, q: 0}, true),
                  {id: "sort-" + col},
                ),
              );
            }),
          ),
        ),
        h(
          "tbody",
          {},
          page.map(i =>
            h(
              "tr",
              {
                "aria-selected": String(chosen?.at === i && chosen.kind === (facts ? "e" : "n")),
                "data-id": facts ? D.e.id[i] : D.n.id[i],
              },
              Object.keys(columns).map(col =>
                h(
                  "td",
                  {class: ["status", "confidence"].includes(col) ? "thin" : null},
                  links[col] ? links[col](i) : bdi(columns[col](i)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  ]);
}
