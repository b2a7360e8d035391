// above the limit of live entities the rest is one drawing behind them; a click in it makes one live
const BACK = {canvas: null, box: null};

function behindPrepare() {
  BACK.canvas = null;
  if (!LIVE.restEdges) return;
  const [left, right] = extent(VIEW.nodes.map(n => SPOT(n)[0])),
    [top, bottom] = extent(VIEW.nodes.map(n => SPOT(n)[1]));
  const [x, y, w, hgt] = [left - 30, top - 30, right - left + 60, bottom - top + 60],
    k = Math.min(2400 / w, 2400 / hgt);
  const canvas = document.createElement("canvas"),
    ctx = canvas.getContext("2d");
  canvas.width = Math.ceil(w * k);
  canvas.height = Math.ceil(hgt * k);
  ctx.scale(k, k);
  ctx.translate(-x, -y);
  const live = new Set(LIVE.edges);
  ctx.strokeStyle = paintNow.soft;
  ctx.globalAlpha = 0.05;
  ctx.lineWidth = 0.8 / k;
  ctx.beginPath();
  for (const e of VIEW.edges) {
    if (live.has(e)) continue;
    const [ax, ay] = SPOT(D.e.a[e]),
      [bx, by] = SPOT(D.e.b[e]);
    ctx.moveTo(ax, ay);
    ctx.lineTo(bx, by);
  }
  ctx.stroke();
  ctx.globalAlpha = 0.7;
  const dot = 6 * SPREAD.dot;
  D.types.forEach((type, k) => {
    ctx.fillStyle = type[3];
    ctx.beginPath();
    for (const n of LIVE.rest)
      if (D.n.t[n] === k) {
        const [px, py] = SPOT(n);
        ctx.moveTo(px + dot, py);
        ctx.arc(px, py, dot, 0, 7);
      }
    ctx.fill();
  });
  BACK.canvas = canvas;
  BACK.box = [x, y, w, hgt];
}

function behindDraw(ctx) {
  if (BACK.canvas) ctx.drawImage(BACK.canvas, ...BACK.box);
}

function behindAt({x, y}, scale) {
  let best = null,
    near = Math.max(9, 10 / scale) ** 2;
  for (const n of BACK.canvas ? LIVE.rest : []) {
    const [px, py] = SPOT(n),
      far = (px - x) ** 2 + (py - y) ** 2;
    if (far < near) {
      near = far;
      best = n;
    }
  }
  return best;
}
