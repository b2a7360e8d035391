// start: read the data, take the first view from it or from the address, draw
function start() {
  readData();
  const few = D.n.id.length <= TINY && D.e.id.length <= 2.5 * TINY;
  FIRST = {
    ...PLAIN,
    p: D.start,
    l: D.lang,
    th: D.theme,
    at: D.asof,
    h: D.hops,
    f: D.focus.map(id => BYID.get(id)),
    v: few ? "all" : "over",
  };
  if (D.focus.length) Object.assign(FIRST, {v: "near", id: FIRST.f[0]});
  if (D.path.length) Object.assign(FIRST, {v: "path", a: BYID.get(D.path[0]), b: BYID.get(D.path[1])});
  if (D.plans.length) FIRST.plan = D.plans[0].key;
  S = decode(location.hash);
  document.documentElement.dataset.theme = S.th;
  paintNow = paint();
  GROUPS = null;
  LIVE = {nodes: [], edges: [], rest: []};
  $("plain").hidden = true;
  $("app").hidden = false;
  startSearch();
  show();
  addEventListener("keydown", onKey);
  addEventListener("popstate", () => {
    S = decode(location.hash);
    show();
  });
  addEventListener("click", ev => {
    if (MENU && !ev.target.closest(".menu")) openMenu("");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    lastDraw = "";
    show();
  });
  if (S.p !== "graph" || !NET) document.documentElement.dataset.ready = String(performance.now());
}
start();
