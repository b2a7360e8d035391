// market entry: a case's plans as the command tells them; head, bars from P10 to P90, steps, calls, what is open
// a text in the reader's language, where the answer has it in both
const said = (of, key) => (tongue() && of[key + "_zh"]?.length ? of[key + "_zh"] : of[key]);
const planNow = () => D.plans.find(x => x.key === S.plan) || D.plans[0];

function planView() {
  const plan = planNow();
  if (!plan) return [viewHead(t("v_plan"), t("noplan")), h("pre", {class: "code"}, "chinaai view --route Apple phone-assistant -o plan.html")];
  const chooser = D.plans.map(x =>
    toggle("plan-" + x.key.replace("/", "-"), x.title, x === plan, () => change({plan: x.key, sel: ""})),
  );
  return [
    viewHead(bdi(plan.title), `${t("lawasof")} ${plan.as_of}`),
    chooser.length > 1 ? choices(t("v_plan"), chooser) : null,
    h("div", {class: "minute"}, h("ol", {class: "head"}, said(plan, "head").map(line => h("li", {}, bdi(line))))),
    plan.closed ? h("p", {class: "warn"}, bdi(plan.closed)) : null,
    plan.plans.map((one, i) => onePlan(plan, one, i)),
    planLists(plan),
    h("p", {class: "sub"}, t("notadvice")),
  ].flat(3);
}

function onePlan(plan, one, i) {
  const launch = one.launch;
  return h(
    "details",
    {open: i === 0},
    h("summary", {}, h("b", {}, `${t("planno", one.rank)}: `, bdi(said(one, "strategy"))), one.gate ? [" · ", bdi(one.gate)] : "", launch ? ` · ${t("launch")} P50 ${launch.p50} (P10 ${launch.p10}, P90 ${launch.p90})` : ""),
    one.gate_evidence ? h("p", {class: "sub"}, t("gateevidence"), ": ", bdi(one.gate_evidence)) : null,
    gantt(one, i),
    stepTable(one, i),
    one.partners?.length ? [h("h2", {}, t("partnersfor")), valueOf(one.partners)] : null,
    one.precedents?.length ? [h("h2", {}, t("precedents")), valueOf(one.precedents)] : null,
  );
}

const daysOf = d => (d ? [d.min, d.typical, d.max].map(v => v ?? "?").join(" / ") : "");

// earliest start by what a step needs, with its typical time; held steps take none
function starts(steps) {
  const at = new Map(),
    by = new Map(steps.map(s => [s.id, s]));
  const end = (id, seen) => {
    if (at.has(id) || seen.has(id)) return (at.get(id) ?? 0) + long(by.get(id));
    const s = by.get(id);
    const from = Math.max(0, ...s.needs.filter(x => by.has(x)).map(x => end(x, new Set([...seen, id]))));
    at.set(id, from);
    return from + long(s);
  };
  const long = s => (s.status === "held" || s.status === "not-applicable" ? 0 : s.duration?.typical ?? s.duration?.min ?? 0);
  steps.forEach(s => end(s.id, new Set()));
  return at;
}

function gantt(one, i) {
  // what depends on a fact that nobody gave is no part of the time line yet; the table has it
  const due = one.steps.filter(s => s.status === "due" || s.status === "held");
  if (!due.length) return null;
  const at = starts(one.steps),
    most = s => at.get(s.id) + (s.status === "held" ? 0 : (s.duration?.max ?? s.duration?.typical ?? s.duration?.min ?? 0));
  const total = Math.max(30, ...due.map(most)),
    W = 1000,
    L = 330,
    x = d => L + (d / total) * (W - L - 130);
  const kids = [];
  const step = total > 720 ? 180 : total > 300 ? 60 : 30;
  for (let d = 0; d <= total; d += step)
    kids.push(gridLine(x(d), 18, 24 + due.length * 22), svgText(x(d), 13, 12, String(d), {"text-anchor": "middle"}));
  [...due]
    .sort((a, b) => at.get(a.id) - at.get(b.id) || most(b) - most(a))
    .forEach((s, k) => kids.push(ganttLine(s, at.get(s.id), 24 + k * 22, x, i)));
  return h("figure", {class: "wide"}, svg("svg", {viewBox: `0 0 ${W} ${32 + due.length * 22}`, class: "lanes", role: "group", "aria-label": t("gantt")}, kids), h("figcaption", {class: "sub"}, t("ganttkey")));
}

