// who works with whom: foreign against Chinese companies, one lens at a time
const LENSES = {
  partners: {kinds: ["PARTNERS_WITH"]},
  supply: {kinds: ["SUPPLIES", "USES_SERVICE_OF", "LICENSES_TO", "HOSTS"]},
  models: {kinds: ["EMBEDS", "DERIVED_FROM"]},
  money: {kinds: ["INVESTED_IN", "OWNS_STAKE_IN", "ACQUIRED", "SUBSIDIARY_OF"]},
  lists: {kinds: ["NAMED_IN", "RESTRICTS"]},
  filings: {kinds: []},
};
const CHINA = ["CN", "HK", "MO"];
const MAXCOLS = 40;
const country = n => D.n.m[n]?.country;
const isCompany = n => D.types[D.n.t[n]][0] === "Company";
const chinese = n => isCompany(n) && country(n) === "CN";
const foreign = n => isCompany(n) && country(n) != null && !CHINA.includes(country(n));
const kindIs = (e, kinds) => kinds.includes(D.kinds[D.e.k[e]][0]);
const typeIs = (n, ...names) => names.includes(D.types[D.n.t[n]][0]);

// facts that an answer for the chosen day would use
const holds = e =>
  stateOf(e) !== "denied" &&
  extra(e, "preferred") !== false &&
  !(S.mc > 0 && !(D.e.cf[e] >= S.mc)) &&
  inForce(D.e.from[e], D.e.to[e]);

// the company behind a thing: itself, or who makes, offers or runs it
const MAKES = ["DEVELOPED", "MANUFACTURED", "OFFERS", "OPERATES"];
function ownersOf(n) {
  if (isCompany(n)) return [n];
  const found = new Set();
  for (const e of ADJ[n]) {
    if (!holds(e)) continue;
    if (D.e.b[e] === n && kindIs(e, MAKES)) found.add(D.e.a[e]);
    if (D.e.a[e] === n && kindIs(e, ["IN_FAMILY"]) && !found.size) ownersOf(D.e.b[e]).forEach(m => found.add(m));
  }
  return [...found].filter(isCompany);
}

// ties of a lens: row, column, and the facts or filings that say so
function tiesOf(lens) {
  const cells = new Map();
  const put = (row, col, thing) => {
    const key = row + "~" + col;
    if (!cells.has(key)) cells.set(key, {row, col, things: []});
    if (!cells.get(key).things.includes(thing)) cells.get(key).things.push(thing);
  };
  if (lens === "filings") {
    for (const f of D.filings) {
      const listed = isDate(f.listed) ? spanOf(f.listed)[0] : null;
      if (foreign(f.company) && (S.at == null || listed == null || listed <= S.at)) put(f.company, f.province, f);
    }
    return [...cells.values()];
  }
  D.e.a.forEach((a, e) => {
    if (!kindIs(e, LENSES[lens].kinds) || !holds(e)) return;
    const b = D.e.b[e];
    if (lens === "lists") {
      if (chinese(b) && typeIs(a, "Authority")) put(a, b, e);
      else if (chinese(a) && typeIs(b, "ControlList")) put(b, a, e);
    } else if (lens === "models") {
      for (const x of ownersOf(a)) for (const y of ownersOf(b)) if (foreign(x) && chinese(y)) put(x, y, e);
    } else if (foreign(a) && chinese(b)) put(a, b, e);
    else if (chinese(a) && foreign(b)) put(b, a, e);
  });
  return [...cells.values()];
}

const rowGroup = n => {
  if (typeIs(n, "ControlList", "Authority")) return typeName(D.n.t[n]);
  const sectors = D.n.m[n]?.sectors;
  if (sectors?.length) return sectorName(sectors[0]);
  return country(n) || t("unnamed");
};
const sectorsOf = n => (D.n.m[n]?.sectors?.length ? D.n.m[n].sectors : ["?"]);
const cellName = x => (typeof x === "number" ? nameOf(x) : x);
const columnLink = col => (typeof col === "number" ? nameLink(col) : bdi(provinceName(col)));
const best1 = things => {
  const order = ["confirmed", "announced", "reported", "ended", ""];
  return things
    .filter(x => typeof x === "number")
    .map(stateOf)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
};

