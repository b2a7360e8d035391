"""Market entry as methods."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..graph.marks import MARK
from .answers import Rows
from .ask import Ask
from .methods import AsOf
from .names import AmbiguousNameError
from .params import LIMIT, TEXT, TRUTH, QueryError, apart, as_of_day, converted, in_order, shown

if TYPE_CHECKING:
    from .entry.changes import EntryChanges
    from .entry.compare import Comparison
    from .entry.market import Question
    from .entry.rows import EntryAnswer, Partner

# Market entry is a seventh of what a saved question would wait for, which needs none of it: it is imported where used.

__all__ = ["AsOf", "MarketEntry", "Rows"]
_IS_SERVICE = f"MATCH (n:{MARK} {{id: $id}}) RETURN n:ServiceKind AS is"

#: Arguments that the answer for one day alone has a use for.
_OF_ONE_DAY = ("as_of", "start", "by", "limit", "flips")
_ARGUMENTS = {"seat": TEXT, "onshore": TRUTH, "flips": TRUTH, "limit": LIMIT}


_P = ParamSpec("_P")
_R = TypeVar("_R")


def _told(method: Callable[_P, _R]) -> Callable[_P, _R]:
    """A method that tells in words what it does not take, as the methods of saved questions do."""
    signature = inspect.signature(method)
    takes = ", ".join(name for name in signature.parameters if name != "self")

    @functools.wraps(method)
    def asked(*given: _P.args, **named: _P.kwargs) -> _R:
        try:
            signature.bind(*given, **named)
        except TypeError as error:
            stranger = "; a stranger is asked for by company=None, with its seat"
            hint = f"{method.__name__}() takes {takes}{stranger if 'seat' in signature.parameters else ''}"
            raise QueryError(f"market entry can't be asked so: {error}", "", hint) from error
        return method(*given, **named)

    return asked


class MarketEntry(Ask):
    """Market entry, over the same connection as the questions."""

    @_told
    def market_entry_paths(
        self, company: str | None, service: str, as_of: AsOf = None, *, actor: str | None = None,
        seat: str | None = None, onshore: bool | None = None, facts: Mapping[str, str] | None = None,
        assume: Mapping[str, str] | None = None, strategy: str | None = None, start: AsOf = None, by: AsOf = None,
        limit: int | None = None, flips: bool = True,
    ) -> EntryAnswer:  # fmt: skip
        """The market-entry case of a company, or of a profile, for a kind of service: its plans, best first.

        Args:
            company: any of its names; None asks for a profile.
            service: kind of service by id, name or alias: phone-assistant, 聊天机器人, cloud …
            as_of: day of what is known of the company and the register, and the day on which work begins.
            actor: profile of who asks: `fie`, `offshore` or `domestic`.
            seat: country of a profile, such as US.
            onshore: whether a profile has a company on the mainland.
            facts: facts of the case that the asker says, such as {"paid": "yes", "province": "上海"}.
            assume: facts taken where nobody says.
            strategy: only this strategy, such as own-company.
            start: day on which work begins, where that is another than `as_of`.
            by: day by which the launch is wished; each plan then has its probability.
            limit: most plans in the answer; `total_plans` says how many there are.
            flips: whether to ask the case again with every fact changed.
        Raises:
            QueryError: a name is unknown or ambiguous.
            ChinaAIError: an actor, strategy, fact or value does not exist.
        """
        from .entry.market import market_entry

        asked = self._question(
            company, service, as_of, actor=actor, seat=seat, onshore=onshore, facts=facts, assume=assume,
            strategy=strategy, start=None if start is None else as_of_day(start, "start"), limit=limit, flips=flips,
            by=None if by is None else as_of_day(by, "by"),
        )  # fmt: skip
        begun = asked.start or asked.as_of
        if asked.by is not None and asked.by < begun:
            what = f"the launch is wished by {asked.by}, before work begins on {begun}"
            raise QueryError(what, "", "give a later 'by', or an earlier 'start'")
        return market_entry(self, asked)

    @_told
    def entry_changes(self, company: str | None, service: str, first: AsOf, second: AsOf, **asked: Any) -> EntryChanges:
        """What changed for a case between two days: duties, law, evidence on the gate, days to the launch.

        Args:
            first, second: the two days, the earlier first; on each the case is asked as work that begins then, with
                what was known then.
            asked: further arguments of `market_entry_paths`, save those of its days and plans.
        Raises:
            QueryError: the days are the same or in the wrong order, or an argument has no effect here.
            ChinaAIError: as `market_entry_paths`.
        """
        from .entry.changes import changes_of

        if useless := [name for name in _OF_ONE_DAY if asked.pop(name, None) is not None]:
            what = f"what changed is asked between two days, and takes no '{useless[0]}'"
            raise QueryError(what, "", "leave it out, or ask for one day")
        given = {**asked, "company": company, "service": service, "flips": False}
        start, end = as_of_day(first, "first"), as_of_day(second, "second")
        in_order(start, end)
        if start == end:
            raise QueryError(f"nothing changes between a day and itself: {start}", "", "name two days")
        return changes_of(*(self.market_entry_paths(**{**given, "as_of": day}) for day in (start, end)))

    @_told
    def partners_for(
        self, company: str, service: str, as_of: AsOf = None, *, actor: str | None = None
    ) -> Rows[Partner]:
        """Domestic companies that hold the evidence a partner step needs, by step, best score first.

        Raises:
            QueryError, ChinaAIError: as `market_entry_paths`.
        """
        from .entry.against import against_lines
        from .entry.market import partners_for
        from .entry.rows import Partner

        found, otherwise = partners_for(self, self._question(company, service, as_of, actor=actor))
        notes = [text for text, _ in against_lines(otherwise)]
        return Rows(found, list(Partner.model_fields), notes=notes)

    @_told
    def compare_entry(
        self, company: str, service: str, against: str, as_of: AsOf = None, *, actor: str | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> Comparison:  # fmt: skip
        """Two companies for one kind of service, or two kinds of service of one company, side by side.

        Args:
            against: another company, or another kind of service.
        Raises:
            QueryError, ChinaAIError: as `market_entry_paths`.
        """
        from .entry.compare import compare_answers
        from .entry.market import market_entry

        other = self.resolve(against, ("Company", "ServiceKind"))
        same = self.store.read(_IS_SERVICE, id=other)[0]["is"]
        second = (company, other) if same else (other, service)
        asked = [
            self._question(*pair, as_of, actor=actor, facts=facts, flips=False) for pair in ((company, service), second)
        ]
        first, name = (asked[0].service, "service") if same else (asked[0].company, "company")
        apart(first, other, (name, "against"))
        return compare_answers(*(market_entry(self, one) for one in asked))

    def _question(self, company: str | None, service: str, as_of: AsOf, **asked: Any) -> Question:
        from .entry.market import Question, stranger_name

        kind = self._service(service, company)
        day = self.day(as_of)
        for name in asked.keys() & _ARGUMENTS.keys():
            asked[name] = None if asked[name] is None else converted(name, _ARGUMENTS[name], asked[name])
        for name in asked.keys() & {"facts", "assume"}:
            asked[name] = {} if asked[name] is None else asked[name]
            if not isinstance(asked[name], Mapping):
                what = f"'{name}' can't be '{shown(asked[name])}'"
                raise QueryError(what, "", "give facts by name, as {'paid': 'yes'}")
        if company is not None:
            try:
                asked["company"] = self.resolve(company, ("Company",))
            except QueryError as error:
                asked["name"] = stranger_name(self, str(company))
                if asked["name"] is None:
                    if not error.what.startswith("unknown "):  # the graph has what bears the name
                        raise
                    how = f"'chinaai paths --profile {kind} --seat US', or company=None and seat='US'"
                    hint = f"{error.hint.rstrip('?')}; or ask by its seat for one that the graph does not have: {how}"
                    raise QueryError(error.what, "", hint) from error
        return Question(as_of=day, service=kind, **asked)

    def _service(self, service: str, company: str | None) -> str:
        self.need_rules()
        try:
            return self.resolve(service, ("ServiceKind",))
        except AmbiguousNameError as error:
            raise QueryError(f"the kind of service '{shown(service)}' is ambiguous", hint=error.hint) from error
        except QueryError as error:
            self.lookup.need_any()
            if company is not None and self._is_kind(company):
                what = f"'{shown(company)}' is a kind of service, and '{shown(service)}' is none"
                raise QueryError(what, "", "the company comes first, and then the kind of service") from error
            from .unknown_kind import unknown_kind

            hint = unknown_kind(self.store, self.lookup, shown(service))
            raise QueryError(f"unknown kind of service '{shown(service)}'", hint=hint) from error

    def _is_kind(self, name: str) -> bool:
        try:
            return bool(self.resolve(name, ("ServiceKind",)))
        except QueryError:
            return False
