// a market-entry route: steps in columns from left to right, an arrow from each need to what needs it
const STEPW = 220,
  STEPGAP = 84;
const stepTitle = s => (tongue() && s.title_zh ? s.title_zh : s.title);

// lines of at most so many columns; a Chinese character takes two
function wrap(text, width, most) {
  const parts = text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) || [],
    lines = [""];
  let used = 0;
  for (const raw of parts)
    for (let part = raw; part;) {
      const bit = part.slice(0, width),
        size = /[\u2e80-\u9fff\uff00-\uffef]/.test(bit) ? 2 : bit.length;
      if (used + size > width && used > 0) {
        lines.push("");
        used = 0;
      }
      if (!(used === 0 && /^\s+$/.test(bit))) {
        lines[lines.length - 1] += bit;
        used += size;
      }
      part = part.slice(width);
    }
  return lines.length > most ? [...lines.slice(0, most - 1), lines[most - 1].slice(0, -1) + "…"] : lines;
}

function routePlan() {
  const levels = [...new Set(D.route.map(s => s.level))].sort((a, b) => a - b),
    boxes = new Map();
  let high = 0;
  levels.forEach((level, col) => {
    let y = 34;
    for (const s of D.route.filter(x => x.level === level)) {
      const title = wrap(stepTitle(s), 28, 4),
        sub = [s.authority, s.duration].filter(Boolean).flatMap(x => wrap(x, 33, 2));
      const hgt = 22 + title.length * 18 + sub.length * 15;
      boxes.set(s.id, {s, col, x: 12 + col * (STEPW + STEPGAP), y, h: hgt, title, sub});
      y += hgt + 22;
    }
    high = Math.max(high, y);
  });
  for (const level of levels) {
    const list = [...boxes.values()].filter(b => b.s.level === level),
      end = list.at(-1).y + list.at(-1).h,
      shift = (high - 22 - end) / 2;
    for (const b of list) b.y += shift;
  }
  return {levels, boxes, w: 24 + levels.length * (STEPW + STEPGAP) - STEPGAP, h: high + 6};
}

function routeSvg(ink, live) {
  const plan = routePlan(),
    kids = [
      svg(
        "defs",
        {},
        svg(
          "marker",
          {id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto"},
          svg("path", {d: "M0 0L8 4L0 8Z", fill: ink.soft}),
        ),
      ),
    ];
  plan.levels.forEach((level, col) =>
    kids.push(
      svg("text", {x: 12 + col * (STEPW + STEPGAP), y: 18, fill: ink.soft, "font-size": 13}, t("level", level)),
    ),
  );
  for (const b of plan.boxes.values())
    for (const id of b.s.needs) {
      const a = plan.boxes.get(id),
        x1 = a.x + STEPW,
        y1 = a.y + a.h / 2,
        x2 = b.x - 2,
        y2 = b.y + b.h / 2,
        m = Math.max(30, (x2 - x1) / 2);
      kids.push(
        svg("path", {
          d: `M${x1} ${y1}C${x1 + m} ${y1} ${x2 - m} ${y2} ${x2} ${y2}`,
          fill: "none",
          stroke: ink.soft,
          "stroke-width": 1.5,
          "marker-end": "url(#tip)",
        }),
      );
    }
  for (const b of plan.boxes.values()) {
    const at = D.route.indexOf(b.s),
      on = S.sel === "r" + b.s.id;
    const g = svg(
      "g",
      live
        ? {
            class: "step",
            tabindex: 0,
            role: "button",
            "aria-pressed": String(on),
            "aria-label": [stepTitle(b.s), b.s.authority, b.s.duration].filter(Boolean).join(", "),
            id: "step-" + at,
          }
        : {},
      svg("rect", {x: b.x, y: b.y, width: STEPW, height: b.h, rx: 8, fill: ink.pane, stroke: on ? ink.on : ink.soft}),
      b.title.map((line, i) =>
        svg("text", {x: b.x + 12, y: b.y + 24 + i * 18, fill: ink.fg, "font-size": 14, "font-weight": 600}, line),
      ),
      b.sub.map((line, i) =>
        svg("text", {x: b.x + 12, y: b.y + 24 + b.title.length * 18 + i * 15, fill: ink.soft, "font-size": 12}, line),
      ),
    );
    if (live) {
      g.addEventListener("click", () => {
        select("r", at);
        $("step-" + at).focus();
      });
      g.addEventListener("keydown", ev => {
        if (ev.key === "Enter" || ev.key === " ") {
          ev.preventDefault();
          ev.stopPropagation();
          select("r", at);
          $("step-" + at).focus();
        }
      });
    }
    kids.push(g);
  }
  return {
    el: svg(
      "svg",
      {
        viewBox: `0 0 ${plan.w} ${plan.h}`,
        width: plan.w,
        height: plan.h,
        role: live ? "group" : null,
        "aria-label": live ? t("route") : null,
        "font-family": "sans-serif",
      },
      kids,
    ),
    w: plan.w,
    h: plan.h,
  };
}

function drawRoute() {
  const {el, w, h: high} = routeSvg(paintNow, true),
    room = $("flow").clientWidth - 32,
    k = Math.min(1, Math.max(0.72, room / w));
  el.setAttribute("width", w * k);
  el.setAttribute("height", high * k);
  fill($("flow"), el);
}

function stepPanel(i) {
  const s = D.route[i],
    line = (key, val) => (val ? [h("dt", {}, t(key)), h("dd", {}, bdi(val))] : []);
  const byId = id => D.route.findIndex(x => x.id === id);
  return [
    h("h2", {}, bdi(stepTitle(s))),
    h("p", {class: "sub"}, t("level", s.level), s.title_zh ? [" · ", bdi(tongue() ? s.title : s.title_zh)] : ""),
    h("dl", {}, line("authority", s.authority), line("duration", s.duration), others(s.more, []), line("id", s.id)),
    s.needs.length
      ? [
          h("h3", {}, t("needs")),
          h(
            "ul",
            {class: "facts"},
            s.needs.map(id =>
              h(
                "li",
                {},
                button(bdi(stepTitle(D.route[byId(id)])), () => select("r", byId(id)), {class: "link"}),
              ),
            ),
          ),
        ]
      : [],
    BYID.has(s.id) ? h("p", {}, nameLink(BYID.get(s.id))) : null,
  ].flat();
}
