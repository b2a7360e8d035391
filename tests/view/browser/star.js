// of a saved picture of one step round an entity: the lines that run through a stranger, the names that lie on another
() => {
  const nodes = [],
    lines = [];
  for (const el of document.querySelector("svg > g").children) {
    if (el.tagName === "path" && el.getAttribute("fill") === "none") {
      lines.push(el);
      continue;
    }
    const box = el.getBBox();
    if (el.tagName !== "text")
      nodes.push({x: box.x + box.width / 2, y: box.y + box.height / 2, r: Math.min(box.width, box.height) / 2, names: []});
    else if (nodes.length) nodes.at(-1).names.push({text: el.textContent, box}); // names of ties come before the first entity
  }
  const named = node => node.names.map(name => name.text).join(" ");
  const through = [],
    covered = [];
  for (const line of lines) {
    const long = line.getTotalLength(),
      spots = Array.from({length: Math.ceil(long / 3) + 2}, (_, k) => line.getPointAtLength(k * 3)),
      rim = spot => node => Math.abs(Math.hypot(node.x - spot.x, node.y - spot.y) - node.r);
    const [from, to] = [spots[0], spots.at(-1)].map(spot => nodes.reduce((a, b) => (rim(spot)(b) < rim(spot)(a) ? b : a)));
    for (const node of nodes)
      if (node !== from && node !== to && spots.some(spot => Math.hypot(node.x - spot.x, node.y - spot.y) < node.r))
        through.push(`${named(from)} - ${named(to)} runs through ${named(node)}`);
  }
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1))
      for (const one of a.names)
        for (const two of b.names) {
          const wide = Math.min(one.box.x + one.box.width, two.box.x + two.box.width) - Math.max(one.box.x, two.box.x),
            high = Math.min(one.box.y + one.box.height, two.box.y + two.box.height) - Math.max(one.box.y, two.box.y);
          if (wide > 1 && high > 1) covered.push(`${one.text} lies on ${two.text}`);
        }
  });
  return {entities: nodes.length, nameless: nodes.filter(node => !node.names.length).length, through, covered};
}
