"""The page's own scripts and styles, and the vis-network that pyvis ships, with hashes for the policy."""

from __future__ import annotations

import base64
import hashlib
import lzma
from functools import cache
from pathlib import Path

import numpy as np
import pyvis

from .errors import ViewError
from .frame import packaged

SCRIPTS = (
    "words.js", "rows.js", "data.js", "state.js", "filter.js", "draw.js", "star.js", "look.js", "behind.js",
    "panel.js", "facts.js", "who.js", "dossier.js", "chart.js", "changes.js", "sources.js", "plan.js", "path.js",
    "controls.js", "search.js", "table.js", "picture.js", "export.js", "keys.js", "shell.js", "main.js",
)  # fmt: skip
#: LZMA without a header, four bits of the byte before for a literal: the one form that `unpack.js` reads. The window is
#: as long as most pages' data; a longer one would cost memory in packing and win nothing.
_FORM: list[dict[str, int]] = [
    {"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 23, "lc": 4, "lp": 0, "pb": 0}
]
#: All printable signs of ASCII but `<`, `>` and `&`, which HTML reads as its own: 91, so two have room for 13 bits.
_SIGNS = np.array([code for code in range(33, 127) if chr(code) not in "<>&"], dtype=np.uint8)
_BITS = 13
STYLES = ("frame.css", "parts.css", "views.css", "print.css")


@cache
def vis_network() -> str:
    """Text of the minified vis-network 9.1 inside the installed pyvis, with its licence notice at the top.

    Raises:
        ViewError: the installed pyvis has no such file.
    """
    found = sorted(Path(pyvis.__file__).parent.glob("lib/vis-9.1*/vis-network.min.js"))
    if not found:
        raise ViewError("the installed pyvis has no vis-network 9.1", str(Path(pyvis.__file__).parent),
                        "install pyvis 0.3.2")  # fmt: skip
    text = found[-1].read_text(encoding="utf-8")
    # the map is not in the page, and a browser's tools would ask for it
    return text.rsplit("//# sourceMappingURL=", 1)[0].rstrip()


def pack(text: str) -> str:
    """The text's length and LZMA in signs that stand in any HTML: a quarter shorter than what browsers unpack."""
    raw = text.encode("utf-8")
    return _signs(len(raw).to_bytes(4, "big") + lzma.compress(raw, format=lzma.FORMAT_RAW, filters=_FORM))


def _signs(data: bytes) -> str:
    """Bytes as signs, two for 13 bits, the low bits first; `unpack.js` reads them."""
    bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8), bitorder="little")
    rows = np.pad(bits, (0, -len(bits) % _BITS)).reshape(-1, _BITS)
    numbers = rows @ (1 << np.arange(_BITS))
    signs: bytes = _SIGNS[np.stack(np.divmod(numbers, len(_SIGNS)), axis=1).ravel()].tobytes()
    return signs.decode("ascii")


@cache
def script() -> str:
    """All scripts of the page in one closed scope; the order matters."""
    return _closed(*SCRIPTS)


@cache
def boot() -> str:
    """What unpacks the rest and starts the script, the licence notice of vis-network above."""
    vis = vis_network()
    return f"{vis[: vis.index('*/') + 2]}\n{_joined('unpack.js', 'boot.js')}"


@cache
def plain_style() -> str:
    """The style sheet of what stands without a script."""
    return _joined("plain.css")


@cache
def style() -> str:
    """The style sheet of all else."""
    return _joined(*STYLES)


@cache
def part(text: str) -> str:
    """One of these texts, packed once a process: vis-network's 469 kB become 128, our scripts' 135 become 50."""
    return pack(text)


@cache
def index_script() -> str:
    """The script of an index page."""
    return _closed("unpack.js", "index.js")


def squeeze(text: str) -> str:
    """Leave out indentation, blank lines and whole-line comments; nothing inside a line changes."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**")))


def policy_hash(text: str) -> str:
    """The hash of an inline script or style as a content security policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode() + "'"


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """A policy under which only these texts run and nothing is fetched."""
    return "; ".join((
        "default-src 'none'",
        "script-src " + " ".join(policy_hash(text) for text in scripts),
        "style-src " + " ".join(policy_hash(text) for text in styles),
        "img-src data: blob:", "connect-src 'none'", "base-uri 'none'", "form-action 'none'",
    ))  # fmt: skip


def _joined(*names: str) -> str:
    return "\n".join(squeeze(packaged("assets", name)) for name in names)


def _closed(*names: str) -> str:
    return f'(()=>{{"use strict";\n{_joined(*names)}\n}})();'
