// one step round one entity: no name lies on another, no line runs through one that is no party to it
const STARFONT = 13;
let STAR = null;

// a name in lines of about so many columns; a Chinese character takes two
function nameLines(n) {
  const text = nameOf(n),
    lines = [""];
  for (const part of text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) || []) {
    const last = lines.length - 1,
      size = x => [...x].reduce((sum, c) => sum + (c > "\u2e80" ? 2 : 1), 0);
    if (size(lines[last] + part) > 20 && lines[last].trim()) lines.push(part.trim() ? part : "");
    else lines[last] += part;
  }
  const kept = lines.map(x => short(x.trim(), 24)).filter(Boolean);
  return kept.length > 3 ? [...kept.slice(0, 2), kept[2] + "…"] : kept;
}

const isStar = view => S.v === "near" && S.h === 1 && S.f.length === 1 && view.nodes.length <= 160 && !S.x.length;

// box of a node with its name below it
/** @param {number} n @param {number[]} spot @param {number} size */
function starBox(n, [x, y], size) {
  const lines = nameLines(n),
    wide = Math.max(size * 2, ...lines.map(line => textWide(line, STARFONT))) + 10;
  return [x - wide / 2, y - size - 3, x + wide / 2, y + size + lines.length * (STARFONT + 3) + 6];
}
const boxesMeet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const starSize = n => (S.f.includes(n) ? 20 : 8 + Math.min(7, Math.sqrt(LINKS[n]) * 0.9));

// distance of a point from the line between two others
/** @param {number[]} point @param {number[]} start @param {number[]} end */
function farFrom([px, py], [ax, ay], [bx, by]) {
  const dx = bx - ax,
    dy = by - ay,
    k = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - k * dx, py - ay - k * dy);
}

// every neighbour has an angle of its own, and goes as far out as it must to have room
function star(view) {
  const hub = S.f[0],
    place = new Map([[hub, [0, 0]]]),
    boxes = [starBox(hub, [0, 0], starSize(hub))],
    stretch = aspect();
  const ring = view.nodes
    .filter(n => n !== hub)
    .sort((a, b) => D.n.t[a] - D.n.t[b] || nameOf(a).localeCompare(nameOf(b)) || a - b);
  const set = [];
  ring.forEach((n, i) => {
    const angle = (2 * Math.PI * i) / ring.length - Math.PI / 2;
    for (let far = 150; ; far += 22) {
      const spot = [Math.round(far * stretch * Math.cos(angle)), Math.round(far * Math.sin(angle))],
        box = starBox(n, spot, starSize(n)),
        size = starSize(n) + 4;
      const free =
        boxes.every(other => !boxesMeet(box, other)) &&
        set.every(([m, at]) => farFrom(at, [0, 0], spot) > starSize(m) + 4 && farFrom(spot, [0, 0], at) > size);
      if (!free && far < 4000) continue;
      place.set(n, spot);
      boxes.push(box);
      set.push([n, spot]);
      break;
    }
  });
  return place;
}

// where the curve between two points bends, as vis-network draws "curvedCW" (sign 1) and "curvedCCW" (sign -1)
function curveVia([ax, ay], [bx, by], sign, round) {
  const far = Math.hypot(bx - ax, by - ay),
    turn = Math.atan2(ay - by, bx - ax) + (sign * round * 0.5 + 0.5) * Math.PI,
    long = (round * 0.5 + 0.5) * far;
  return [ax + long * Math.sin(turn), ay + long * Math.cos(turn)];
}
const BENDS = Array.from({length: 100}, (_, k) => (k + 1) * 0.03).flatMap(x => [x, -x]);

// the least bend that keeps a line clear of all nodes but its own
function clearBend(a, b, first) {
  const from = SPOT(a),
    to = SPOT(b),
    others = LIVE.nodes.filter(n => n !== a && n !== b).map(n => [SPOT(n), starSize(n) + 3]);
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 5) + 8;
  let best = first,
    most = -Infinity;
  for (const bend of [first, ...BENDS.map(x => x + first)]) {
    const via = curveVia(from, to, bend < 0 ? -1 : 1, Math.abs(bend));
    let least = Infinity;
    for (let k = 1; k < steps && least > Math.min(most, 0); k++) {
      const u = k / steps,
        x = (1 - u) ** 2 * from[0] + 2 * u * (1 - u) * via[0] + u * u * to[0],
        y = (1 - u) ** 2 * from[1] + 2 * u * (1 - u) * via[1] + u * u * to[1];
      for (const [[ox, oy], size] of others) least = Math.min(least, Math.hypot(ox - x, oy - y) - size);
    }
    if (least > 0) return bend;
    if (least > most) {
      most = least;
      best = bend;
    }
  }
  return best;
}
