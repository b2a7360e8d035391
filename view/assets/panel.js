// the right side: what is known about the chosen entity, fact, group or step
function panel() {
  const box = $("right"),
    chosen = selected();
  const was = JSON.stringify([S.sel, S.p, S.v, S.a, S.b]);
  const graph = S.p === "graph";
  const kids =
    chosen?.kind === "n"
      ? nodePanel(chosen.at)
      : chosen?.kind === "e"
        ? edgePanel(chosen.at)
        : chosen?.kind === "c"
          ? cellPanel(chosen, S.sel.slice(1))
          : chosen?.kind === "g" && graph && GROUPS?.found.has(chosen.at)
            ? groupPanel(chosen.at)
            : chosen?.kind === "r"
              ? stepPanel(chosen.at)
              : graph && S.v === "path"
                ? pathPanel()
                : [h("h2", {}, t("details")), h("p", {class: "sub"}, t(graph ? "pick" : "pickfact"))];
  const back = chosen && graph && S.v === "path" ? [button("← " + t("path"), unselect)] : [];
  box.hidden = !graph && !chosen && S.p !== "who";
  const closing = chosen && !graph ? [button("✕ " + t("close"), unselect, {id: "right-close", class: "shut"})] : [];
  fill(box, closing, back, kids);
  if (box.dataset.asked !== was) {
    box.dataset.asked = was;
    if (chosen && matchMedia("(max-width: 1000px)").matches) box.scrollIntoView({block: "start"});
  }
}

function nodePanel(n) {
  const type = D.types[D.n.t[n]],
    more = D.n.m[n] || {},
    all = ADJ[n],
    ok = all.filter(e => OKE[e]);
  const figures = FIGS.get(n) || [],
    figs = figures.filter(figureOk);
  const second = secondName(n);
  const theme = e => (isStructure(e) ? 99 : THEME_ORDER(e) < 0 ? 98 : THEME_ORDER(e));
  const order = [...ok].sort((a, b) => theme(a) - theme(b) || (dayOf(b) ?? -1e9) - (dayOf(a) ?? -1e9) || a - b);
  const left = all.length - ok.length;
  return [
    h("h2", {}, bdi(nameOf(n))),
    h(
      "p",
      {class: "sub"},
      second ? [bdi(second), " · "] : "",
      bdi(type[tongue() ? 2 : 1]),
      " · ",
      h("code", {}, bdi(D.n.id[n])),
    ),
    h(
      "div",
      {class: "bar"},
      button(t("v_entity"), () => openEntity(n), {id: "open-entity"}),
      [1, 2, 3].map(k =>
        toggle(null, String(k), S.v === "near" && S.h === k && S.f.length === 1 && S.f[0] === n, () => near(n, k), {
          "aria-label": `${t("near")} ${k} ${t("hops")}`,
        }),
      ),
      sub(t("hops")),
      button(t("expand"), () => expand(n)),
      button(t("hide"), () => hideNode(n)),
      isPinned(n) ? button(t("unpin"), () => unpin(n)) : button(t("pin"), () => pinAt(n)),
      button(t("from"), () => change({v: "path", a: n, sel: ""}), {"aria-label": `${t("path")}: ${t("from")}`}),
      button(t("to"), () => change({v: "path", b: n, sel: ""}), {"aria-label": `${t("path")}: ${t("to")}`}),
    ),
    h(
      "dl",
      {},
      D.n.al[n] ? [h("dt", {}, t("alias")), h("dd", {}, D.n.al[n].map((x, i) => [i ? ", " : "", bdi(x)]).flat())] : [],
      others(more, []),
    ),
    h("h3", {}, `${t("facts")} (${ok.length})`),
    ok.length ? factList(order, n) : h("p", {class: "sub"}, unknown("nofacts")),
    left ? h("p", {class: "sub"}, t("filtered", left)) : null,
    D.n.s[n] ? [h("h3", {}, `${t("sources")} (${D.n.s[n].length})`), sourceList(D.n.s[n])] : [],
    figures.length
      ? [h("h3", {}, `${t("figures")} (${figs.length})`), facts(figs.map(figureItem))]
      : [],
  ].flat();
}

const SHOWN_FIRST = [
  "known_from_basis",
  "product",
  "since",
  "until",
  "announced",
  "as_of",
  "scope",
  "note",
  "confidence_why",
  "conflict",
  "preferred",
  "weak",
];
function edgePanel(e) {
  const more = D.e.m[e] || {},
    state = stateOf(e);
  const line = key => entry(key, more[key] == null ? "" : bdi(plain(more[key])));
  const same = PAIRS.get(pairKey(e)).filter(x => x !== e);
  const rivals = more.conflict
    ? D.e.id.map((_, x) => x).filter(x => x !== e && extra(x, "conflict") === more.conflict)
    : [];
  return [
    h("h2", {}, bdi(kindName(D.e.k[e]))),
    h("p", {}, nameLink(D.e.a[e]), " → ", nameLink(D.e.b[e])),
    more.preferred === false ? h("span", {class: "tag"}, t("setaside")) : null,
    more.preferred ? h("span", {class: "tag"}, t("preferred")) : null,
    more.weak ? h("span", {class: "tag"}, t("weak")) : null,
    h(
      "dl",
      {},
      entry("status", badge(state)),
      entry("date", isStructure(e) ? "" : dates(e)),
      ["since", "announced", "as_of", "until"].map(line),
      entry("known", dayText(D.e.from[e])),
      ["product", "scope", "note"].map(line),
      entry("confidence", D.e.cf[e]),
      more.confidence_why ? line("confidence_why") : entry("confidence_why", isStructure(e) ? "" : t("nowhy")),
      CONFLICTS.has(more.conflict) ? entry("conflict", nameLink(CONFLICTS.get(more.conflict))) : line("conflict"),
      others(more, SHOWN_FIRST),
      entry("id", h("code", {}, bdi(D.e.id[e]))),
    ),
    h("h3", {}, `${t("sources")} (${evidenceOf(e).list.length})`),
    evidence(e, true),
    h("p", {}, button(t("cite"), () => cite(e), {class: "link", id: "cite-" + e})),
    rivals.length ? [h("h3", {}, t("rival")), factList(rivals)] : [],
    same.length ? [h("h3", {}, t("parallel", same.length + 1)), factList(same)] : [],
  ].flat();
}

function groupPanel(g) {
  const group = GROUPS.found.get(g),
    top = [...group.nodes].sort((a, b) => LINKS[b] - LINKS[a] || a - b).slice(0, 15);
  const links = GROUPS.links.filter(l => l.a === g || l.b === g);
  return [
    h("h2", {}, bdi(S.by === "com" && g >= 0 ? t("group", groupName(g)) : groupName(g))),
    h("p", {class: "sub"}, t("members", group.nodes.length, group.inside)),
    h("div", {class: "bar"}, button(t("open"), enter)),
    h("h3", {}, t("topmembers")),
    facts(top.map(n => h("li", {}, nameLink(n), sub(bdi(typeName(D.n.t[n])), ` · ${LINKS[n]}`)))),
    h("h3", {}, t("links")),
    facts(
      links.slice(0, 40).map(l => {
        const o = l.a === g ? l.b : l.a;
        return h("li", {}, button(bdi(groupName(o)), () => select("g", o), {class: "link"}), ` · ${l.n}`);
      }),
    ),
  ];
}
