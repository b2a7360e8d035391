"""What is wrong with a text that is no YAML, or that YAML reads otherwise than it stands there, in words of what to do.

YAML's own words say what its parser waited for, often lines after the sign that is to be mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import yaml

from ..graph.identity import invisible
from ..graph.problems import Problem

#: Line and column from 1, code, message and hint.
Said = tuple[tuple[int, int], str, str, str]
#: Signs that YAML takes for itself where a text begins with one, and what it makes of them.
_OWN = {
    "&": ("ALIAS", "names it as an anchor, and anchors are refused"),
    "!": ("TAG", "names a type of YAML, and is cut off"),
}
_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
#: Whether a text holds a sign of the two kinds at all; most files hold none, and their nodes need no second look.
SUSPECT = re.compile(rf"{_COMMENT.pattern}|(?:^|[\s,:\[{{])[{re.escape(''.join(_OWN))}]", re.MULTILINE)
_QUOTE_IT = "put the whole text in quotes"
_NO_COMMENT = f"{_QUOTE_IT}; where it is a comment, write a blank behind the '#'"
#: What libyaml refuses wherever it stands.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A key with a colon that YAML does not take for one: full-width, or without a blank behind it.
_COLON = re.compile(r"^[ -]*(?P<key>[a-z_]+)[ ]?(?P<colon>：|:(?=[^ \t\r\n:/]))")
_ODD_BLANK = re.compile(r"^[ -]*(?P<odd>[^\S \r\n])")
_KEY = re.compile(r"^[ -]*\w+:\s")
#: The parser's words for a sign with which no text begins.
_NO_BEGINNING = ("undefined alias", "cannot start", "entries are not allowed", "node content")
#: How far behind the sign to be mended the parser may stumble, in lines.
_BACK = 3


def read_otherwise(text: str, node: yaml.Node) -> Iterator[Said]:
    """Where YAML reads less of a text than stands there: at its first sign, and behind it."""
    start, end = node.start_mark, node.end_mark
    own = _OWN.get(text[start.index : start.index + 1])
    if own is not None:
        word = text[start.index : start.index + 40].split(maxsplit=1)[0]
        place = start.line + 1, start.column + 1
        yield place, own[0], f"'{word}' at the beginning of a text {own[1]}", _QUOTE_IT
    cut = (
        _COMMENT.match(text, end.index)
        if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False)
        else None
    )
    if cut is not None:
        place = end.line + 1, end.column + 1 + cut.start(1) - end.index
        yield place, "COMMENT", _cut_off(cut[1]), _NO_COMMENT


@lru_cache(maxsize=1024)
def odd_key(key: str) -> tuple[str, str] | None:
    """What makes a key no word and can hardly be seen: an odd blank before it, a hyphen with none behind it."""
    if codes := invisible(key):
        return f"a key holds {', '.join(codes)}, which can't be seen", "delete it; it came with a copied text"
    if odd := _ODD_BLANK.match(key):
        return _odd_blank(odd["odd"])
    if key.startswith("-") and key[1:2].isalpha():
        return f"no blank stands behind the '-' of '{key:.40}'", "write '- ' before the first key of a block"
    return None


def no_yaml(text: str, name: str, error: yaml.YAMLError) -> Problem:
    """The problem of a text that could not be read, at the sign that is to be mended where that can be found."""
    if not isinstance(error, yaml.MarkedYAMLError):
        found = _CONTROL.search(text)
        place = _place(text, found.start()) if found else (0, 0)
        said = f"a control character, U+{ord(found[0]):04X}, stands here" if found else f"not valid YAML: {error}"
        return Problem(name, *place, "YAML", said, "delete it; it came with a copied text")
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(name, 0, 0, "YAML", f"not valid YAML: {error.problem or error.context}")
    lines = text.split("\n")
    for number in range(mark.line, max(mark.line - _BACK, -1), -1):
        for place_in_line, said, hint in _in_line(lines[number] if number < len(lines) else ""):
            return Problem(name, number + 1, place_in_line + 1, "YAML", said, hint)
    return _by_the_parser(text, name, error, mark)


def _in_line(line: str) -> Iterator[tuple[int, str, str]]:
    """Signs of one line that look right and are not."""
    if odd := _ODD_BLANK.match(line):
        yield odd.start("odd"), *_odd_blank(odd["odd"])
    if colon := _COLON.match(line):
        key, full = colon["key"], colon["colon"] == "："
        said = f"the colon behind '{key}' is a full-width one" if full else f"no blank stands behind '{key}:'"
        yield colon.start("colon"), said, f"write '{key}: ' and the value"
    cut = _COMMENT.search(line)
    if cut and not set("'\"") & set(line[: cut.start()]):
        yield cut.start(1), _cut_off(cut[1]), _NO_COMMENT


def _cut_off(comment: str) -> str:
    return f"'{comment:.40}' would be cut off, since a '#' behind a blank begins a comment"


def _odd_blank(odd: str) -> tuple[str, str]:
    what = "a tab" if odd == "\t" else f"an odd blank, U+{ord(odd):04X},"
    return f"{what} stands at the beginning of this line", "write usual blanks"


def _by_the_parser(text: str, name: str, error: yaml.MarkedYAMLError, mark: yaml.Mark) -> Problem:
    """What the parser stumbled over, in words of what to do."""
    problem, context = error.problem or "", error.context or ""
    opened = error.context_mark or mark
    sign = text[mark.index : mark.index + 1]
    line = text.split("\n")[mark.line] if mark.line <= text.count("\n") else ""
    key = _KEY.match(line)
    quoted = _quoted_before(text, mark.index)
    at, said, hint = mark, f"not valid YAML: {problem or context}", "see this line and the one above it"
    if quoted is not None and quoted.start_mark.line < quoted.end_mark.line:
        at, hint = quoted.start_mark, "close it where the text ends"
        said = f"the quote that opens here is closed only in line {quoted.end_mark.line + 1}"
    elif "end of stream" in problem and "quoted" in context:
        at, said, hint = opened, "the quote that opens here is never closed", "close it where the text ends"
    elif "expected ','" in problem:
        said = f"the bracket of line {opened.line + 1} is not closed before this"
        hint = "close it, or write a comma between its parts"
    elif quoted is not None:
        said = "more text stands behind the closing quote"
        hint = f"{_QUOTE_IT} of the other kind, or write a quote within it twice: 'It''s'"
    elif sign.strip() and any(words in problem for words in _NO_BEGINNING):
        said, hint = f"a text can't begin with '{sign}'", _QUOTE_IT
    elif "comment or line break" in problem or "directive" in problem:
        at, said, hint = opened, f"a text can't begin with '{text[opened.index]}'", _QUOTE_IT
    elif "escape" in problem or "hexdecimal" in problem:
        said, hint = "a backslash in double quotes begins an escape", "write it twice, or use single quotes"
    elif "mapping values" in problem and key is not None and key.end() <= mark.column:
        said, hint = "a colon with a blank behind it stands within the text", _QUOTE_IT
    elif "another document" in problem:
        said, hint = "a second document begins here", "take the '---' out; a file is one document"
    elif "could not find expected ':'" in problem:
        at, said, hint = opened, "this line is no 'key: value'", "a text of several lines goes on further right"
    elif any(words in problem for words in ("expected key", "mapping values", "'-' indicator", "<document start>")):
        said = "this line does not fit the block above it"
        hint = "begin all keys of a block, and all hyphens of a list, below one another"
    return Problem(name, at.line + 1, at.column + 1, "YAML", said, hint)


def _quoted_before(text: str, index: int) -> yaml.ScalarToken | None:
    """The text in quotes that ends just before a place, if one does."""
    last: yaml.Token | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if token.start_mark.index >= index:
                break
            if token.end_mark.index > token.start_mark.index:  # what opens and closes blocks has no length
                last = token
    except yaml.YAMLError:
        pass
    return last if isinstance(last, yaml.ScalarToken) and last.style in ("'", '"') else None


def _place(text: str, index: int) -> tuple[int, int]:
    line = text.count("\n", 0, index)
    return line + 1, index - (text.rfind("\n", 0, index) + 1) + 1
