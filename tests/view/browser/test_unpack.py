"""What Python packs, the page's own decoder unpacks: odd and random texts, byte for byte, and rows of any shape."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from importlib import resources
from typing import Any

import chinaai
import pytest
from chinaai.view.assets import pack, vis_network
from chinaai.view.encode import by_ends, fields, steps, table

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
    page = browser.new_page()
    try:
        assert page.evaluate(_RUN, [_script("unpack.js"), pack(text)]) == text
    finally:
        page.close()


def _script(name: str) -> str:
    return resources.files(chinaai).joinpath("view", "assets", name).read_text(encoding="utf-8")


#: Ids of facts, with those of their ends: plain, with signs of the packing or of a regular expression in any of them.
IDS = [
    ("apple-with-alibaba", "apple", "alibaba"), ("alibaba-alibaba", "alibaba", "alibaba"), ("none", "apple", "baidu"),
    ("<", "apple", "baidu"), ("a<b>c", "a", "c"), (">-x-<", ">", "<"), ("$&-$1-\\", "$&", "\\"), ("", "", ""),
    ("<apple", "<", "apple"), ("ab", "a", "ab"), ("x-<-y", "<", "x"),
]  # fmt: skip
#: Rows of a few fields of many, one that is empty, and names that a script could take for its own.
ROWS: list[dict[str, Any]] = [
    {"a": 1, "b": None}, {}, {"__proto__": {"x": 1}, "constructor": "c"}, {"b": [1, {"<": "&"}], "a": 0},
    {"toString": False, "7": "seven", "": ""}, {}, {"a": 2},
]  # fmt: skip


def test_rows_come_back_as_they_were(browser: Any) -> None:
    """Names of fields one by one, for a comparison in Python can't tell `__proto__` that was set from one that is."""
    page = browser.new_page()
    read = lambda what, given: page.evaluate(  # noqa: E731
        "([script, what, given]) => new Function('given', script + '\\nreturn ' + what)(given)",
        [_script("rows.js"), what, given],
    )
    try:
        assert read("given.map(one => fullId(...one))", [(by_ends(*one), *one[1:]) for one in IDS]) == [
            one[0] for one in IDS
        ]
        assert by_ends(*IDS[0]) == "<-with->"
        back = "Object.entries(fieldsOf(given)).map(([place, row]) => [+place, Object.entries(row)])"
        assert read(back, fields(ROWS)) == [
            [place, [list(item) for item in sorted(row.items(), key=lambda item: (item[0] != "7", item[0]))]]
            for place, row in enumerate(ROWS)
            if row
        ]
        numbers = [5, 5, 9, 2, -3, 0]
        assert read("numbersOf(given)", steps(numbers)) == numbers
        for rows in ([], [[1, "x", None]], [[1, "x", []], [2, "y", {}]]):
            assert read("rowsOf(given)", table(rows, 3)) == rows
    finally:
        page.close()