function whoView() {
  const all = tiesOf(S.lens),
    inSector = c => !S.sector || sectorsOf(c.row).includes(S.sector);
  const ties = all.filter(inSector),
    rows = groupBy(ties, c => c.row),
    cols = groupBy(ties, c => c.col);
  const colOrder = [...cols.keys()].sort((a, b) => cols.get(b).length - cols.get(a).length || compareNames(a, b)),
    shown = colOrder.slice(0, MAXCOLS),
    rest = colOrder.slice(MAXCOLS);
  const groups = groupBy([...rows.keys()], rowGroup);
  const facts = new Set(ties.flatMap(c => c.things));
  return [
    viewHead(t("v_who"), whoSentence(ties, rows, cols, facts)),
    choices(
      t("lens"),
      Object.keys(LENSES).map(lens =>
        toggle("lens-" + lens, t("l_" + lens), S.lens === lens, () => change({lens, sector: "", sel: ""})),
      ),
    ),
    sectorBar(all),
    ties.length
      ? narrow()
        ? whoList(groups, rows)
        : h("div", {class: "matrixbox", tabindex: 0, role: "region", "aria-label": t("v_who")}, matrix(groups, rows, shown, rest))
      : h("p", {}, unknown("noties")),
    h("p", {class: "sub"}, t("matrixkey")),
  ];
}
const narrow = () => innerWidth < 760;
const compareNames = (a, b) => cellName(a).localeCompare(cellName(b), S.l === "zh" ? "zh-CN" : "en");

function whoSentence(ties, rows, cols, facts) {
  const states = {};
  let open = 0;
  for (const x of facts)
    if (typeof x === "number") {
      states[stateOf(x)] = (states[stateOf(x)] || 0) + 1;
      open += disputed(x) ? 1 : 0;
    }
  const parts = Object.entries(states)
    .sort((a, b) => b[1] - a[1])
    .map(([s, n]) => `${n} ${stateName(s)}`);
  if (open) parts.push(`${open} ${t("disputed")}`);
  return t("whosum", facts.size, rows.size, cols.size) + (parts.length ? ": " + parts.join(", ") : "");
}

function sectorBar(all) {
  const count = new Map();
  for (const row of new Set(all.map(c => c.row)))
    if (typeof row === "number" && isCompany(row))
      for (const s of sectorsOf(row)) count.set(s, (count.get(s) || 0) + 1);
  if (count.size < 2) return null;
  const list = [...count].sort((a, b) => b[1] - a[1]),
    one = (id, label, sector) => toggle("sector-" + id, label, S.sector === sector, () => change({sector, sel: ""}));
  return choices(
    t("sector"),
    h("span", {class: "sub inline"}, t("sector")),
    one("all", t("allsectors"), ""),
    list.map(([s, n]) => one(s, `${s === "?" ? t("nosector") : sectorName(s)} ${n}`, s)),
  );
}

function matrix(groups, rows, shown, rest) {
  const head = h(
    "tr",
    {},
    h("th", {scope: "col", class: "corner"}, h("span", {class: "away"}, t(S.lens === "lists" ? "lists" : "foreign"))),
    shown.map(c => h("th", {scope: "col", class: "slant"}, h("div", {}, columnLink(c)))),
    rest.length ? h("th", {scope: "col", class: "slant"}, h("div", {}, t("othercols", rest.length))) : null,
  );
  const order = [...groups.keys()].sort((a, b) => groups.get(b).length - groups.get(a).length || a.localeCompare(b));
  return h(
    "table",
    {class: "matrix"},
    h("thead", {}, head),
    order.map(group =>
      h(
        "tbody",
        {},
        h("tr", {}, h("th", {scope: "rowgroup", class: "rowgroup", colspan: shown.length + 2}, bdi(group))),
        groups
          .get(group)
          .sort((a, b) => rows.get(b).length - rows.get(a).length || compareNames(a, b))
          .map(row => matrixRow(row, new Map(rows.get(row).map(c => [c.col, c])), shown, rest)),
      ),
    ),
  );
}

