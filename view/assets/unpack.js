// The page's own parts lie packed in it: LZMA (Igor Pavlov's format, without a header), a quarter shorter than what
// browsers unpack themselves, two printable signs for 13 bits, low bits first. The first four bytes are the text's length.
function fromSigns(text) {
  const value = new Uint8Array(127),
    out = new Uint8Array(Math.floor((text.length / 2) * 13 / 8));
  for (let code = 33, n = 0; code < 127; code++) if (!"<>&".includes(String.fromCharCode(code))) value[code] = n++;
  let held = 0,
    bits = 0,
    at = 0;
  for (let i = 0; i < text.length; i += 2) {
    held |= (value[text.charCodeAt(i)] * 91 + value[text.charCodeAt(i + 1)]) << bits;
    for (bits += 13; bits > 7; bits -= 8, held >>>= 8) out[at++] = held;
  }
  return out;
}
// places of the models of chance, as the packer has them: 4 bits of the byte before choose a literal's, none of its place
const IS_MATCH = 0,
  IS_REP = 12,
  REP_0 = 24,
  REP_1 = 36,
  REP_2 = 48,
  REP_0_LONG = 60,
  LENGTH = 72,
  REP_LENGTH = 346,
  SLOT = 620,
  SPECIAL = 876,
  ALIGN = 991,
  LITERAL = 1007;
function unlzma(src, out) {
  const odds = new Uint16Array(LITERAL + (0x300 << 4)).fill(1024),
    back = [0, 0, 0, 0];
  let next = 0,
    state = 0,
    at = 0;
  // range and code: numbers of 32 bits, which stay such only in an array of them
  const live = new Uint32Array(2);
  const feed = () => {
    live[0] <<= 8;
    live[1] = (live[1] << 8) | src[next++];
  };
  for (let i = 0; i < 5; i++) feed();
  live[0] = 0xffffffff;
  const bit = place => {
    const p = odds[place],
      bound = (live[0] >>> 11) * p,
      found = live[1] < bound ? 0 : 1;
    if (found) {
      live[0] -= bound;
      live[1] -= bound;
      odds[place] = p - (p >> 5);
    } else {
      live[0] = bound;
      odds[place] = p + ((2048 - p) >> 5);
    }
    if (live[0] < 0x1000000) feed();
    return found;
  };
  const tree = (place, bits) => {
    let m = 1;
    for (let i = 0; i < bits; i++) m = (m << 1) | bit(place + m);
    return m - (1 << bits);
  };
  const lowFirst = (place, bits) => {
    let m = 1,
      sum = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(place + m);
      m = (m << 1) | one;
      sum |= one << i;
    }
    return sum;
  };
  const even = bits => {
    let sum = 0;
    for (; bits; bits--) {
      live[0] >>>= 1;
      const one = live[1] >= live[0] ? 1 : 0;
      if (one) live[1] -= live[0];
      sum = sum * 2 + one;
      if (live[0] < 0x1000000) feed();
    }
    return sum;
  };
  const length = place =>
    2 + (!bit(place) ? tree(place + 2, 3) : !bit(place + 1) ? 8 + tree(place + 10, 3) : 16 + tree(place + 18, 8));
  const distance = long => {
    const slot = tree(SLOT + Math.min(long - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1,
      base = (2 | (slot & 1)) * 2 ** bits;
    return slot < 14
      ? base + lowFirst(SPECIAL + base - slot, bits)
      : base + even(bits - 4) * 16 + lowFirst(ALIGN, 4);
  };
  while (at < out.length) {
    if (!bit(IS_MATCH + state)) {
      const place = LITERAL + 0x300 * ((at ? out[at - 1] : 0) >> 4);
      let sign = 1;
      if (state > 6)
        for (let like = out[at - back[0] - 1]; sign < 256; ) {
          const was = (like >> 7) & 1,
            is = bit(place + ((1 + was) << 8) + sign);
          like <<= 1;
          sign = (sign << 1) | is;
          if (was !== is) break;
        }
      while (sign < 256) sign = (sign << 1) | bit(place + sign);
      out[at++] = sign;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let long;
    if (!bit(IS_REP + state)) {
      long = length(LENGTH);
      back.unshift(distance(long));
      back.pop();
      state = state < 7 ? 7 : 10;
    } else {
      const which = !bit(REP_0 + state) ? 0 : !bit(REP_1 + state) ? 1 : !bit(REP_2 + state) ? 2 : 3;
      if (!which && !bit(REP_0_LONG + state)) {
        out[at] = out[at - back[0] - 1];
        at++;
        state = state < 7 ? 9 : 11;
        continue;
      }
      if (which) back.unshift(...back.splice(which, 1));
      long = length(REP_LENGTH);
      state = state < 7 ? 8 : 11;
    }
    for (const from = back[0] + 1; long && at < out.length; long--, at++) out[at] = out[at - from];
  }
  return out;
}
function unpack(id) {
  const block = document.getElementById(id),
    text = block.textContent;
  block.remove();
  if (block.dataset.form !== "lzma") return text;
  const bytes = fromSigns(text.trim()),
    size = new DataView(bytes.buffer).getUint32(0);
  return new TextDecoder().decode(unlzma(bytes.subarray(4), new Uint8Array(size)));
}
