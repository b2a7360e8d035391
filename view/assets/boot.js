// the policy lets a packed script run only if its hash is the one of the unpacked text
function run(id) {
  const el = document.createElement("script");
  el.textContent = unpack(id);
  document.head.append(el);
}
run("script");
