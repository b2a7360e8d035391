// opens every entity and fact by way of the table, with every list unfolded and hovered
async tours => {
  const wait = () => new Promise(done => setTimeout(done, 0)),
    $ = id => document.getElementById(id);
  let opened = 0;
  for (const [lang, tab] of tours) {
    location.hash = `/graph?v=all&as_of=any&l=${lang}&tab=${tab}&os=`;
    await wait();
    await wait();
    const count = document.querySelectorAll("#rows tbody tr").length;
    for (let i = 0; i < count; i++) {
      const row = document.querySelectorAll("#rows tbody tr")[i];
      for (const link of [...row.querySelectorAll("button.link")].slice(tab === 1 ? 1 : 0, 2)) {
        link.click();
        opened++;
      }
      for (const more of document.querySelectorAll("#right details")) more.open = true;
      document.querySelectorAll("#right *").forEach(e => {
        e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
      });
      if (i % 8 === 0) await wait();
    }
  }
  return opened;
};
