// positions that depend on the view: rings round the chosen entity, a path in a row, groups in a circle
let paintNow;

function spots(view) {
  const fixed = pins();
  STAR = isStar(view) ? star(view) : null;
  const few = view.nodes.length <= 260,
    tree = !few ? null : view.tree || (S.v === "com" || S.v === "kind" ? groupTree(view.nodes) : null);
  const own = STAR ? STAR : tree ? rings(tree) : view.steps ? row(view.steps.nodes) : null;
  if (own) around(own, view);
  const spot = n => fixed.get(n) || own?.get(n) || [D.n.x[n], D.n.y[n]];
  spot.own = own != null;
  return spot;
}

// a wide drawing is seen from far off: larger dots, and names of the hubs that stay readable
function spread(nodes) {
  const [left, right] = extent([0, ...nodes.map(n => D.n.x[n])]),
    wide = right - left;
  return {dot: Math.max(1, Math.min(2.6, wide / 2600)), hub: Math.max(20, Math.min(190, wide / 46))};
}

// how much wider than high the drawing may be
function aspect() {
  const box = $("stage").getBoundingClientRect();
  return Math.max(0.95, Math.min(1.6, box.width / box.height || 1));
}

// a group as rings: round its hub by steps from it, or all alike where it has none
function groupTree(nodes) {
  const set = new Set(nodes),
    tree = reach(S.v === "com" ? [S.c] : [], 3, n => set.has(n));
  const last = tree.size ? 3 : 1;
  for (const n of nodes) if (!tree.has(n)) tree.set(n, {d: last, by: null});
  return tree;
}

function rings(tree) {
  const place = new Map(),
    level = [[], [], [], []],
    stretch = aspect(),
    few = tree.size <= 30;
  for (const [n, {d}] of tree) level[d].push(n);
  level[0].forEach((n, i) => place.set(n, [(i - (level[0].length - 1) / 2) * 170, 0]));
  const turn = new Map(level[0].map((n, i) => [n, i]));
  let far = level[0].length > 1 ? level[0].length * 60 : 0;
  for (let d = 1; d <= 3; d++) {
    if (!level[d].length) continue;
    const up = n => turn.get(tree.get(n).by) || 0;
    const list = level[d].sort(
      (a, b) => (d > 1 ? up(a) - up(b) : 0) || D.n.t[a] - D.n.t[b] || degree(b) - degree(a) || a - b,
    );
    // a full ring goes on in the next one, so that labels keep their room
    let done = 0;
    while (done < list.length) {
      far += done ? (few ? 88 : 72) : few ? 160 : 145;
      const room = Math.max(few ? 6 : 8, Math.floor((2 * Math.PI * far) / (few ? 130 : 96))),
        left = list.length - done;
      const take = left <= room ? left : Math.min(room, Math.ceil(left / Math.ceil(left / room)));
      for (let i = 0; i < take; i++) {
        const angle = (2 * Math.PI * (i + (done ? 0.5 : 0))) / take - Math.PI / 2,
          n = list[done + i];
        turn.set(n, angle);
        place.set(n, [Math.round(far * stretch * Math.cos(angle)), Math.round(far * Math.sin(angle))]);
      }
      done += take;
    }
  }
  return place;
}

const row = nodes => new Map(nodes.map((n, i) => [n, [i * 200, i % 2 ? 50 : -50]]));

// what was added later stands round the neighbour it came with
function around(place, view) {
  const count = new Map();
  for (let pass = 0; pass < 3; pass++)
    for (const n of view.nodes) {
      if (place.has(n)) continue;
      const by = ADJ[n].map(e => other(e, n)).find(m => place.has(m));
      if (by == null) continue;
      const i = count.get(by) || 0,
        angle = i * 2.4 + 0.6,
        far = 95 + 13 * i,
        [x, y] = place.get(by);
      count.set(by, i + 1);
      place.set(n, [Math.round(x + far * 1.3 * Math.cos(angle)), Math.round(y + far * Math.sin(angle))]);
    }
}

// groups stand where their members stand, scaled to one screen and then moved apart
function centres(list) {
  const spot = list.map(({g, nodes}) => {
    const pick = g >= 0 ? [g] : nodes;
    return {
      g,
      r: 40 + Math.sqrt(nodes.length) * 1.6,
      w: Math.max(90, textWide(short(groupName(g), list.length > 20 ? 18 : 24), groupFont(list)) + 12),
      x: pick.reduce((s, n) => s + D.n.x[n], 0) / pick.length,
      y: pick.reduce((s, n) => s + D.n.y[n], 0) / pick.length,
    };
  });
  const wide = key => Math.max(1, ...spot.map(s => s[key])) - Math.min(0, ...spot.map(s => s[key]));
  const size = 150 * Math.sqrt(list.length),
    [w, hgt] = [wide("x"), wide("y")];
  for (const s of spot) {
    s.x *= (size * Math.min(1.5, 1.1 * aspect())) / w;
    s.y *= size / hgt;
  }
  // each needs a field of its own, as wide as its name and as high as its dot with two lines below it
  for (let pass = 0; pass < 200; pass++)
    for (let i = 0; i < spot.length; i++)
      for (let j = i + 1; j < spot.length; j++) {
        const a = spot[i],
          b = spot[j],
          dx = b.x - a.x || 0.1,
          dy = b.y - a.y || 0.1,
          over = (a.w + b.w) / 2 - Math.abs(dx),
          deep = a.r + b.r + 22 - Math.abs(dy);
        if (over <= 0 || deep <= 0) continue;
        if (over * 0.8 < deep) {
          a.x -= (Math.sign(dx) * over) / 4;
          b.x += (Math.sign(dx) * over) / 4;
        } else {
          a.y -= (Math.sign(dy) * deep) / 4;
          b.y += (Math.sign(dy) * deep) / 4;
        }
      }
  return new Map(spot.map(s => [s.g, [Math.round(s.x), Math.round(s.y)]]));
}

function ring(list) {
  const far = Math.max(150, list.length * 26),
    stretch = aspect();
  return new Map(
    list.map(({g}, i) => {
      const a = (2 * Math.PI * i) / list.length - Math.PI / 2;
      return [g, [Math.round(far * stretch * Math.cos(a)), Math.round(far * Math.sin(a))]];
    }),
  );
}
