// everything about one entity, the most asked first
const THEMES = [
  ["th_partners", ["PARTNERS_WITH", "SUPPLIES", "USES_SERVICE_OF", "LICENSES_TO", "HOSTS", "REQUIRES_PARTNER"]],
  ["th_models", ["EMBEDS", "DEVELOPED", "OFFERS", "OPERATES", "MANUFACTURED", "DERIVED_FROM", "SUCCEEDS", "TRAINED_ON", "RUNS_ON", "SUPPORTS", "IN_FAMILY", "LICENSED_UNDER"]],
  ["th_lists", ["NAMED_IN", "RESTRICTS", "PERMITS", "REVIEWS", "REGULATES", "APPLIED_TO"]],
  ["th_talks", ["NEGOTIATED_WITH", "CONSIDERED", "DISPUTES_WITH", "COMPETES_WITH", "SPOKE_ABOUT"]],
  ["th_money", ["INVESTED_IN", "OWNS_STAKE_IN", "ACQUIRED", "SUBSIDIARY_OF", "SPUN_OUT_OF", "LISTED_ON", "MEMBER_OF_INDEX", "BENEFITED_FROM"]],
  ["th_people", ["FOUNDED", "LEADS"]],
];
const themeOf = kind => THEMES.find(([, kinds]) => kinds.includes(kind))?.[0] || "th_other";

function entityView() {
  const n = S.id;
  if (n == null) return [viewHead(t("v_entity"), t("pickentity")), mostLinked()];
  const held = ADJ[n].filter(holds),
    claims = held.filter(e => !isStructure(e)),
    structure = held.filter(isStructure);
  const themes = groupBy(claims, e => themeOf(D.kinds[D.e.k[e]][0]));
  const filings = D.filings.filter(f => f.company === n),
    figures = (FIGS.get(n) || []).filter(figureOk);
  const order = [...THEMES.map(x => x[0]), "th_other"].filter(key => themes.has(key));
  return [
    viewHead(bdi(nameOf(n)), entityLine(n)),
    minute(n, themes, filings),
    h(
      "div",
      {class: "columns"},
      h(
        "div",
        {},
        typeIs(n, "Conflict") ? disputes(n) : null,
        order.map((key, i) => [
          h("h2", {}, t(key), h("small", {}, ` ${themes.get(key).length}`)),
          factTable(themes.get(key), n),
          i === 0 && !typeIs(n, "Conflict") ? disputes(n) : null,
        ]),
        order.length || typeIs(n, "Conflict") ? null : disputes(n),
      ),
      h(
        "div",
        {},
        filings.length ? [h("h2", {}, t("th_register")), filingTable(filings)] : null,
        entityFigures(n, figures),
        attributes(n),
        ended(n),
        structure.length ? structureList(structure, n) : null,
        sourcesOf(n, held, figures),
      ),
    ),
  ].flat(9);
}

function entityLine(n) {
  const m = D.n.m[n] || {};
  const bits = [
    secondName(n),
    typeName(D.n.t[n]),
    ...(m.sectors || []).map(sectorName),
    m.country,
    m.hq ? `${t("seat")} ${placeName(plain(m.hq))}` : "",
    ...(m.tickers || []),
  ].filter(Boolean);
  return [
    bits.flatMap((x, i) => [i ? " · " : "", bdi(plain(x))]),
    " · ",
    h("code", {}, bdi(D.n.id[n])),
    D.n.al[n] ? sub(t("alias"), ": ", bdi(D.n.al[n].join(", "))) : null,
    h(
      "span",
      {class: "bar"},
      button(t("ingraph"), () => go("graph", {v: "near", f: [n], h: 1, x: [], sel: "n" + D.n.id[n]}), {id: "to-graph"}),
      button(t("v_timeline"), () => go("timeline", {id: n}), {id: "to-timeline"}),
      D.plans.filter(plan => plan.company === D.n.id[n]).map(plan =>
        button(`${t("v_plan")}: ${plan.title}`, () => go("plan", {plan: plan.key})),
      ),
    ),
  ];
}