function ganttLine(s, start, y, x, i) {
  const d = s.duration || {},
    typical = d.typical ?? d.min ?? 0,
    critical = s.critical != null && s.critical >= 0.5;
  const name = said(s, "name"),
    held = s.status === "held";
  const bar = held
    ? svgText(x(0), y + 12, 12, "✓ " + t("s_held"))
    : svg("rect", {x: x(start), y: y + 3, width: Math.max(2, x(start + typical) - x(start)), height: 12, rx: 2, fill: "var(--on)", "fill-opacity": critical ? 1 : 0.45});
  const whisker = !held && d.max != null && d.max > typical ? svg("line", {x1: x(start + typical), x2: x(start + d.max), y1: y + 9, y2: y + 9, stroke: "currentColor", "stroke-opacity": 0.6}) : null;
  const tail = held ? "" : `${daysOf(d)}${d.basis ? " · " + d.basis : ""}`;
  return lane(
    `step-${i}-${s.id}`,
    `${name}, ${t("s_" + s.status)}, ${daysOf(d)}`,
    () => openStep(s, i),
    svg("rect", {x: 0, y, width: 1000, height: 20, fill: "transparent"}),
    svgText(322, y + 13, 12, short(name, 48), {"text-anchor": "end", "font-weight": critical ? 700 : 400}),
    bar,
    whisker,
    svgText(Math.min(x(start + (d.max ?? typical)) + 5, 872), y + 13, 11, short(tail, 26)),
  );
}
const openStep = (s, i) => change({sel: `r${i}~${s.id}`}, true);

function stepTable(one, i) {
  return h(
    "table",
    {class: "rows"},
    heads(["step1", "status", "why", "authority", "duration"]),
    h(
      "tbody",
      {},
      one.steps.map(s =>
        h(
          "tr",
          {"data-id": s.id},
          h("td", {}, button(bdi(said(s, "name")), () => openStep(s, i), {class: "link"})),
          h("td", {class: "thin"}, h("span", {class: "tag"}, t("s_" + s.status))),
          h("td", {}, bdi(said(s, "why") || "")),
          h("td", {}, bdi(said(s, "authority") || "")),
          h("td", {class: "thin"}, s.status === "held" ? "0" : daysOf(s.duration)),
        ),
      ),
    ),
  );
}

const PLAN_LISTS = ["choices", "flips", "horizon", "assumptions", "prohibitions"];
function planLists(plan) {
  const lists = {...Object.fromEntries(PLAN_LISTS.map(key => [key, plan[key]])), casefacts: plan.case};
  return Object.entries(lists).map(([key, items]) =>
    items?.length ? details(`${t(key)} (${items.length})`, valueOf(items)) : null,
  );
}

function stepPanel(rest) {
  const plan = planNow(),
    [i, id] = [rest.slice(0, rest.indexOf("~")), rest.slice(rest.indexOf("~") + 1)];
  const s = plan?.plans[+i]?.steps.find(x => x.id === id);
  if (!s) return [h("p", {class: "sub"}, t("pick"))];
  const {id: key, name, name_zh, status, why, why_zh, authority, authority_zh, duration, needs, critical, sources, basis, ...more} = s;
  const line = (word, val) => entry(word, val == null || val === "" ? val : valueOf(val));
  return [
    h("h2", {}, bdi(said(s, "name"))),
    h("p", {}, h("span", {class: "tag"}, t("s_" + status)), " ", bdi(said(s, "why") || "")),
    h("dl", {}, line("authority", said(s, "authority")), line("basis", basis), line("duration", duration), line("critical", critical == null ? "" : Math.round(critical * 100) + " %"), line("needs", (needs || []).map(x => plan.plans[+i].steps.find(y => y.id === x)?.name || x)), others(more, []), line("id", key)),
    sources?.length ? [h("h3", {}, `${t("sources")} (${sources.length})`), h("ol", {class: "src"}, sources.map(x => h("li", {}, x.url ? webLink(x.url, x.publisher || x.title || x.id) : bdi(plain(x.publisher || x.title || x.id || x)), h("span", {class: "sub"}, x.published || ""))))] : null,
    BYID.has(key) ? h("p", {}, nameLink(BYID.get(key))) : null,
  ].flat();
}
