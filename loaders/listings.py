"""Where companies of the graph are listed on the mainland and in Hong Kong, where no curated fact says so already."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from ..graph.dates import PartialDate
from ..graph.elements import Batch
from ..graph.model.actors import Exchange
from ..graph.model.evidence import Source
from ..graph.tickers import written
from .base import Context, Loaded, Loader
from .outside import Cells, Outside
from .table import read_table

LISTINGS = "listings.tsv"
COLUMNS = ("ticker", "company", "exchange", "printed", "source", "as_of")
#: The exchange that no curated file holds.
_SSE = Exchange(id="sse", name="Shanghai Stock Exchange", name_zh="上海证券交易所", country="CN", mic="XSHG")
_FINANCE = Source(
    id="finance-database", url="https://github.com/JerBouma/FinanceDatabase", publisher="FinanceDatabase",
    licence="open",
    title="FinanceDatabase, equities of Hong Kong, Shanghai and Shenzhen", published=PartialDate.parse("2026-08-16"),
    kind="aggregator", language="en", note="MIT, Jeroen Bouma.",
)  # fmt: skip
_CROSSWALK = Source(
    id="chinaai-crosswalk-listings", publisher="chinaai", title="Crosswalk of company names and stock codes",
    published=PartialDate.parse("2026-11-22"), kind="derived", licence="open", language="en",
    note="Made by hand from general knowledge; the least sure of the sources.",
)  # fmt: skip


class ListingsLoader(Loader):
    """LISTED_ON by stock code, each row read beside the company's own name."""

    name: ClassVar[str] = "listings"
    title: ClassVar[str] = "Listings in Hong Kong, Shanghai and Shenzhen by stock code (港股与A股上市)"
    expects: ClassVar[str] = f"a table with {', '.join(COLUMNS)}; shipped with the package"

    def default_path(self, context: Context) -> Path | None:
        """The shipped rows."""
        return context.seeds / "registers" / LISTINGS

    def read(self, path: Path, context: Context) -> Loaded:
        """Read and check every row: the company bears the code, and the code is one of the exchange."""
        table, problems = read_table(path, COLUMNS)
        if problems:
            return Loaded(Batch(self.name), problems)
        outs = {"finance-database": Outside(self.name, _FINANCE, context)}
        outs["chinaai-crosswalk"] = Outside(self.name, _CROSSWALK, context)
        main = outs["finance-database"]
        if not context.identity.find("sse", "Exchange"):
            main.put(_SSE)
        for line, cells in table.rows():
            check = Cells(table, line, cells, context.today)
            company, ticker, day = cells["company"], cells["ticker"], check.span("as_of")
            if company not in context.identity.find(ticker, "Company"):
                check.wrong("company", "TICKER", f"'{company}' is not the company of {ticker}", "mend one of the two")
            if written(ticker) != ticker:
                check.wrong("ticker", "TICKER", f"'{ticker}' is written {written(ticker)}", "write it so")
            if cells["source"] not in outs:
                check.wrong(
                    "source", "UNKNOWN-SOURCE", f"unknown source '{cells['source']}'", f"one of {', '.join(outs)}"
                )
            if not (told := check.told()):
                end = ("Exchange", cells["exchange"])
                outs[cells["source"]].fact(
                    "LISTED_ON", (ticker,), ("Company", company), end, as_of=PartialDate.parse(day)
                )
            main.loaded.problems += told
        other = outs["chinaai-crosswalk"].loaded.batch
        main.loaded.batch.nodes += other.nodes
        main.loaded.batch.edges += other.edges
        return main.finish(f"{len(table.lines)} listings beside the curated ones")