// what is asked first: its words, and the facts that answer by theme, kinds, and whether they go out from the entity
/** @type {[string, string, string[], boolean?][]} */
const MINUTE = [
  ["m_partners", "th_partners", ["PARTNERS_WITH"]],
  ["m_made", "th_models", ["DEVELOPED"], true],
  ["m_maker", "th_models", ["DEVELOPED"], false],
  ["m_embeds", "th_models", ["EMBEDS"], true],
  ["m_usedby", "th_models", ["EMBEDS"], false],
  ["m_people", "th_people", ["LEADS", "FOUNDED"], false],
  ["m_lists", "th_lists", ["NAMED_IN"], true],
  ["m_restricts", "th_lists", ["RESTRICTS"], false],
  ["m_investors", "th_money", ["INVESTED_IN"], false],
  ["m_parent", "th_money", ["SUBSIDIARY_OF"], true],
  ["m_listed", "th_money", ["LISTED_ON"], true],
];
// one minute: a clause for each thing that is asked first, each name a link
function minute(n, themes, filings) {
  const clauses = [];
  const named = (list, most = 4) => {
    const seen = [...new Set(list.map(e => other(e, n)))];
    const kids = seen.slice(0, most).flatMap((m, i) => {
      const e = list.find(x => other(x, n) === m);
      return [i ? ", " : "", nameLink(m), ` (${dates(e)})`];
    });
    return [...kids, seen.length > most ? ` +${seen.length - most}` : ""];
  };
  const pick = (key, kinds, out) =>
    (themes.get(key) || [])
      .filter(e => kindIs(e, kinds) && (out == null || (D.e.a[e] === n) === out))
      .sort((a, b) => D.e.s[b].length - D.e.s[a].length || (dayOf(b) ?? -1e9) - (dayOf(a) ?? -1e9));
  const say1 = (key, list) => list.length && clauses.push([t(key), " ", ...named(list), tongue() ? "。" : ". "]);
  for (const [word, theme, kinds, out] of MINUTE) say1(word, pick(theme, kinds, out));
  if (filings.length) {
    const last = filings[0];
    clauses.push(
      t("m_filings", filings.length),
      " ",
      bdi(last.service),
      ` (${t("f_" + last.kind)}, ${last.listed}${last.days == null ? "" : ", " + t("ndays", last.days)}). `,
    );
  }
  return clauses.length ? h("p", {class: "minute"}, h("b", {}, t("minute") + " "), clauses.flat()) : null;
}

function factTable(list, n) {
  const order = [...list].sort(
    (a, b) =>
      THEME_ORDER(a) - THEME_ORDER(b) || (dayOf(b) ?? -1e9) - (dayOf(a) ?? -1e9) || D.e.id[a].localeCompare(D.e.id[b]),
  );
  return h(
    "table",
    {class: "rows"},
    heads(["type", "name", "status", "date", "sources"], {class: "away"}),
    h(
      "tbody",
      {},
      order.map(e => {
        const product = extra(e, "product"),
          scope = extra(e, "scope") || extra(e, "measure") || termName(extra(e, "role") || "");
        return h(
          "tr",
          {"data-id": D.e.id[e], "aria-selected": String(S.sel === "e" + D.e.id[e])},
          h("td", {class: "thin"}, factLink(e), D.e.a[e] === n ? " →" : " ←"),
          h(
            "td",
            {},
            nameLink(other(e, n)),
            product ? sub(bdi(plain(product))) : null,
            scope ? sub(bdi(short(plain(scope), 160))) : null,
          ),
          h("td", {class: "thin"}, badge(stateOf(e)), disputed(e) ? h("span", {class: "bad"}, "! " + t("disputed")) : null),
          h("td", {}, dates(e)),
          h(
            "td",
            {class: "thin"},
            button(
              `${t("src", D.e.s[e].length)}${D.e.cf[e] == null ? "" : " · " + D.e.cf[e]}`,
              () => select("e", e),
              {class: "link", "aria-label": `${t("sources")}: ${factWords(e)}`},
            ),
          ),
        );
      }),
    ),
  );
}
const THEME_ORDER = e => THEMES.flatMap(x => x[1]).indexOf(D.kinds[D.e.k[e]][0]);

// both sides of what is disputed, side by side, the one an answer uses marked
function disputes(n) {
  const mine = new Set(
    typeIs(n, "Conflict")
      ? [D.n.m[n]?.conflict]
      : ADJ[n].map(e => extra(e, "conflict")).filter(Boolean),
  );
  const out = [];
  for (const key of mine) {
    if (key == null) continue;
    const at = CONFLICTS.get(key),
      sides = SIDES.get(key) || [],
      why = at == null ? null : D.n.m[at]?.reason || D.n.m[at]?.note;
    out.push(
      h("h2", {}, t("conflict"), ": ", at == null ? bdi(key) : typeIs(n, "Conflict") ? bdi(nameOf(at)) : nameLink(at)),
      why ? h("p", {class: "sub"}, bdi(plain(why))) : null,
      h(
        "div",
        {class: "sides"},
        sides.map(side =>
          h(
            "div",
            {class: "side" + (side.preferred ? " best" : "")},
            side.preferred === true ? h("span", {class: "tag"}, t("preferred")) : null,
            side.preferred === false ? h("span", {class: "tag"}, t("setaside")) : null,
            side.e != null ? factBlock(side.e, true) : facts(figureItem(side.f)),
          ),
        ),
      ),
      sides.some(x => x.preferred === true) ? null : h("p", {class: "sub"}, t("undecided")),
    );
  }
  return out;
}

