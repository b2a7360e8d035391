// the same facts and entities as the drawing, under the same filters, as rows that sort
const PAGE = 200;
const FACT_COLUMNS = ["subject", "type", "object", "status", "date", "confidence", "sources", "id"];
const NODE_COLUMNS = ["name", "zh", "type", "degree", "id"];

const factCell = (e, col) =>
  ({
    subject: () => nameOf(D.e.a[e]),
    type: () => kindName(D.e.k[e]),
    object: () => nameOf(D.e.b[e]),
    status: () => stateName(D.states[D.e.st[e]]),
    date: () => (isStructure(e) ? "" : D.e.w[e] ? dates(e) : "?"),
    confidence: () => D.e.cf[e] ?? "",
    sources: () => evidenceOf(e).list.length,
    id: () => D.e.id[e],
  })[col]();
const nodeCell = (n, col) =>
  ({
    name: () => D.n.name[n],
    zh: () => D.n.zh[n],
    type: () => typeName(D.n.t[n]),
    degree: () => LINKS[n],
    id: () => D.n.id[n],
  })[col]();

function sorted(list, cell) {
  if (!S.sort) return list;
  const col = S.sort.slice(1),
    sign = S.sort[0] === "-" ? -1 : 1,
    words = new Intl.Collator(S.l === "zh" ? "zh-CN" : "en", {numeric: true});
  const known = (S.tab === 2 ? NODE_COLUMNS : FACT_COLUMNS).includes(col);
  if (!known) return list;
  const keyed = list.map(i => [col === "date" ? (dayOf(i) ?? "") : cell(i, col), i]);
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
    list = sorted(facts ? VIEW.edges : VIEW.nodes, facts ? factCell : nodeCell);
  const cols = facts ? FACT_COLUMNS : NODE_COLUMNS,
    cell = facts ? factCell : nodeCell,
    chosen = selected();
  const start = Math.min(S.q * PAGE, Math.max(0, Math.floor((list.length - 1) / PAGE) * PAGE)),
    page = list.slice(start, start + PAGE);
  const top = box.querySelector(".scroll")?.scrollTop || 0;
  keep(box, () => [
    h(
      "div",
      {class: "bar"},
      button(t("facts"), () => change({tab: 1, q: 0, sort: ""}, true), {id: "tab-1", "aria-pressed": String(facts)}),
      button(t("entities"), () => change({tab: 2, q: 0, sort: ""}, true), {
        id: "tab-2",
        "aria-pressed": String(!facts),
      }),
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
            cols.map(col => {
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
              cols.map(col =>
                h(
                  "td",
                  {class: ["status", "confidence"].includes(col) ? "thin" : null},
                  facts && col === "subject"
                    ? nameLink(D.e.a[i])
                    : facts && col === "object"
                      ? nameLink(D.e.b[i])
                      : facts && col === "type"
                        ? button(bdi(kindName(D.e.k[i])), () => select("e", i), {class: "link"})
                        : !facts && col === "name"
                          ? button(bdi(D.n.name[i]), () => select("n", i), {class: "link"})
                          : bdi(cell(i, col)),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  ]);
  const scroll = box.querySelector(".scroll");
  if (scroll) scroll.scrollTop = top;
}
