"""Constituents of the Hang Seng TECH Index: one file a review, as `…_YYYY-MM.csv`, with code and names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from ..graph.dates import PartialDate
from ..graph.elements import Batch
from ..graph.model.actors import Company
from ..graph.model.evidence import Source
from .base import Context, Loaded, Loader
from .cells import Cells
from .outside import End, Outside
from .table import read_table

COLUMNS = ("code", "name_en", "name_zh")
#: The index has thirty constituents by its own rules, so any other number means a lost or foreign row.
CONSTITUENTS = 30
INDEX = "HSTECH"


class HsTechLoader(Loader):
    """Membership as of one review. A row whose names and code point at different companies is not joined."""

    name: ClassVar[str] = "hstech"
    title: ClassVar[str] = "Hang Seng TECH Index constituents (恒生科技指数成份股)"
    expects: ClassVar[str] = (
        f"a CSV with {', '.join(COLUMNS)}, its name ending in the month of the review: _YYYY-MM.csv"
    )
    no_remote: ClassVar[str] = "its publisher offers no file of this form; write one after a review and load it"

    def read(self, path: Path, context: Context) -> Loaded:
        """Read, check and resolve one review."""
        table, problems = read_table(path, COLUMNS)
        month = re.search(r"([0-9]{4}-(?:0[1-9]|1[0-2]))\.[a-z]+$", path.name)
        if month is None and not problems:
            hint = "rename the file so that it ends in _YYYY-MM.csv, as in hstech_constituents_2025-06.csv"
            problems.append(table.at(0, "MONTH", "the file's name does not say of which review it is", hint))
        if problems or month is None:
            return Loaded(Batch(self.name), problems)
        found = Outside(self.name, _source(month[1]), context)
        index = found.join([INDEX], "Index")
        if index is None:
            found.loaded.problems.append(
                table.at(0, "UNKNOWN-ENTITY", f"the seeds hold no index {INDEX}", "build first")
            )
        first: dict[str, int] = {}
        for line, cells in table.rows():
            check = Cells(table, line, cells)
            code = check.text("code")
            check.text("name_en"), check.text("name_zh")
            if not re.fullmatch(r"[0-9]{5}", code):
                check.wrong("code", "CODE", f"'{code}' is not a stock code of Hong Kong", "expected five digits")
            elif code in first:
                check.wrong("code", "CODE-TWICE", f"code {code} stands twice", f"first in line {first[code]}")
            first.setdefault(code, line.number)
            found.loaded.problems += (told := check.told())
            if index and not told:
                company, as_of = _company(found, line.number, cells), PartialDate.parse(month[1])
                found.fact("MEMBER_OF_INDEX", (code,), company, index, as_of=as_of)
        if len(table.lines) != CONSTITUENTS:
            message = f"the file has {len(table.lines)} rows; the index has {CONSTITUENTS} constituents"
            found.loaded.problems.append(table.at(0, "COUNT", message, "fetch the file again"))
        return found.finish(f"{len(first)} constituents as of the review of {month[1]}")


def _source(month: str) -> Source:
    return Source(
        id=f"hstech-constituents-{month}", publisher="Hang Seng TECH constituents, list given by the user",
        title=f"Constituents of the Hang Seng TECH Index after the review of {month}",
        published=PartialDate.parse(month), kind="aggregator", origin="hang seng indexes", licence="unknown",
        note="Codes from a public list; membership is published by Hang Seng Indexes, whose own page was not read.",
    )  # fmt: skip


def _company(found: Outside, line: int, row: dict[str, str]) -> End:
    """The company with this listing; else the one of both names, unless it is known under another listing."""
    ticker = f"HKEX:{row['code'].lstrip('0').zfill(4)}"
    listed = found.join([ticker], "Company")
    named = found.join([row["name_en"], row["name_zh"]], "Company")
    if named and listed is None:
        company = found.context.identity.entities[named[1]]
        others = [other for other in getattr(company, "tickers", []) if other.startswith("HKEX:")]
        if others:
            found.remark(f"line {line}: '{row['name_en']}' is not {named[1]}, which is listed as {others[0]}")
            named = None
    if listed and named and listed != named:
        found.remark(f"line {line}: {ticker} is {listed[1]}, '{row['name_en']}' is {named[1]}; left unjoined")
        listed = named = None
    return listed or named or found.make(
        Company, row["name_en"], key=row["code"], namesake=True, name_zh=row["name_zh"], tickers=[ticker]
    )  # fmt: skip
