// the page's own parts lie packed in it
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=/?@^_`{|}~";
function fromBase85(text) {
  const value = new Uint8Array(128),
    out = new Uint8Array(Math.ceil(text.length / 5) * 4),
    view = new DataView(out.buffer);
  for (let i = 0; i < 85; i++) value[SIGNS.charCodeAt(i)] = i;
  for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
    let sum = 0;
    for (let j = i; j < i + 5; j++) sum = sum * 85 + (j < text.length ? value[text.charCodeAt(j)] : 84);
    view.setUint32(at, sum);
  }
  return out.subarray(0, Math.floor((text.length * 4) / 5));
}
async function unpack(id) {
  const block = document.getElementById(id),
    text = block.textContent;
  block.remove();
  if (block.dataset.form !== "deflate") return text;
  const bytes = fromBase85(text.trim());
  // written straight in: a Blob's stream would go by way of another process
  const {readable, writable} = new DecompressionStream("deflate-raw"),
    pen = writable.getWriter();
  pen.write(bytes);
  pen.close();
  return new Response(readable).text();
}
