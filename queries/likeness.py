"""How like a name is to a key that stands, and which makers and works a name may hold."""

from __future__ import annotations

import re

from ..graph.identity import folded, name_key

#: Types of what a maker's name may stand before.
MADE = ("Model", "ModelFamily", "Product")
#: The last rank of a candidate, which is only spelled like the name, and the likeness from which it is shown beside
#: better ones.
SPELLED, LIKE = 3, 60
#: How far a name is that has one of two characters: behind all that begin or end with both.
_HALF = 99
#: A maker and what it made, as paths of hubs and Chinese headlines write them.
_PATH = re.compile(
    r"^(?P<maker>[^/]+)/(?P<made>[^/]+)$|^(?P<zh>[\u4e00-\u9fff]{2,})\s*(?P<en>[A-Za-z][^\u4e00-\u9fff/]*)$"
)
#: What a Chinese name of a model bears behind its word, as 盘古大模型, or before its number, as 豆包大模型1.6.
_AS_MODEL = re.compile(r"(?<=[^\W_])(大语言模型|大模型)(?=$|[\s\d])")
_HAN = re.compile(r"[\u4e00-\u9fff]{4}")
#: Characters of the longest word of a maker before the word of what it made.
_MAKER = 6
_PART = re.compile(r"[^\W\d_\u4e00-\u9fff]+|\d+|[\u4e00-\u9fff]+")
#: Words of a Latin name that tell it from others, and those that don't.
_LETTERS, _DIGITS, _SMALL = re.compile(r"[a-z]{3,}"), re.compile(r"[0-9]+"), {"and", "for", "the"}


def made_names(name: str) -> list[tuple[str, str]]:
    """Makers, empty for any, and what each made, as a name may hold them.

    zai-org/GLM-4.6, 深度求索R1, 华为盘古, 豆包大模型1.6.
    """
    if match := _PATH.match(name):
        return [(match["maker"] or match["zh"], match["made"] or match["en"])]
    text = folded(name)
    plain = _AS_MODEL.sub("", text)
    found = [("", plain)] if plain != text else []
    if _HAN.match(plain):
        found += [(plain[:end], plain[end:]) for end in range(2, min(len(plain) - 1, _MAKER + 1))]
    return found


def unlike(name: str, key: str) -> tuple[int, float]:
    """Rank of a candidate for a name, the least first, and how far it is within the rank.

    A slip of one letter, where no number differs; a longer name that begins or ends so, or has all its words, and
    behind them a name of two Chinese characters that has one of two; a word of the name; a like spelling.
    """
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    wanted = name_key(name)
    numbers = [re.findall(r"\d+", one) for one in (wanted, key)]
    enough = 2 if key.isascii() else 1  # 智普 for 智谱
    if len(key) > enough and numbers[0] == numbers[1] and OSA.distance(wanted, key, score_cutoff=1) <= 1:
        return (1, _HALF) if len(key) == len(wanted) == enough + 1 == 2 else (0, 0)
    if len(key) > 1 and (key.startswith(wanted) or key.endswith(wanted) or holds_words(name, key)):
        return 1, len(key)
    words = _PART.findall(folded(name))
    spans = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    if len(key) > 1 and (key in spans or (not key.isascii() and key in wanted)):
        return 2, -len(key)
    return SPELLED, -fuzz.ratio(wanted, key)


def holds_words(name: str, key: str) -> bool:
    """Whether a name of several words has them all in a key, in any order: a law is known by some of its title."""
    words = [word for word in _LETTERS.findall(folded(name)) if word not in _SMALL]
    return len(words) > 1 and all(word in key for word in (*words, *_DIGITS.findall(name)))
