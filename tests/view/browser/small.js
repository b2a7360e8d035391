// texts in sight that are drawn smaller than 11 pixels, with their sizes
() => {
  const found = [],
    texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const el = node.parentElement,
      range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!node.textContent.trim() || !box.width || !box.height) continue;
    if (!el.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const matrix = el.ownerSVGElement ? el.getScreenCTM() : null,
      size = parseFloat(getComputedStyle(el).fontSize) * (matrix ? Math.hypot(matrix.a, matrix.b) : 1);
    if (size < 10.99) found.push(`${size.toFixed(1)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return found;
}
