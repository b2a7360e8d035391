"""Paths into the market for an actor and a service on a day, from the requirement graph alone.

Pure: no database, no clock. Partners and precedents are joined elsewhere, from the graph.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date

from ...graph.entry.durations import Actor
from ...graph.entry.law import Situation, acting_as, basis_on, in_force
from ...graph.entry.model import ACTORS, EntryGraph, ProhibitionSpec, RouteSpec
from ...graph.entry.options import Option, RouteOptions, options_of
from ...graph.entry.sets import LIMIT, WORK
from ...graph.errors import ChinaAIError
from . import evidence
from .rows import ClosedRoute, ConditionalRow, EntryAnswer, EntryPath, EntryStep, ProhibitionRow, Ref, Total


def entry_paths(
    graph: EntryGraph,
    actor: Actor,
    service: str,
    as_of: date,
    *,
    having: Iterable[str] = (),
    without: Iterable[str] = (),
    also: Iterable[str] = (),
    show: int | None = None,
    bound: int = LIMIT,
    work: int = WORK,
) -> EntryAnswer:
    """All open paths, those without a binding prohibition first, then fastest first.

    Args:
        service: id of a service kind.
        having: requirements already met.
        without: requirements that must not be used.
        also: conditional requirements to count.
        show: most paths in the answer; all by default.
        bound: most minimal sets of one route (see `graph.entry.sets`).
        work: bound of the operations for one route.
    Raises:
        ChinaAIError: unknown actor, service or requirement, or one requirement in both `having` and `without`.
    """
    case = _situation(graph, actor, service, as_of, having, without, also)
    paths: list[EntryPath] = []
    closed: list[ClosedRoute] = []
    cut: list[str] = []
    for route in sorted(graph.routes.values(), key=lambda r: r.id):
        if service not in route.services:
            continue
        if why := _shut(route, case):
            closed.append(ClosedRoute(route=_ref(route), why=why))
            continue
        found = options_of(graph, route, case, limit=bound, work=work)
        if not found.options:
            closed.append(ClosedRoute(route=_ref(route), why=_no_way(graph, found, case)))
        if note := found.enumeration.note():
            cut.append(f"{route.id}: {note}")
        paths += [_path(graph, option, found, case) for option in found.options]
    paths.sort(
        key=lambda p: (
            p.blocked,
            p.total.typical,
            p.total.effort,
            p.total.max,
            len(p.requirements),
            p.route.id,
            p.requirements,
        )
    )
    ranked = [path.model_copy(update={"rank": i}) for i, path in enumerate(paths, 1)]
    kind = graph.services[service]
    return EntryAnswer(
        actor=actor,
        service=Ref(id=kind.id, name=kind.name, name_zh=kind.name_zh),
        as_of=as_of,
        having=sorted(case.having),
        without=sorted(case.without),
        also=sorted(case.also),
        paths=ranked[:show],
        total_paths=len(ranked),
        complete=not cut,
        cut="; ".join(cut),
        prohibitions=[_prohibition(graph, p, case, None) for p in _against(graph, case, None)],
        closed=closed,
    )


def _situation(
    graph: EntryGraph,
    actor: Actor,
    service: str,
    as_of: date,
    having: Iterable[str],
    without: Iterable[str],
    also: Iterable[str],
) -> Situation:
    if actor not in ACTORS:
        raise ChinaAIError(f"unknown actor '{actor}'", hint=f"known: {', '.join(ACTORS)}")
    if service not in graph.services:
        raise ChinaAIError(f"unknown service kind '{service}'", hint=f"known: {', '.join(sorted(graph.services))}")
    case = Situation(actor, service, as_of, frozenset(having), frozenset(without), frozenset(also))
    if both := case.having & case.without:
        raise ChinaAIError(f"both in having and without: {', '.join(sorted(both))}", hint="drop it from one")
    return case


def _ref(route: RouteSpec) -> Ref:
    return Ref(id=route.id, name=route.name, name_zh=route.name_zh)


def _shut(route: RouteSpec, case: Situation) -> str:
    if case.actor not in route.actors:
        open_to = ", ".join(ACTORS[actor][0] for actor in route.actors)
        return f"open to: {open_to}"
    if route.since and case.as_of < route.since.first:
        return f"not open before {route.since}"
    if route.until and case.as_of >= route.until.first:
        return f"closed since {route.until}"
    return ""


def _no_way(graph: EntryGraph, found: RouteOptions, case: Situation) -> str:
    asked = {name for choice in found.problem.goal for alternative in choice for name in alternative}
    shut = sorted(name for name in asked if not found.problem.open_ways[name])
    ruled_out = sorted(set(shut) & case.without)
    if ruled_out:
        return f"can't do without {', '.join(ruled_out)}"
    return f"no way is open through {', '.join(shut)}" if shut else "no set of requirements carries the goal"


def _path(graph: EntryGraph, option: Option, found: RouteOptions, case: Situation) -> EntryPath:
    route, plan = option.route, option.plan
    order = sorted(option.requirements, key=lambda n: (plan.level[n], plan.start[n], n))
    steps = [_step(graph, option, name, i, case) for i, name in enumerate(order, 1)]
    bars = [_prohibition(graph, p, case, (option, found)) for p in _against(graph, case, route)]
    known = [step.confidence for step in steps if step.confidence is not None]
    pages = [source.id for step in steps for source in step.sources]
    bases = Counter(step.duration.basis for step in steps if step.duration)
    digest = hashlib.sha256(" ".join([route.id, case.actor, case.service, *sorted(option.requirements)]).encode())
    return EntryPath(
        id=f"{route.id}.{digest.hexdigest()[:10]}",
        rank=0,
        route=_ref(route),
        run_by=route.run_by,
        summary=route.summary,
        viability=route.viability,
        blocked=any(bar.state == "binding" for bar in bars),
        requirements=sorted(option.requirements),
        steps=steps,
        critical_path=list(plan.critical),
        total=Total(
            min=plan.total.low(),
            typical=plan.total.middle(),
            max=plan.total.high(),
            effort=plan.effort,
            open_ended=plan.open_ended,
            bases=dict(sorted(bases.items())),
        ),
        prohibitions=bars,
        conditional=_conditional(graph, option, case),
        gaps=[gap for step in steps for gap in step.gaps],
        sources=evidence.source_refs(graph, [*route.sources, *pages]),
        confidence=min(known) if known and len(known) == len(steps) else None,
    )


def _step(graph: EntryGraph, option: Option, name: str, order: int, case: Situation) -> EntryStep:
    item, way, route = graph.requirements[name], option.ways[name], option.route
    basis = basis_on(graph, item, case.as_of)
    law = evidence.legal_rows(graph, basis)
    duration = item.duration(acting_as(route, name, case.actor), case.service)
    sure = evidence.confidence_of(graph, item, case.as_of)
    by_partner = route.run_by == "partner" and name not in route.own_steps
    pages = [*evidence.cited(item, basis), duration.source if duration else None]
    return EntryStep(
        order=order,
        level=option.plan.level[name],
        requirement=Ref(id=item.id, name=item.name, name_zh=item.name_zh),
        kind=item.kind,
        applies_when=item.trigger,
        way=Ref(id=way.id, name=way.name, name_zh=way.name_zh),
        other_ways=[Ref(id=w.id, name=w.name, name_zh=w.name_zh) for w in option.others[name]],
        performer="partner" if by_partner else way.performer or "self",
        authority=evidence.authority_refs(graph, item.authorities),
        instrument=evidence.instruments(law),
        article=evidence.article_labels(law),
        basis=law,
        documents=way.documents,
        needs=sorted(set(way.needs) & option.requirements),
        starts_on_day=option.plan.start[name],
        duration=evidence.duration_row(graph, duration) if duration else None,
        evidence_on_time=[evidence.duration_row(graph, d) for d in item.durations if d is not duration],
        critical=name in option.plan.critical,
        validity=item.validity,
        sources=evidence.source_refs(graph, pages),
        confidence=sure.value if sure else None,
        confidence_why=sure.why if sure else None,
        gaps=evidence.gaps_of(graph, item, duration, case.as_of),
    )


def _conditional(graph: EntryGraph, option: Option, case: Situation) -> list[ConditionalRow]:
    rows = []
    for conditional in option.route.conditional:
        item = graph.requirements[conditional.requirement]
        if item.id not in option.requirements | case.having and in_force(graph, item, case.as_of):
            ref = Ref(id=item.id, name=item.name, name_zh=item.name_zh)
            rows.append(ConditionalRow(requirement=ref, when=conditional.when))
    return rows


def _against(graph: EntryGraph, case: Situation, route: RouteSpec | None) -> list[ProhibitionSpec]:
    """Prohibitions in force that concern the actor and the service, those a route names among them."""
    return [
        p
        for p in sorted(graph.prohibitions.values(), key=lambda p: p.id)
        if case.actor in p.actors
        and in_force(graph, p, case.as_of)
        and (not p.services or case.service in p.services)
        and (route is None or not p.condition or p.id in route.prohibitions)
    ]


def _prohibition(
    graph: EntryGraph, p: ProhibitionSpec, case: Situation, path: tuple[Option, RouteOptions] | None
) -> ProhibitionRow:
    basis = basis_on(graph, p, case.as_of)
    law = evidence.legal_rows(graph, basis)
    state, why, lifting = _state(graph, p, case, path)
    return ProhibitionRow(
        id=p.id,
        name=p.name,
        name_zh=p.name_zh,
        state=state,
        why=why,
        lifted_by=lifting,
        authority=evidence.authority_refs(graph, p.authorities),
        instrument=evidence.instruments(law),
        article=evidence.article_labels(law),
        sources=evidence.source_refs(graph, evidence.cited(p, basis)),
    )


def _state(
    graph: EntryGraph, p: ProhibitionSpec, case: Situation, path: tuple[Option, RouteOptions] | None
) -> tuple[str, str, list[str]]:
    who = ACTORS[case.actor][0]
    if path is None:
        lifting = list(p.lifted_by)
        tail = f"; lifted by any of {', '.join(lifting)}" if lifting else ""
        state = "conditional" if p.condition else "binding"
        return (
            state,
            f"{p.summary} Concerns: {who}, {case.service}{', where ' + p.condition if p.condition else ''}{tail}",
            lifting,
        )
    option, found = path
    met = [name for name in p.lifted_by if name in option.requirements | case.having]
    unasked = [name for name in p.lifted_by if name in found.problem.waived - case.having]
    if met:
        return "lifted", f"met by {', '.join(met)}", met
    if unasked:
        return "lifted", f"{', '.join(unasked)} not asked for on {case.as_of}", []
    if p.condition:
        return "conditional", f"bites where {p.condition}", list(p.lifted_by)
    return "binding", f"{p.summary} No step of this path lifts it.", list(p.lifted_by)
