// everything by keyboard: the drawing takes single keys, the rest of the page the usual ones
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

function move([dx, dy]) {
  const at = NET.getPositions(),
    id = drawnId(selected(), "ng");
  const here = at[id] || NET.getViewPosition();
  let best = null,
    least = Infinity;
  for (const [key, p] of Object.entries(at)) {
    if (key === String(id)) continue;
    const x = p.x - here.x,
      y = p.y - here.y,
      along = x * dx + y * dy,
      across = Math.abs(x * dy) + Math.abs(y * dx);
    if (at[id] && (along <= 0 || across > 2.5 * along)) continue;
    const far = at[id] ? along + 2 * across : Math.hypot(x, y);
    if (far < least) {
      least = far;
      best = key;
    }
  }
  if (best == null) return;
  if (best[0] === "g") select("g", Number(best.slice(1)));
  else select("n", Number(best));
  const p = at[best],
    view = NET.canvasToDOM(p),
    box = $("net").getBoundingClientRect();
  if (view.x < 30 || view.y < 30 || view.x > box.width - 30 || view.y > box.height - 30)
    NET.moveTo({position: p, animation: false});
}

// the entity around which edges are turned
turnEdges.by = null;
function turnEdges(step) {
  const chosen = selected();
  if (!chosen || (chosen.kind !== "n" && chosen.kind !== "e")) return;
  const n = chosen.kind === "n" ? chosen.at : (turnEdges.by ?? D.e.a[chosen.at]),
    list = ADJ[n].filter(e => OKE[e]);
  turnEdges.by = n;
  if (!list.length) return;
  const at = chosen.kind === "e" ? list.indexOf(chosen.at) : step > 0 ? -1 : 0;
  select("e", list[(at + step + list.length) % list.length]);
}

function help() {
  const box = $("help");
  fill(
    box,
    h("h2", {id: "help-title"}, t("help")),
    h("dl", {}, KEYS.map(([key, en, zh]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, tongue() ? zh : en)]).flat()),
    h("p", {class: "sub"}, t("bidi")),
    button(t("close"), () => box.close(), {id: "help-close"}),
  );
  box.showModal();
}

function zoom(k) {
  if (S.p === "graph") NET.moveTo({scale: NET.getScale() * k, animation: false});
}

function onKey(ev) {
  /** @type {any} where one may be writing */
  const el = document.activeElement;
  const writing =
      el && ((el.tagName === "INPUT" && el.type !== "checkbox" && el.type !== "range") || el.tagName === "SELECT" || el.tagName === "TEXTAREA");
  if ((ev.ctrlKey || ev.metaKey) && ev.key.toLowerCase() === "z" && !writing) {
    ev.preventDefault();
    return undo();
  }
  if (ev.ctrlKey || ev.metaKey || ev.altKey || writing || $("help").open) return;
  const chosen = selected(),
    n = chosen?.kind === "n" ? chosen.at : null,
    stage = el === $("stage"),
    key = ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
  const does = {
    "/": () => $("q").focus(),
    "?": help,
    u: undo,
    w: () => go("who"),
    o: () => change({p: "graph", v: "over", by: "com", x: [], sel: ""}),
    a: () => change({p: "graph", v: "all", x: []}),
    t: () => S.p === "graph" && turnTable(),
    l: turnLanguage,
    d: turnTheme,
    f: () => S.p === "graph" && fit(),
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    Escape: () => (MENU ? openMenu(false) : unselect()),
    "]": () => turnEdges(1),
    "[": () => turnEdges(-1),
  };
  if (n != null && S.p === "graph")
    Object.assign(does, {
      e: () => expand(n),
      h: () => hideNode(n),
      p: () => (isPinned(n) ? unpin(n) : pinAt(n)),
      1: () => near(n, 1),
      2: () => near(n, 2),
      3: () => near(n, 3),
    });
  if (stage) {
    if (ARROWS[ev.key]) {
      ev.preventDefault();
      if (chosen?.kind !== "e") turnEdges.by = null;
      return move(ARROWS[ev.key]);
    }
    if (ev.key === "Enter") {
      ev.preventDefault();
      return enter();
    }
  }
  if (Object.hasOwn(does, key)) {
    ev.preventDefault();
    does[key]();
  }
}
