// start: read the data, take the first view from it or from the address, draw
async function start() {
  await Promise.all([readData(), startVis()]);
  const few = D.n.id.length <= TINY && D.e.id.length <= 2.5 * TINY;
  FIRST = {
    ...PLAIN,
    l: D.lang,
    th: D.theme,
    at: D.asof,
    h: D.hops,
    f: D.focus.map(id => BYID.get(id)),
    v: few ? "all" : "over",
  };
  if (D.focus.length) FIRST.v = "near";
  if (D.path.length) Object.assign(FIRST, {v: "path", a: BYID.get(D.path[0]), b: BYID.get(D.path[1])});
  if (D.route.length && !D.focus.length) FIRST.v = "route";
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
  addEventListener("hashchange", () => {
    S = decode(location.hash);
    show();
  });
  addEventListener("click", ev => {
    if (MENU && !ev.target.closest(".menu")) openMenu(false);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    lastDraw = "";
    show();
  });
  if (!NET) document.documentElement.dataset.ready = String(performance.now());
}
start();