const CONFLICTS = new Map(),
  SIDES = new Map();
function indexConflicts() {
  const put = (key, side) => SIDES.set(key, [...(SIDES.get(key) || []), side]);
  D.n.id.forEach((_, n) => {
    if (typeIs(n, "Conflict") && D.n.m[n]?.conflict) CONFLICTS.set(D.n.m[n].conflict, n);
  });
  D.e.id.forEach((_, e) => {
    if (disputed(e)) put(extra(e, "conflict"), {e, preferred: extra(e, "preferred")});
  });
  D.f.forEach(f => {
    if (f[5].conflict) put(f[5].conflict, {f, preferred: f[5].preferred});
  });
}

function filingBlock(f) {
  const median = D.medians[f.notice + "/" + f.kind];
  return h(
    "div",
    {class: "card"},
    h("b", {}, bdi(f.service)),
    sub(t("f_" + f.kind), " · ", h("code", {}, bdi(f.number))),
    sub(
      `${t("listed")} ${f.listed} · `,
      f.days == null ? t("nowait") : t("waited", f.accepted, f.days),
      median && f.days != null ? " · " + t("median", median[1], median[0]) : "",
    ),
    sub(bdi(f.entity), " · ", bdi(provinceName(f.province))),
    folded(f.sources),
  );
}
function filingTable(list) {
  const [first, rest] = [list.slice(0, 12), list.slice(12)];
  return [first.map(filingBlock), rest.length ? details(t("more", rest.length), rest.map(filingBlock)) : null];
}

function entityFigures(n, figures) {
  if (!figures.length) return null;
  const by = groupBy(figures, f => plain(f[5].metric || f[5].id));
  return [
    h("h2", {}, t("figures"), h("small", {}, ` ${figures.length}`)),
    [...by].map(([metric, list]) => {
      const order = [...list].sort((a, b) => (b[1] ?? -1e9) - (a[1] ?? -1e9));
      return [
        list.length > 3 ? figureChart(metric, list) : null,
        facts(order.slice(0, 3).map(figureItem)),
        order.length > 3
          ? lesser(`${termName(metric)}: ${t("more", order.length - 3)}`, facts(order.slice(3).map(figureItem)))
          : null,
      ];
    }),
  ];
}

function ended(n) {
  const over = e => D.e.to[e] != null && S.at != null && D.e.to[e] <= S.at;
  const past = ADJ[n].filter(e => over(e) && !isStructure(e) && stateOf(e) !== "denied"),
    denied = ADJ[n].filter(e => stateOf(e) === "denied" && !disputed(e));
  const part = (key, list) => (list.length ? details(`${t(key)} (${list.length})`, factList(list, n)) : null);
  return [part("endedfacts", past), part("deniedfacts", denied)];
}

function structureList(list, n) {
  const by = groupBy(list, e => D.e.k[e] + (D.e.a[e] === n ? ">" : "<"));
  return details(
    `${t("structurefacts")} (${list.length})`,
    [...by.values()].map(alike =>
      h(
        "p",
        {},
        h("b", {}, bdi(kindName(D.e.k[alike[0]])), D.e.a[alike[0]] === n ? " → " : " ← "),
        alike.slice(0, 60).flatMap((e, i) => [i ? ", " : "", nameLink(other(e, n))]),
        alike.length > 60 ? ` +${alike.length - 60}` : "",
      ),
    ),
  );
}

const HEAD_ATTRIBUTES = ["country", "hq", "tickers", "sectors", "keys", "kind", "conflict", "facts"];
function attributes(n) {
  const rows = others(D.n.m[n], HEAD_ATTRIBUTES);
  return rows.length ? h("details", {open: ADJ[n].length < 12}, h("summary", {}, t("about")), h("dl", {}, rows)) : null;
}

function sourcesOf(n, held, figures) {
  const all = [...new Set([...(D.n.s[n] || []), ...held.flatMap(e => D.e.s[e]), ...figures.flatMap(f => f[4])])];
  if (!all.length) return h("p", {class: "sub"}, t("nosourcehere"));
  return details(`${t("sources")} (${all.length})`, sourceList(all));
}

function mostLinked() {
  const list = [...D.n.id.keys()].filter(isCompany).sort((a, b) => degree(b) - degree(a)).slice(0, 60);
  return h("ul", {class: "names"}, list.map(n => h("li", {}, nameLink(n))));
}
