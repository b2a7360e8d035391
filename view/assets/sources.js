// all sources by kind, what rests on one, and what rests on weak ones alone
let USERS;
function usersOf(i) {
  if (!USERS) {
    USERS = D.src.map(() => []);
    D.e.s.forEach((list, e) => list.forEach(s => USERS[s].push(e)));
  }
  return USERS[i];
}

function sourcesView() {
  const kinds = groupBy(D.src, row => row[4] || "");
  const total = D.src.length,
    want = fold(S.src.trim());
  const share = [...kinds]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([k, list]) => `${k ? word("k_", k) : t("unnamed")} ${list.length} (${Math.round((100 * list.length) / total)} %)`);
  const hits = [...D.src.keys()]
    .filter(i => !want || D.src[i].slice(0, 6).some(x => x && fold(String(x)).includes(want)))
    .sort((a, b) => usersOf(b).length - usersOf(a).length || a - b);
  const weak = [...D.e.id.keys()].filter(e => extra(e, "weak") && holds(e));
  const input = h("input", {type: "text", id: "src-q", placeholder: t("findsource"), "aria-label": t("findsource"), onchange: ev => change({src: ev.target.value}, true)});
  input.value = S.src;
  return [
    viewHead(t("v_sources"), t("sourcesum", total, share.join(", "))),
    D.searched.length ? h("p", {class: "sub"}, t("searchedto"), " ", bdi(D.searched.map(x => x.join(" ")).join(" · "))) : null,
    h("div", {class: "bar"}, input, h("span", {class: "sub inline"}, t("found", hits.length))),
    h(
      "table",
      {class: "rows"},
      heads(["name", "sourcekind", "date", "facts"]),
      h(
        "tbody",
        {},
        hits.slice(0, 200).map(i => {
          const [id, title, publisher, published, kind, url] = D.src[i],
            name = title || publisher || id,
            used = usersOf(i);
          const uses = used
            .slice(0, 40)
            .map(e => h("li", {}, button(bdi(factWords(e)), () => select("e", e), {class: "link"})));
          return h(
            "tr",
            {},
            h("td", {}, url ? webLink(url, name) : bdi(name), publisher && title ? sub(bdi(publisher)) : null),
            h("td", {class: "thin"}, kind ? word("k_", kind) : t("unnamed")),
            h("td", {class: "thin"}, published || t("nodate")),
            h("td", {}, used.length ? details(String(used.length), facts(uses)) : "0"),
          );
        }),
      ),
    ),
    hits.length > 200 ? h("p", {class: "sub"}, t("more", hits.length - 200)) : null,
    weak.length ? details(t("weaklist", weak.length), factList(weak)) : null,
  ];
}
