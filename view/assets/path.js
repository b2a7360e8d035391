// the way from A to B under the current filters: fewest steps, then the best evidence
function findPath() {
  const {a, b} = S;
  if (a == null || b == null || !OKN[a] || !OKN[b]) return null;
  const cost = new Map([[a, 0]]),
    via = new Map();
  let edge = [a];
  while (edge.length && !cost.has(b)) {
    const next = new Map();
    for (const n of edge)
      for (const e of ADJ[n]) {
        if (!OKE[e] || (S.d && D.e.a[e] !== n)) continue;
        const m = other(e, n);
        if (cost.has(m) || !OKN[m]) continue;
        const c = cost.get(n) + 1 - (D.e.cf[e] ?? 0);
        if (!next.has(m) || c < next.get(m)) {
          next.set(m, c);
          via.set(m, n);
        }
      }
    for (const [m, c] of next) cost.set(m, c);
    edge = [...next.keys()];
  }
  if (!cost.has(b)) return null;
  const nodes = [b];
  while (nodes[0] !== a) nodes.unshift(via.get(nodes[0]));
  const steps = nodes.slice(1).map((to, i) => {
    const from = nodes[i];
    const edges = ADJ[from]
      .filter(e => OKE[e] && other(e, from) === to && (!S.d || D.e.a[e] === from))
      .sort((x, y) => (D.e.cf[y] ?? 0) - (D.e.cf[x] ?? 0) || x - y);
    return {from, to, edges};
  });
  return {nodes, steps};
}

function pathPanel() {
  const {a, b} = S;
  if (a == null || b == null) return [h("h2", {}, t("path")), h("p", {class: "sub"}, t("pickends"))];
  const found = VIEW.steps;
  if (!found) return [h("h2", {}, t("path")), h("p", {class: "warn"}, t("nopath", nameOf(a), nameOf(b)))];
  return [
    h("h2", {}, bdi(t(found.steps.length === 1 ? "onestep" : "steps", found.steps.length, nameOf(a), nameOf(b)))),
    h(
      "ol",
      {class: "facts", id: "path-steps"},
      found.steps.map(({from, to, edges}, i) =>
        h(
          "li",
          {},
          h("b", {}, t("step", i + 1)),
          " ",
          nameLink(from),
          " — ",
          nameLink(to),
          edges.length > 1 ? sub(t("parallel", edges.length)) : null,
          factList(edges),
        ),
      ),
    ),
  ];
}
