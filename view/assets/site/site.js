// search without a server: the names come with search-data.js
"use strict";
/** @type {any} the field to search in */
const box = document.getElementById("q");
const hits = document.getElementById("hits"),
  fold = s => s.normalize("NFKC").toLowerCase();
let folded;
box.addEventListener("input", () => {
  const want = fold(box.value.trim());
  hits.replaceChildren();
  if (!want || !globalThis.SEARCH) return;
  folded ??= globalThis.SEARCH.map(row => fold(row[1] + "\n" + row[2] + "\n" + row[3]));
  const found = [];
  folded.forEach((text, i) => {
    const at = text.indexOf(want);
    if (at >= 0) found.push([at === 0 ? 0 : /[\s(-]/.test(text[at - 1]) ? 1 : 2, text.length, i]);
  });
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  for (const [, , i] of found.slice(0, 12)) {
    const [at, name, zh, , type] = globalThis.SEARCH[i],
      link = document.createElement("a"),
      item = document.createElement("li");
    link.href = box.dataset.up + at;
    link.textContent = [name, zh && zh !== name ? zh : "", type].filter(Boolean).join(" · ");
    item.append(link);
    hits.append(item);
  }
  if (!found.length) {
    const item = document.createElement("li");
    item.textContent = "nothing found";
    hits.append(item);
  }
});
box.addEventListener("keydown", ev => {
  if (ev.key === "Enter") hits.querySelector("a")?.click();
  if (ev.key === "Escape") hits.replaceChildren();
});
