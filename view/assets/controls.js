// counts, tools, views, legend and filters
function frame() {
  $("title").textContent = D.title;
  document.querySelectorAll("[data-t]").forEach(el => {
    el.textContent = t(el.dataset.t);
  });
  document.querySelectorAll("[data-tl]").forEach(el => {
    el.setAttribute("aria-label", t(el.dataset.tl));
  });
  $("stage").setAttribute("aria-label", t("graph"));
  const all = [D.n.id.length, D.e.id.length];
  $("counts").textContent =
    S.p !== "graph"
      ? `${t("asof")} ${asofText()} · ${t("holding", all[0], all[1], D.src.length)}`
      : GROUPS && S.v === "over"
        ? t("bubbles", GROUPS.found.size, VIEW.nodes.length, VIEW.edges.length)
        : t("drawn", LIVE.nodes.length, all[0], LIVE.edges.length, all[1]) +
          (LIVE.rest.length ? "; " + t("behind") : "");
  keep($("tabs"), () =>
    PAGES.map(p =>
      button(t("v_" + p), () => go(p, p === "graph" && S.id != null && S.p === "entity" ? {v: "near", f: [S.id], h: 1} : p === "changes" ? {id: null} : {}), {
        id: "tab-" + p,
        "aria-current": S.p === p ? "page" : null,
      }),
    ),
  );
}

function controls() {
  const graph = S.p === "graph",
    item = (id, label, does) => button(label, () => (openMenu(false), does()), {id: "save-" + id});
  keep($("tools"), () => [
    asofTool(),
    button(t("undo"), undo, {id: "b-undo", disabled: PAST.length === 0}),
    graph ? toggle("b-table", t("table"), S.tab > 0, turnTable) : null,
    h(
      "div",
      {class: "menu"},
      button(t("save") + " ▾", () => openMenu(!MENU), {
        id: "b-save",
        "aria-expanded": String(MENU),
        "aria-haspopup": "true",
      }),
      MENU
        ? h(
            "div",
            {},
            [...(graph ? ["png", "svg"] : []), "csv", "json"].map(k => item(k, k.toUpperCase(), () => save(k))),
            item("print", t("print"), () => print()),
            item("cite", t("cite"), () => cite()),
          )
        : null,
    ),
    button(t("lang"), turnLanguage, {id: "b-lang", lang: S.l === "zh" ? "en" : "zh-CN"}),
    button(dark() ? t("light") : t("dark"), turnTheme, {id: "b-theme"}),
    button(t("help"), help, {id: "b-help"}),
  ]);
  if (!graph) return;
  keep($("views"), viewBar);
  keep($("left"), () => [dateBox(), confBox(), stateBox(), kindBox(), typeBox()]);
}

// the day of the answer stands in the head of every view but the drawing, which has its slider
function asofTool() {
  if (S.p === "graph" || S.p === "plan") return null;
  return labelled(t("asof"), dateInput("asof-head", S.at, at => change({at}), {"aria-label": t("asof")}));
}

// rebuild a region and give the keyboard back to the control that had it
function keep(box, build) {
  const had = box.contains(document.activeElement) ? document.activeElement.id : "";
  fill(box, build());
  if (had) $(had)?.focus();
}

// gives back, once they are rebuilt, how far the regions were scrolled; one that is asked something else by then begins
// at its top. They are asked, first and together: the event that tells a scrolling may come after the click; and once for
// all changes that come in one go, for after each the answer would have the whole page laid out
let STOOD;
function scrolled() {
  const regions = () =>
    ["#left", "#right", "#rows .scroll", "#page", "#page .matrixbox"].map(place => {
      const box = document.querySelector(place),
        owner = box?.closest("[data-asked]");
      return {box, asked: owner instanceof HTMLElement ? owner.dataset.asked : ""};
    });
  if (!STOOD) setTimeout(() => (STOOD = null));
  const stood = (STOOD ??= regions().map(({box, asked}) => ({asked, left: box?.scrollLeft || 0, top: box?.scrollTop || 0})));
  return () => {
    regions().forEach(({box, asked}, i) => {
      const was = stood[i];
      if (box && (was.left || was.top)) box.scrollTo(asked === was.asked ? was : {left: 0, top: 0});
    });
  };
}
let MENU = false;
function openMenu(on) {
  const back = scrolled();
  MENU = on;
  controls();
  back();
  if (on) $("tools").querySelector(".menu div button").focus();
}

function viewBar() {
  const view = (id, label, patch, on) => toggle(id, label, on, () => change({x: [], sel: "", ...patch}));
  const kids = [
    view("v-com", t("bycom"), {v: "over", by: "com"}, S.v === "over" && S.by === "com"),
    view("v-type", t("bytype"), {v: "over", by: "type"}, S.v === "over" && S.by === "type"),
    view("v-all", t("all"), {v: "all"}, S.v === "all"),
    view("v-path", t("path"), {v: "path"}, S.v === "path"),
    button(t("fit"), fit, {id: "v-fit"}),
  ];
  if (S.v === "near")
    kids.push(
      sub(t("near"), ": ", bdi(short(S.f.map(nameOf).join(", "), 40))),
      ...[1, 2, 3].map(k =>
        toggle("hop-" + k, String(k), S.h === k, () => change({h: k}), {"aria-label": `${k} ${t("hops")}`}),
      ),
    );
  if (S.v === "com" || S.v === "kind")
    kids.push(sub(bdi(S.v === "kind" ? typeName(S.c) : S.c < 0 ? t("loose") : t("group", nameOf(S.c)))));
  if (S.hide.length)
    kids.push(sub(t("hidden", S.hide.length)), button(t("unhide"), () => change({hide: []}), {id: "v-unhide"}));
  if (S.v === "path")
    kids.push(
      endBox("a", t("from")),
      endBox("b", t("to")),
      h(
        "span",
        {class: "row"},
        h("input", {type: "checkbox", id: "p-dir", checked: S.d === 1, onchange: ev => change({d: +ev.target.checked})}),
        h("label", {for: "p-dir"}, bdi(t("follow"))),
      ),
    );
  return kids;
}

