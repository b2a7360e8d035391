"""Where the input of a loader is published, and what of it is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

#: `page` is a web page, which may itself hold the list or link to it; `word` a DOCX.
Form = Literal["page", "word", "csv", "tar.gz"]
_ENDS: dict[str, Form] = {".csv": "csv", ".tsv": "csv", ".gz": "tar.gz", ".tgz": "tar.gz", ".docx": "word"}


@dataclass(frozen=True)
class Remote:
    """One address of a public source.

    Args:
        address: over HTTPS; no key and no account are ever sent.
        form: what must come back.
        name: name of the kept file.
        follow: words of the links on a page whose targets are lists as well; empty where only the page itself is meant.
        terms: the publisher's terms, in a phrase, where they ask more than credit.
        most_bytes: more is refused.
    """

    address: str
    form: Form
    name: str
    follow: str = ""
    terms: str = ""
    most_bytes: int = 32_000_000

    def at(self, address: str) -> Remote:
        """The same kind of list at another address; the form is told by how the address ends."""
        name = file_name(address, self.name)
        form = _ENDS.get(PurePosixPath(name).suffix.casefold(), self.form)
        return Remote(address, form, name, self.follow, "", self.most_bytes)


def file_name(address: str, other: str) -> str:
    """A name for a file by the last part of its address, which can't lead out of a folder."""
    last = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
    kept = re.sub(r"[^\w.-]+", "_", last).lstrip(".")[-80:]
    return kept if re.search(r"\w\.\w", kept) else other
