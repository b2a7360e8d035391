// the lowest contrast of text to what stands behind it, over all text on the page
() => {
  const lum = c => {
    const v = c
      .match(/[\d.]+/g)
      .slice(0, 3)
      .map(x => {
        x /= 255;
        return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
      });
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
  };
  const back = el => {
    for (; el; el = el.parentElement) {
      const c = getComputedStyle(el).backgroundColor;
      if (!/, 0\)$|transparent/.test(c)) return c;
    }
    return "rgb(255,255,255)";
  };
  let worst = 21;
  for (const el of document.querySelectorAll("#app *")) {
    if (
      !el.checkVisibility() ||
      el.closest("svg") ||
      ![...el.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    )
      continue;
    const a = lum(getComputedStyle(el).color),
      b = lum(back(el));
    worst = Math.min(worst, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return worst;
};
