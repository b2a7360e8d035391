// how a fact and its evidence read, in panels and paths
function dates(e) {
  const from = extra(e, "since") || (D.e.from[e] != null ? dayText(D.e.from[e]) : ""),
    to = extra(e, "until") || dayText(D.e.to[e]);
  const told = extra(e, "announced") || extra(e, "as_of");
  if (!from && !to && !told) return t("nodate");
  if (!from && !to) return plain(told);
  return `${plain(from) || "?"} – ${plain(to) || ""}`.replace(/ – $/, " →");
}

function sourceItem(i) {
  const [id, title, publisher, published, kind, url, raw] = D.src[i];
  const record = title != null || publisher != null || url != null || raw != null || published != null;
  const name = title || publisher || id;
  return h(
    "li",
    {},
    url ? webLink(url, name) : bdi(name),
    h(
      "span",
      {class: "sub"},
      record
        ? [publisher && title ? bdi(publisher) : null, published || t("nodate"), kind]
            .filter(Boolean)
            .flatMap((x, k) => (k ? [" · ", x] : [x]))
        : t("norecord"),
    ),
    raw ? h("span", {class: "warn"}, t("nolink") + ": ", bdi(short(raw, 120))) : null,
  );
}
const sourceList = list =>
  list.length ? h("ul", {class: "src"}, list.map(sourceItem)) : h("span", {class: "warn"}, t("nosource"));

// one line of a list of facts, seen from entity n (or from nowhere: both ends)
function factItem(e, n) {
  const out = D.e.a[e] === n,
    cf = D.e.cf[e];
  const ends = n == null ? [nameLink(D.e.a[e]), " → ", nameLink(D.e.b[e])] : [out ? "→ " : "← ", nameLink(other(e, n))];
  return h(
    "li",
    {},
    h("span", {class: "tag"}, bdi(stateName(D.states[D.e.st[e]]))),
    button(bdi(kindName(D.e.k[e])), () => select("e", e), {class: "link"}),
    " ",
    ends,
    h(
      "span",
      {class: "sub"},
      undated(e) && S.at != null ? "? " : "",
      dates(e),
      cf != null ? ` · ${t("confidence")} ${cf}` : "",
    ),
    D.e.s[e].length
      ? h("details", {}, h("summary", {class: "sub"}, `${t("sources")} (${D.e.s[e].length})`), sourceList(D.e.s[e]))
      : sourceList([]),
  );
}

function figureItem(f) {
  const [, from, to, cf, src, m] = f,
    words = [];
  const value = plain(m.value ?? m.text ?? m.date);
  for (const key of ["scope", "market"]) if (m[key]) words.push(plain(m[key]));
  if (m.measured_by) words.push(`${t("by")}: ${plain(m.measured_by)}`);
  return h(
    "li",
    {},
    h("b", {}, bdi(termName(plain(m.metric || m.id)))),
    " ",
    bdi(`${value} ${plain(m.unit)}`),
    h(
      "span",
      {class: "sub"},
      plain(m.as_of) || dayText(from) || t("nodate"),
      words.map(w => [" · ", bdi(w)]).flat(),
      cf != null ? ` · ${t("confidence")} ${cf}` : "",
      m.status ? [" · ", bdi(stateName(plain(m.status)))] : [],
    ),
    src.length
      ? h("details", {}, h("summary", {class: "sub"}, `${t("sources")} (${src.length})`), sourceList(src))
      : sourceList([]),
  );
}
const figureOk = f =>
  (S.at == null || ((f[1] == null || f[1] <= S.at) && (f[2] == null || f[2] > S.at))) &&
  !(f[5].status && S.os.includes(f[5].status)) &&
  !(S.mc > 0 && !(f[3] >= S.mc));

// all remaining attributes as they are, so that nothing the graph holds is out of reach
function others(more, skip) {
  const rows = Object.entries(more || {}).filter(([k]) => !skip.includes(k));
  return rows.map(([k, v]) => [h("dt", {}, bdi(termName(k))), h("dd", {}, bdi(plain(v)))]).flat();
}
