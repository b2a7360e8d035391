"""Where companies of the graph are listed, where no curated fact says so already."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from ..graph.dates import PartialDate
from ..graph.elements import Batch
from ..graph.model.actors import Company, Exchange
from ..graph.model.evidence import Source
from ..graph.tickers import written
from .base import Context, Loaded, Loader
from .cac.lookups import read_lookups
from .cells import Cells
from .outside import Outside
from .table import read_table

LISTINGS = "listings.tsv"
COLUMNS = ("ticker", "company", "exchange", "printed", "source", "as_of")
#: Exchanges that no curated file holds. The codes are those of ISO 10383.
_EXCHANGES = (
    Exchange(id="sse", name="Shanghai Stock Exchange", name_zh="上海证券交易所", country="CN", mic="XSHG"),
    Exchange(id="nyse", name="New York Stock Exchange", name_zh="纽约证券交易所", country="US", mic="XNYS"),
    Exchange(id="xetra", name="Xetra", name_zh="德国电子交易平台", country="DE", mic="XETR"),
    Exchange(id="euronext-paris", name="Euronext Paris", name_zh="巴黎泛欧交易所", country="FR", mic="XPAR"),
    Exchange(id="tse", name="Tokyo Stock Exchange", name_zh="东京证券交易所", country="JP", mic="XTKS"),
    Exchange(id="krx", name="Korea Exchange", name_zh="韩国交易所", country="KR", mic="XKRX"),
    Exchange(id="tadawul", name="Saudi Exchange", name_zh="沙特证券交易所", country="SA", mic="XSAU"),
)
_FINANCE = Source(
    id="finance-database", url="https://github.com/JerBouma/FinanceDatabase", publisher="FinanceDatabase",
    licence="open",
    title="FinanceDatabase, equities of Hong Kong, Shanghai and Shenzhen", published=PartialDate.parse("2026-08-16"),
    kind="aggregator", language="en", note="MIT, Jeroen Bouma.",
)  # fmt: skip
_SYMBOLS = Source(
    id="open-stock-data", url="https://github.com/irachex/open-stock-data/tree/e95a7c379458f60e62576382ce8680ccfc7a89c7",
    publisher="open-stock-data",
    title="Symbols from the lists of the exchanges in Shanghai, Shenzhen, Hong Kong and New York",
    published=PartialDate.parse("2026-08-20"), kind="aggregator", licence="open", language="en", note="MIT.",
)  # fmt: skip
_CROSSWALK = Source(
    id="chinaai-crosswalk-listings", publisher="chinaai", title="Crosswalk of company names and stock codes",
    published=PartialDate.parse("2026-11-22"), kind="derived", licence="open", language="en",
    note="Made by hand from general knowledge; the least sure of the sources.",
)  # fmt: skip


class ListingsLoader(Loader):
    """LISTED_ON by stock code, each row read beside the company's own name."""

    name: ClassVar[str] = "listings"
    title: ClassVar[str] = "Listings by stock code, mainland, Hong Kong and abroad (上市公司)"
    expects: ClassVar[str] = f"a table with {', '.join(COLUMNS)}; shipped with the package"
    no_remote: ClassVar[str] = "its rows are read from several sources by hand and ship with the package"
    ships: ClassVar[str | None] = f"registers/{LISTINGS}"

    def read(self, path: Path, context: Context) -> Loaded:
        """Read and check every row: the company bears the code, and the code is one of the exchange."""
        table, problems = read_table(path, COLUMNS)
        if problems:
            return Loaded(Batch(self.name), problems)
        outs = {"finance-database": Outside(self.name, _FINANCE, context)}
        outs["chinaai-crosswalk"] = Outside(self.name, _CROSSWALK, context)
        outs["open-stock-data"] = Outside(self.name, _SYMBOLS, context)
        main = outs["finance-database"]
        for exchange in _EXCHANGES:
            if not context.identity.find(exchange.id, "Exchange"):
                main.put(exchange)
        # companies that only the register of filings knows stand in the graph too, under their own ids
        things = read_lookups(context.seeds / "registers").things.values()
        owners = {code: item.id for item, _ in things if isinstance(item, Company) for code in item.tickers}
        for line, cells in table.rows():
            check = Cells(table, line, cells, context.today)
            company, ticker, day = cells["company"], cells["ticker"], check.span("as_of")
            if company not in context.identity.find(ticker, "Company") and company != owners.get(ticker):
                check.wrong("company", "TICKER", f"'{company}' is not the company of {ticker}", "mend one of the two")
            if written(ticker) != ticker:
                check.wrong("ticker", "TICKER", f"'{ticker}' is written {written(ticker)}", "write it so")
            if cells["source"] not in outs:
                check.wrong(
                    "source", "UNKNOWN-SOURCE", f"unknown source '{cells['source']}'", f"one of {', '.join(outs)}"
                )
            if not (told := check.told()):
                end = ("Exchange", cells["exchange"])
                outs[cells["source"]].fact("LISTED_ON", (ticker,), ("Company", company), end, as_of=day, at=check)
            main.loaded.problems += told
        for other in (out.loaded.batch for out in outs.values() if out is not main):
            main.loaded.batch.extend(other)
        return main.finish(f"{len(table.lines)} listings beside the curated ones")
