// one search box for the head of the page and for both ends of a path
const tight = s =>
  s
    .replace(/[\s/《》–—-]/g, "")
    .replace(/ai(?=[一-龥])/g, "人工智能")
    .replace(/[省市]?(互联网信息办公室|网信办)/g, "网信办");
function lookUp(text) {
  // a law is asked for with its country and without
  const want = fold(text.trim()).replace(/^(the )?(prc |china.s |中华人民共和国)| of (the )?(prc|china)$/g, ""),
    loose = tight(want),
    words = want.split(/\s+/),
    hits = [];
  if (!want) return hits;
  FIND.forEach((names, n) => {
    let best = 9;
    for (const name of names) {
      if (!name) continue;
      const at = name.indexOf(want);
      if (at >= 0) best = Math.min(best, name === want ? 0 : at === 0 ? 1 : /[\s\-_.(]/.test(name[at - 1]) ? 2 : 3);
      else if (loose && (tight(name).includes(loose) || words.every(w => name.includes(w)))) best = Math.min(best, 4);
    }
    if (best < 9) hits.push([best, n]);
  });
  return hits.sort((a, b) => a[0] - b[0] || degree(b[1]) - degree(a[1]) || a[1] - b[1]).map(x => x[1]);
}

function finder(input, choose) {
  const list = h("ul", {role: "listbox", id: input.id + "-list", hidden: true, "aria-label": t("search")});
  let hits = [],
    at = 0;
  const role = {role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list"};
  element(input, role, []).after(list);
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = n => {
    close();
    input.value = "";
    choose(n);
  };
  const paintList = () => {
    fill(
      list,
      hits.length
        ? hits.map((n, i) =>
            h(
              "li",
              {
                role: "option",
                id: `${list.id}-${i}`,
                "aria-selected": String(i === at),
                onpointerdown: ev => {
                  ev.preventDefault();
                  pick(n);
                },
              },
              bdi(nameOf(n)),
              " ",
              h(
                "small",
                {},
                D.n.zh[n] ? [bdi(tongue() ? D.n.name[n] : D.n.zh[n]), " · "] : "",
                bdi(typeName(D.n.t[n])),
                " · ",
                bdi(D.n.id[n]),
              ),
            ),
          )
        : h("li", {role: "option", "aria-selected": "false", "aria-disabled": "true"}, t("nothing")),
    );
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };
  input.addEventListener("input", () => {
    if (!input.value.trim()) return close();
    const all = lookUp(input.value);
    hits = all.slice(0, 12);
    at = 0;
    paintList();
    say(all.length ? t("found", all.length) : t("nothing"));
  });
  input.addEventListener("keydown", ev => {
    if (ev.key === "Escape") {
      close();
      input.value = "";
      ev.stopPropagation();
    }
    if (list.hidden || !hits.length) return;
    if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
      at = (at + (ev.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      paintList();
      ev.preventDefault();
    }
    if (ev.key === "Enter") {
      pick(hits[at]);
      ev.preventDefault();
    }
  });
  input.addEventListener("blur", close);
}

function startSearch() {
  finder($("q"), n => {
    if (S.p === "graph") {
      near(n, S.v === "near" ? S.h : 1);
      $("stage").focus();
    } else openEntity(n);
  });
}
function frameSearch() {
  $("q").placeholder = t("search");
  $("q").setAttribute("aria-label", t("search"));
}