function matrixRow(row, mine, shown, rest) {
  const beyond = rest.map(c => mine.get(c)).filter(Boolean);
  return h(
    "tr",
    {},
    h("th", {scope: "row"}, nameLink(row)),
    shown.map(c => h("td", {}, mine.has(c) ? cellButton(mine.get(c)) : null)),
    rest.length ? h("td", {}, beyond.length ? restButton(row, beyond) : null) : null,
  );
}
const idOf = x => (typeof x === "number" ? D.n.id[x] : x);

function cellButton(cell) {
  const things = cell.things,
    state = best1(things),
    odd = things.some(x => typeof x === "number" && disputed(x)),
    sel = `c${idOf(cell.row)}~${idOf(cell.col)}`;
  const label =
    `${cellName(cell.row)} × ${typeof cell.col === "number" ? nameOf(cell.col) : provinceName(cell.col)}: ` +
    (typeof things[0] === "number"
      ? things.map(e => [stateName(stateOf(e)), dates(e)].filter(Boolean).join(", ")).join("; ")
      : t("nfilings", things.length));
  return button(
    (things.length > 1 ? String(things.length) : MARK[state] || "●") + (odd ? "!" : ""),
    () => change({sel}, true),
    {
      class: "cell " + (state || "listed") + (odd ? " odd" : ""),
      "aria-label": label + (odd ? ", " + t("disputed") : ""),
      title: label,
      "aria-pressed": String(S.sel === sel),
    },
  );
}
const restButton = (row, cells) =>
  button(`+${cells.length}`, () => change({sel: `c${idOf(row)}`}, true), {
    class: "cell",
    "aria-label": t("othersof", nameOf(row), cells.map(c => cellName(c.col)).join(", ")),
  });

// on a narrow screen the same ties by company
function whoList(groups, rows) {
  return [...groups].map(([group, list]) => [
    h("h3", {}, bdi(group)),
    list.map(row =>
      h(
        "div",
        {class: "card"},
        h("b", {}, nameLink(row)),
        h(
          "ul",
          {class: "plain"},
          rows.get(row).map(c =>
            h(
              "li",
              {},
              cellButton(c),
              " ",
              columnLink(c.col),
              typeof c.things[0] === "number" ? h("span", {class: "sub inline"}, " " + dates(c.things[0])) : null,
            ),
          ),
        ),
      ),
    ),
  ]);
}

// evidence of a cell, or of a row's ties that have no column of their own
/** @param {{at: number, to?: number}} cell @param {string} raw */
function cellPanel({at, to}, raw) {
  const ties = tiesOf(S.lens).filter(c => c.row === at);
  const colId = raw.includes("~") ? raw.slice(raw.indexOf("~") + 1) : null;
  const mine = colId == null ? ties : ties.filter(c => idOf(c.col) === colId);
  if (!mine.length) return [h("h2", {}, bdi(nameOf(at))), h("p", {class: "sub"}, unknown("noties"))];
  return [
    h("h2", {}, nameLink(at), to != null ? [" × ", nameLink(to)] : colId ? [" × ", bdi(provinceName(colId))] : ""),
    mine.map(c => [
      colId == null && typeof c.col === "number" ? h("h3", {}, nameLink(c.col)) : null,
      c.things.map(x => (typeof x === "number" ? factBlock(x) : filingBlock(x))),
    ]),
  ].flat(9);
}
