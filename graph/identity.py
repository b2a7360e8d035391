"""Names as people write them, reduced to keys that can be looked up.

Chinese and English are equals: a key is the name after NFKC, case folding, unified brackets and
quotes, cut company suffixes and removed spacing. Keys are stored on the node, so that the same
rule serves the loader and the questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SUFFIX_EN = re.compile(
    r"[\s,]+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|ag|se|sa|nv|gmbh|kk|holdings?|group)\.?$"
)
_SUFFIX_ZH = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)$")
_DROP = re.compile(r"[\s\-_.·•'\"“”‘’`,/&]+")


def name_key(name: str) -> str:
    """The look-up key of a name or ticker; equal for spellings that differ only in form."""
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    cut = text
    while True:
        shorter = _SUFFIX_ZH.sub("", _SUFFIX_EN.sub("", cut)).strip()
        if not shorter or shorter == cut:
            break
        cut = shorter
    key = _DROP.sub("", cut)
    return key or _DROP.sub("", text) or text


def name_keys(names: Iterable[str]) -> list[str]:
    """Sorted, distinct keys of several names."""
    return sorted({name_key(name) for name in names if name})
