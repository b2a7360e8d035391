"""Market entry as methods."""

from __future__ import annotations

from collections.abc import Iterable

from ..graph.entry.sets import LIMIT
from ..graph.model.base import MARK
from .answers import Rows
from .ask import Ask
from .entry.compare import Comparison, compare_answers
from .entry.market import market_entry_paths, partners_for
from .entry.rows import EntryAnswer, Partner
from .methods import AsOf
from .params import as_of_day

__all__ = ["AsOf", "MarketEntry", "Rows"]
_IS_SERVICE = f"MATCH (n:{MARK} {{id: $id}}) RETURN n:ServiceKind AS is"


class MarketEntry(Ask):
    """Market entry, over the same connection as the questions."""

    def market_entry_paths(
        self,
        company: str,
        service: str,
        as_of: AsOf = None,
        *,
        actor: str | None = None,
        having: Iterable[str] = (),
        without: Iterable[str] = (),
        also: Iterable[str] = (),
        limit: int | None = None,
        bound: int = LIMIT,
    ) -> EntryAnswer:
        """Paths into mainland China for a company and a kind of service, those not blocked first, then the fastest.

        Args:
            company: any of its names.
            service: kind of service by id, name or alias: phone-assistant, 聊天机器人, cloud …
            as_of: day on which the law is read; intervals are those known at the last review of the seeds.
            actor: `fie`, `offshore` or `domestic`; follows from the company's own facts where it is left out.
            having: requirements already met (r.entity: an onshore company).
            without: requirements that must not be used (r.jv50: no joint venture).
            also: conditional requirements to count in.
            limit: most paths in the answer; `total_paths` says how many there are.
            bound: most minimal sets of one route; `complete` is False where it cut.
        Raises:
            QueryError: a name is unknown or ambiguous.
            ChinaAIError: an actor or requirement is unknown, or the actor does not follow from the facts.
        """
        ids = self._company_and_service(company, service)
        return market_entry_paths(
            self,
            *ids,
            as_of_day(as_of),
            actor=actor,
            having=having,
            without=without,
            also=also,
            limit=limit,
            bound=bound,
        )

    def partners_for(
        self, company: str, service: str, as_of: AsOf = None, *, actor: str | None = None
    ) -> Rows[Partner]:
        """Domestic companies that hold the evidence a partner step needs, by step, best score first.

        Raises:
            QueryError, ChinaAIError: as `market_entry_paths`.
        """
        found = partners_for(self, *self._company_and_service(company, service), as_of_day(as_of), actor=actor)
        return Rows(found, list(Partner.model_fields))

    def compare_entry(
        self, company: str, service: str, against: str, as_of: AsOf = None, *, actor: str | None = None
    ) -> Comparison:
        """Two companies for one kind of service, or two kinds of service of one company, side by side.

        Args:
            against: another company, or another kind of service.
        Raises:
            QueryError, ChinaAIError: as `market_entry_paths`.
        """
        first = self._company_and_service(company, service)
        other = self.resolve(against, ("Company", "ServiceKind"))
        same = self.store.read(_IS_SERVICE, id=other)[0]["is"]
        second = (first[0], other) if same else (other, first[1])
        left, right = (
            market_entry_paths(self, *ids, as_of_day(as_of), actor=actor, limit=1) for ids in (first, second)
        )
        return compare_answers(left, right)

    def _company_and_service(self, company: str, service: str) -> tuple[str, str]:
        return self.resolve(company, ("Company",)), self.resolve(service, ("ServiceKind",))