function endBox(key, label) {
  const input = h("input", {
    type: "text",
    id: "p-" + key,
    size: 14,
    placeholder: label,
    "aria-label": label,
    autocomplete: "off",
  });
  if (S[key] != null) input.value = nameOf(S[key]);
  const box = h("div", {class: "box"}, input);
  finder(input, n => change({[key]: n, sel: ""}));
  return box;
}

// one line with a box, a sign, a count and "only"; off is the list of names that are switched off
function keyLine(id, name, label, sign, count, list, names, total) {
  const on = !S[list].includes(name);
  return h(
    "div",
    {class: "key"},
    h("input", {
      type: "checkbox",
      id,
      checked: on,
      onchange: () => change({[list]: on ? [...S[list], name] : S[list].filter(x => x !== name)}),
    }),
    sign || h("span"),
    h("label", {for: id}, bdi(label)),
    h("span", {class: "n"}, total == null ? String(count) : `${count}/${total}`),
    button(t("only"), () => change({[list]: names.filter(x => x !== name)}), {
      id: id + "-only",
      "aria-label": `${t("only")}: ${label}`,
    }),
  );
}
const heading = (label, list, plainList) =>
  h(
    "legend",
    {},
    label,
    " ",
    JSON.stringify(S[list]) !== JSON.stringify(plainList)
      ? button(t("showall"), () => change({[list]: plainList}), {id: "reset-" + list, class: "link"})
      : "",
  );

// how many of the items are of each kind in a table of kinds
function tally(table, items, kindOf) {
  const found = table.map(() => 0);
  for (const item of items) found[kindOf(item)]++;
  return found;
}

function typeBox() {
  const have = tally(D.types, VIEW.nodes, n => D.n.t[n]),
    total = tally(D.types, D.n.t, k => k),
    names = D.types.map(k => k[0]);
  return h(
    "fieldset",
    {},
    heading(t("types"), "ot", []),
    names.map((name, k) => keyLine("ty-" + k, name, typeName(k), shapeIcon(k), have[k], "ot", names, total[k])),
  );
}

function kindBox() {
  const have = tally(D.kinds, VIEW.edges, e => D.e.k[e]),
    names = D.kinds.map(k => k[0]);
  return h(
    "fieldset",
    {},
    heading(t("kinds"), "ok", []),
    names.map((name, k) => keyLine("ki-" + k, name, kindName(k), null, have[k], "ok", names)),
  );
}

function stateBox() {
  const have = tally(D.states, VIEW.edges, e => D.e.st[e]);
  return h(
    "fieldset",
    {},
    heading(t("states"), "os", FIRST.os),
    D.states.map((name, k) => keyLine("st-" + k, name, stateName(name), dashIcon(name), have[k], "os", D.states)),
  );
}
const dashIcon = name =>
  svg(
    "svg",
    {viewBox: "0 0 20 20", "aria-hidden": "true"},
    svg("line", {
      x1: 0,
      y1: 10,
      x2: 20,
      y2: 10,
      stroke: "currentColor",
      "stroke-width": 2,
      "stroke-dasharray": (Object.hasOwn(DASH, name) ? DASH[name] : []).map(x => x / 2).join(" ") || null,
    }),
  );

function confBox() {
  return h(
    "fieldset",
    {},
    h("legend", {}, h("label", {for: "conf"}, t("conf")), " ", h("output", {id: "conf-out"}, S.mc.toFixed(2))),
    h("input", {
      type: "range",
      id: "conf",
      min: 0,
      max: 1,
      step: 0.05,
      value: S.mc,
      onchange: ev => change({mc: +ev.target.value}),
      oninput: ev => {
        $("conf-out").textContent = (+ev.target.value).toFixed(2);
      },
    }),
  );
}

let SPAN;
function dateBox() {
  if (!SPAN) {
    const days = [...D.e.from, ...D.e.to, D.asof].filter(d => d != null && d > -40000 && d < 60000);
    SPAN = days.length ? extent(days) : null;
  }
  if (!SPAN) return null;
  const set = d => change({at: d}),
    unsure = S.at == null ? 0 : VIEW.edges.filter(undated).length;
  const slide = h("input", {
    type: "range",
    id: "asof",
    min: SPAN[0],
    max: SPAN[1],
    step: 1,
    value: S.at ?? SPAN[1],
    "aria-label": t("asof"),
    "aria-valuetext": asofText(),
    onchange: ev => set(+ev.target.value),
    oninput: ev => {
      $("asof-day").value = dayText(+ev.target.value);
    },
  });
  const exact = dateInput("asof-day", S.at, d => d != null && set(d), {"aria-label": t("asof")});
  return h(
    "fieldset",
    {},
    h("legend", {}, t("asof")),
    slide,
    h("div", {class: "row"}, exact, toggle("asof-any", t("anyday"), S.at == null, () => set(null))),
    unsure ? h("small", {id: "asof-note"}, t("asofnote", unsure)) : null,
  );
}
