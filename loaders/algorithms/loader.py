"""The algorithm registers as nodes and edges of the data set `algorithms`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import ClassVar

from ...graph.confidence import judge
from ...graph.dates import PartialDate
from ...graph.elements import Batch, Edge, Node
from ...graph.identity import name_keys
from ...graph.model.actors import Jurisdiction
from ...graph.model.evidence import Source
from ...graph.model.register import AlgorithmFiling, LegalEntity
from ..base import Context, Loaded, Loader
from ..cac.elements import owner_edge
from ..cac.lookups import Lookups, read_lookups
from ..cac.register import read_register
from ..cac.resolve import Resolver
from ..curated.elements import entity_node, source_node
from ..notice import to_come
from ..remote import Remote
from .rows import NUMBER, AlgorithmRow, read_algorithms

REQUIREMENT = "r.algo-filing"
_ZH = {"deep-synthesis": "深度合成服务算法备案", "recommendation": "互联网信息服务算法备案"}


class AlgorithmsLoader(Loader):
    """Filed algorithms (算法备案): deep synthesis and recommendation, one list or a folder of all of them."""

    name: ClassVar[str] = "algorithms"
    title: ClassVar[str] = "CAC registers of algorithms (深度合成与推荐算法备案)"
    expects: ClassVar[str] = "a notice's page (HTML) or attachment (DOCX), a TSV of its rows, or a folder of such files"
    remotes: ClassVar[tuple[Remote, ...]] = tuple(
        Remote(f"https://www.cac.gov.cn/{page}.htm", "page", f"{page[:7]}.htm", follow="算法备案|备案清单|备案信息")
        for page in ("2023-06/20/c_1688910683316256", "2023-09/01/c_1695224377544009")
    )

    def read(self, path: Path, context: Context) -> Loaded:
        """Read, check and resolve; legal entities of the generative register keep their nodes."""
        loaded = Loaded(Batch(self.name))
        found = read_algorithms(path)
        loaded.remarks += found.remarks
        registers = context.seeds / "registers"
        known = read_lookups(registers)
        register = read_register(registers, known, registers)
        ahead = to_come(path.name, (row.period for row in found.rows), context.today)
        problems = found.problems + known.problems + register.problems + ahead
        if problems:
            return Loaded(loaded.batch, sorted(set(problems)), loaded.remarks)
        maker = _Maker(loaded.batch, known, Resolver(known, context.identity), context)
        maker.standing = {maker.resolver.entity_id(row.entity) for row in register.rows}
        maker.places = {known.places[row.province].id for row in register.rows}
        for row in found.rows:
            maker.take(row)
        maker.owners()
        kinds = Counter(row.kind for row in found.rows)
        loaded.remarks.append(
            f"{len(found.rows)} filings of algorithms ({kinds['deep-synthesis']} of deep synthesis, "
            f"{kinds['recommendation']} of recommendation) of {len({row.period for row in found.rows})} lists; "
            f"{len(maker.owned)} of {len(maker.entities)} legal entities have a known owner"
        )
        return loaded


class _Maker:
    def __init__(self, batch: Batch, known: Lookups, resolver: Resolver, context: Context) -> None:
        self.batch, self.known, self.resolver, self.context = batch, known, resolver, context
        self.standing: set[str] = set()  # legal entities of the generative register
        self.places: set[str] = set()
        self.entities: dict[str, str] = {}  # id -> printed name
        self.listed: dict[str, date] = {}  # id -> first day after a list that names it
        self.owned: set[str] = set()
        self.sources: set[str] = set()
        self.by_code = {place.code: place for place in known.places.values() if place.code}

    def take(self, row: AlgorithmRow) -> None:
        """One filing with its edges."""
        source, parts = self._source(row), NUMBER.fullmatch(row.number)
        assert parts is not None  # checked when the row was read
        division, filer, _, year, serial, _ = parts.groups()
        place = self.by_code.get(division[:2])
        sure = judge([source], "confirmed", reviewed=self.context.reviewed, last_seen=None, open_ended=False)
        one = f"algorithm-{division}{filer}{parts[3]}{year}{serial}{parts[6]}"
        known = PartialDate.parse(row.period).after
        item = AlgorithmFiling(
            id=one, name=row.name, name_zh=row.name, kind=row.kind, kind_zh=_ZH[row.kind],
            number=row.number, role=row.role or None, category=row.category or None, product=row.product or None,
            purpose=row.purpose or None, remark=row.remark or None, division=division,
            province=place.printed if place else None, year=2000 + int(year), serial=int(serial),
            derived=["province", "year", "serial"], period=row.period, seq=row.seq, row=row.place,
            mends=list(row.mends),
            sources=[source.id], confidence=sure.value, confidence_why=sure.why, known_from=known,
        )  # fmt: skip
        props = {**item.model_dump(exclude_none=True), "keys": name_keys([*item.names(), row.number])}
        self.batch.nodes.append(Node("AlgorithmFiling", one, props))
        start = ("AlgorithmFiling", one)
        entity = self._entity(row.entity)
        self.listed[entity] = min(known, self.listed.get(entity, known))
        ends = [("FILED_BY", ("LegalEntity", entity)), ("SATISFIES", ("Requirement", REQUIREMENT))]
        if place:
            ends.append(("IN_JURISDICTION", ("Jurisdiction", self._place(place.printed, place.id))))
        self.batch.edges += [Edge.keyed(kind, start, end) for kind, end in ends]

    def owners(self) -> None:
        """Owners by the reviewed lines of the registers."""
        for line, _ in self.known.owners:
            one = self.resolver.entity_id(line.entity)
            if one not in self.entities or one in self.owned:
                continue
            self.owned.add(one)
            if one in self.standing or line.owner not in self.context.identity.entities:
                continue
            self.batch.edges.append(owner_edge(one, line, self.listed[one]))

    def _entity(self, printed: str) -> str:
        one = self.resolver.entity_id(printed)
        if one not in self.entities:
            self.entities[one] = printed
            if one not in self.standing and one not in self.context.identity.entities:
                item = LegalEntity(id=one, name=printed, name_zh=printed, printed=[printed])
                self.batch.nodes.append(entity_node(item))
        return one

    def _place(self, printed: str, one: str) -> str:
        curated = self.context.identity.find(printed, "Jurisdiction") or self.context.identity.find(one, "Jurisdiction")
        if curated:
            return curated[0]
        if one not in self.places:
            self.places.add(one)
            self.batch.nodes.append(entity_node(Jurisdiction(id=one, name=printed, name_zh=printed, country="CN")))
        return one

    def _source(self, row: AlgorithmRow) -> Source:
        one = f"cac-algo-{row.kind}-{row.period}"
        source = Source(
            id=one, publisher="Cyberspace Administration of China", published=row.period, kind="register",
            title=f"{_ZH[row.kind]}信息（{int(row.period[:4])}年{int(row.period[5:])}月）", language="zh",
            url="https://beian.cac.gov.cn",
        )  # fmt: skip
        if one not in self.sources:
            self.sources.add(one)
            self.batch.nodes.append(source_node(source))
        return source
