"""What Python packs, the page's own decoder unpacks: odd and random texts, byte for byte."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from importlib import resources
from typing import Any

import chinaai
import pytest
from chinaai.view.assets import pack, vis_network

NAMES = (
    "nothing", "one sign", "one sign, often", "signs of all widths", "no order at all", "words", "far back",
    "vis-network",
)  # fmt: skip
_RUN = """([script, text]) => {
  document.body.innerHTML = '<script type="text/plain" id="x" data-form="lzma"></script>';
  document.getElementById("x").textContent = text;
  return new Function(script + "\\nreturn unpack('x');")();
}"""


@functools.cache
def texts() -> dict[str, str]:
    return dict(_texts())


def _texts() -> Iterator[tuple[str, str]]:
    dice = random.Random(7)
    yield "nothing", ""
    yield "one sign", "x"
    yield "one sign, often", "a" * 100_000
    yield "signs of all widths", "aé中𝄞\u2028</script>&" * 50
    yield "no order at all", "".join(chr(dice.randrange(32, 0x2FFF)) for _ in range(60_000))
    words = ["阿里巴巴", "Qwen", "filing", "2026-11-28", '{"id":', "https://www.example.org/", "\n"]
    yield "words", "".join(dice.choice(words) for _ in range(40_000))
    # a repetition longer ago than every short distance, and lengths over the longest match
    far = "".join(dice.choice("01") for _ in range(5_000))
    yield "far back", far + "".join(chr(dice.randrange(97, 123)) for _ in range(400_000)) + far + "b" * 274 + "c" * 3
    yield "vis-network", vis_network()


@pytest.mark.parametrize("name", NAMES)
def test_unpacks_what_was_packed(browser: Any, name: str) -> None:
    text = texts()[name]
    script = resources.files(chinaai).joinpath("view", "assets", "unpack.js").read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        assert page.evaluate(_RUN, [script, pack(text)]) == text
    finally:
        page.close()
