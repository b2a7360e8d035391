// opens every view in every language, unfolds all of it and presses what can be pressed; gives the number of presses
async tours => {
  const wait = () => new Promise(done => setTimeout(done, 20));
  let pressed = 0;
  for (const [lang, id] of tours) {
    const key = encodeURIComponent(id);
    for (const path of ["who", `entity/${key}`, `timeline/${key}`, "plan", "changes", "sources"]) {
      for (const rest of path === "who" ? ["&lens=partners", "&lens=filings", "&lens=lists"] : [""]) {
        location.hash = `/${path}?as_of=any&l=${lang}&from=2025-01-01&until=2025-12-31&os=${rest}`;
        await wait();
        document.querySelectorAll("details").forEach(more => (more.open = true));
        const count = document.querySelectorAll("#page .lane, #page button.link, #page button.cell").length;
        for (let i = 0; i < count; i++) {
          const item = document.querySelectorAll("#page .lane, #page button.link, #page button.cell")[i];
          if (!item) break;
          item.dispatchEvent(new MouseEvent("click", {bubbles: true}));
          item.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
          pressed++;
          if (document.getElementById("help").open) document.getElementById("help").close();
        }
        await wait();
      }
    }
  }
  return pressed;
};
