// the search of an index page: names of all entities, each with the page that holds it
/** @type {(id: string) => any} any part of the page; each is of a kind of its own */
const $ = id => document.getElementById(id);
const fold = s => s.normalize("NFKC").toLowerCase();

function start() {
  const D = JSON.parse(unpack("data"));
  const keys = D.id.map((id, i) => fold([id, D.name[i], D.zh[i], ...(D.al[i] || [])].join("\n")));
  const item = i => {
    const li = document.createElement("li"),
      a = document.createElement("a"),
      name = document.createElement("bdi");
    name.textContent = D.zh[i] ? `${D.name[i]} ${D.zh[i]}` : D.name[i];
    a.href = `${D.pages[D.p[i]]}#v=near&f=${encodeURIComponent(D.id[i]).replace(/~/g, "%7E")}`;
    a.append(name);
    li.append(a);
    return li;
  };
  const search = () => {
    const want = fold($("q").value.trim()),
      hits = [];
    if (want) keys.forEach((key, i) => key.includes(want) && hits.push(i));
    hits.sort((a, b) => keys[a].indexOf(want) - keys[b].indexOf(want) || keys[a].length - keys[b].length || a - b);
    $("hits").replaceChildren(...hits.slice(0, 30).map(item));
    $("n").textContent = want ? String(hits.length) : "";
  };
  $("q").addEventListener("input", search);
  addEventListener("keydown", ev => {
    if (ev.key === "/" && document.activeElement !== $("q")) {
      ev.preventDefault();
      $("q").focus();
    }
  });
  $("find").hidden = false;
  document.documentElement.dataset.ready = "1";
}
start();
