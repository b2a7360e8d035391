"""The Python face: one method a question, rows with evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..graph.entry.sets import LIMIT
from ..graph.model.base import MARK
from . import rows as row_models
from . import rows_entry
from .ask import ROW_LIMIT, SECONDS, Ask, Rows
from .entry.compare import Comparison, compare_answers
from .entry.market import market_entry_paths, partners_for
from .entry.rows import EntryAnswer, Partner
from .params import as_of_day

__all__ = ["ROW_LIMIT", "SECONDS", "AsOf", "KnowledgeGraph", "Rows"]
AsOf = date | str | None
_IS_SERVICE = f"MATCH (n:{MARK} {{id: $id}}) RETURN n:ServiceKind AS is"


class KnowledgeGraph(Ask):
    """Questions over one connection. Close it, or use it as a context manager.

    Names of entities may be ids, English or Chinese names, aliases, tickers or registered names.
    `as_of` is a date or text such as 2025-03-01 or 2025-02 (its last day); today where it is left out.
    All methods raise QueryError for an unknown or ambiguous name and StoreError where the database fails.
    """

    def partnerships(self, company: str, as_of: AsOf = None) -> Rows[row_models.PartnershipRow]:
        """Who works with a company."""
        return self.run("partnerships", company=company, as_of=as_of)

    def foreign_chinese_partnerships(self, as_of: AsOf = None) -> Rows[row_models.PairRow]:
        """Pairs of a foreign and a Chinese company that work together."""
        return self.run("foreign-chinese-partnerships", as_of=as_of)

    def path(self, start: str, end: str, as_of: AsOf = None) -> Rows[row_models.PathRow]:
        """Chains of at most three facts between two entities, each step with its evidence."""
        return self.run("path", start=start, end=end, as_of=as_of)

    def models(self, developer: str | None = None, as_of: AsOf = None) -> Rows[row_models.ModelRow]:
        """Models by developer."""
        return self.run("models", developer=developer, as_of=as_of)

    def embeds(self, model: str | None = None, as_of: AsOf = None) -> Rows[row_models.EmbedRow]:
        """Products and companies that embed a model or family."""
        return self.run("embeds", model=model, as_of=as_of)

    def hosts(self, model: str | None = None, as_of: AsOf = None) -> Rows[row_models.EmbedRow]:
        """Platforms that host, offer or support a model."""
        return self.run("hosts", model=model, as_of=as_of)

    def beneficiaries(self, event: str, as_of: AsOf = None) -> Rows[row_models.TieRow]:
        """Who gained after an event."""
        return self.run("beneficiaries", event=event, as_of=as_of)

    def observations(
        self, entity: str, metric: str | None = None, as_of: AsOf = None
    ) -> Rows[row_models.ObservationRow]:
        """Figures and dates of an entity."""
        return self.run("observations", entity=entity, metric=metric, as_of=as_of)

    def ties(self, entity: str, as_of: AsOf = None) -> Rows[row_models.TieRow]:
        """Every fact that joins an entity with others."""
        return self.run("ties", entity=entity, as_of=as_of)

    def sources(self, fact: str) -> Rows[row_models.SourceRow]:
        """Sources of a fact, and how its confidence came about."""
        return self.run("sources", fact=fact)

    def conflicts(self) -> Rows[row_models.ConflictRow]:
        """All sides of all conflicts."""
        return self.run("conflicts")

    def precedents(self, service: str, as_of: AsOf = None) -> Rows[rows_entry.PrecedentRow]:
        """Cases and register rows for a kind of service."""
        return self.run("precedents", service=service, as_of=as_of)

    def onshore(self, company: str, as_of: AsOf = None) -> Rows[rows_entry.OnshoreRow]:
        """Companies in mainland China that a company controls or shares."""
        return self.run("onshore", company=company, as_of=as_of)

    # -- market entry -----------------------------------------------------------------------------
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
        other = self.names.resolve(against, ("Company", "ServiceKind"))
        same = self.store.read(_IS_SERVICE, id=other)[0]["is"]
        second = (first[0], other) if same else (other, first[1])
        left, right = (
            market_entry_paths(self, *ids, as_of_day(as_of), actor=actor, limit=1) for ids in (first, second)
        )
        return compare_answers(left, right)

    def _company_and_service(self, company: str, service: str) -> tuple[str, str]:
        return self.names.resolve(company, ("Company",)), self.names.resolve(service, ("ServiceKind",))
