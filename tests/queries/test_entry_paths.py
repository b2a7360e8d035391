"""Paths worked out by hand from the seeds, what-if, the law of other years, and equality with a truth table."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from chinaai.graph.entry.model import EntryGraph
from chinaai.graph.entry.options import options_over_time
from chinaai.graph.errors import ChinaAIError
from chinaai.loaders.entry import read_entry
from chinaai.queries.entry import EntryAnswer, EntryPath, entry_paths
from entry_seeds import SEEDS, TODAY, Sets, sets_of


@pytest.fixture(scope="module")
def graph() -> EntryGraph:
    return read_entry(SEEDS).graph()


def combine(core: str, *choices: list[str]) -> Sets:
    """Core and one alternative of each choice; alternatives are words, several joined by +."""
    return {frozenset([*core.split(), *(n for c in picked for n in c.split("+") if n)]) for picked in product(*choices)}


# The ways to solve cross-border data: r.xb has seven ways. Each needs r.pi (in every goal that has r.xb),
# zones also r.entity. An offshore company has the three whose actors name it: none, exempt, certificate.
XB = ["xb-none", "xb-exempt", "xb-scc", "xb-cert", "xb-assess", "xb-gba", "xb-ftz"]
XB_OFFSHORE = ["xb-none", "xb-exempt", "xb-cert"]
# r.auto-xb has five ways: neither the Greater Bay Area contract nor the zone lists stand in it.
AUTO_XB = ["xb-none", "xb-exempt", "xb-scc", "xb-cert", "xb-assess"]
# Unchanged filed model: r.gai-reg needs r.entity, r.modelpartner, r.label, r.content-safety.
# Own or altered model: r.gai-filing needs r.entity, r.gai-secassess (needs r.lawful-data), r.algo-filing (needs
# r.entity), r.label, r.content-safety and a base: r.base-filed (needs nothing) or r.own-base (needs r.lawful-data).
API = "modelpartner+gai-reg"
FILED = [
    "gai-filing+gai-secassess+lawful-data+algo-filing+base-filed",
    "gai-filing+gai-secassess+lawful-data+algo-filing+own-base",
]
# Free of charge; or B25, for a foreign company through a joint venture (r.vats-b25 needs r.entity and r.jv50, which
# needs r.neglist-ok); or the pilot approval itself. B25 under the pilot holds the pilot approval: absorbed.
TELECOM = ["free-service", "vats-b25+jv50", "vats-pilot"]

HAND: dict[tuple[str, str, str], Sets] = {
    # phone: nine fixed steps and r.xb; the assistant calls a filed model (7 ways to solve data) or is filed (2 x 7)
    ("pa.phone", "fie", "phone-assistant"): combine(
        "entity nal hosting label content-safety minors pi xb display-no", [API, *FILED], XB
    ),
    # chatbot on a filed model: r.gai-reg in the goal brings r.modelpartner, r.label and r.content-safety; 3 x 7
    ("pa.api-register", "fie", "consumer-chatbot"): combine(
        "entity neglist-ok hosting icp-filing app-filing modelpartner gai-reg label content-safety display-no "
        "store-check minors pi xb",
        TELECOM,
        XB,
    ),
    # chatbot on an own or altered model: 2 bases x 3 x 7
    ("pa.own-filed", "fie", "consumer-chatbot"): combine(
        "entity neglist-ok hosting icp-filing app-filing label content-safety display-no store-check minors pi xb",
        FILED,
        TELECOM,
        XB,
    ),
    # car: r.auto-xb in place of r.xb; (1 + 2) x 5
    ("pa.car", "fie", "in-car"): combine(
        "entity veh-access hosting label content-safety pi auto-data auto-xb display-no", [API, *FILED], AUTO_XB
    ),
    # operator cloud: closed customers, or a filed model with labels, or an own filing, which brings the company
    # registration, labels and content duties with it; a zone list needs the company too; (1 + 1 + 2) x 7
    ("pa.licensed-cloud", "fie", "cloud"): combine(
        "licensee hosting pi xb mlps3",
        ["not-public", "modelpartner+label", *(f"{f}+entity+label+content-safety" for f in FILED)],
        [*XB[:-1], "xb-ftz+entity"],
    ),
    # the same from abroad: no own filing (for onshore companies), three ways for data; 2 x 3
    ("pa.licensed-cloud", "offshore", "cloud"): combine(
        "licensee hosting pi xb mlps3", ["not-public", "modelpartner+label"], XB_OFFSHORE
    ),
    # pilot cloud: the approval needs r.entity and r.neglist-ok; labels always; (1 + 1 + 2) x 7
    ("pa.pilot-cloud", "fie", "cloud"): combine(
        "vats-pilot entity neglist-ok hosting pi xb mlps3 label",
        ["not-public", "modelpartner", *(f"{f}+content-safety" for f in FILED)],
        XB,
    ),
    # driver assistance: no model filing; r.map-review needs r.map-partner, r.ota needs r.veh-access; 5
    ("pa.adas", "fie", "adas"): combine("entity veh-access map-partner map-review auto-data auto-xb pi ota", AUTO_XB),
    # internal tool: a filed model, or own hosting, or an offshore model over a leased line that its supplier
    # allows; 3 x 7, but a zone list needs r.entity, which nothing else here does
    ("pa.internal", "fie", "internal-tool"): combine(
        "not-public pi xb", ["modelpartner", "hosting", "leased-line+supplier-ok"], [*XB[:-1], "xb-ftz+entity"]
    ),
    ("pa.weights", "offshore", "open-weights"): combine("weights-only"),
    # domestic chatbot: no negative list, no data leaves; B25 needs r.entity and r.domestic-owner, both in the
    # goal; 2 x 2
    ("pa.domestic-own", "domestic", "consumer-chatbot"): combine(
        "entity domestic-owner hosting icp-filing app-filing label content-safety display-no store-check minors pi",
        FILED,
        ["free-service", "vats-b25"],
    ),
    # run by a domestic operator, all but the contract by the operator's ways: B25 by r.domestic-owner; 2 x 7
    ("pa.partner-operated", "offshore", "consumer-chatbot"): combine(
        "licensee domestic-owner entity hosting label content-safety pi xb app-filing vats-b25 display-no store-check",
        FILED,
        XB,
    ),
}


@pytest.mark.parametrize("key", HAND, ids=[f"{route}-{actor}" for route, actor, _ in HAND])
def test_the_minimal_sets_are_those_worked_out_by_hand(graph: EntryGraph, key: tuple[str, str, str]) -> None:
    route, actor, service = key
    answer = entry_paths(graph, actor, service, TODAY)  # type: ignore[arg-type]
    assert answer.complete
    assert sets_of(answer, route) == HAND[key]


def best(answer: EntryAnswer, route: str) -> EntryPath:
    return next(path for path in answer.paths if path.route.id == route)


def test_the_fastest_phone_path_in_full(graph: EntryGraph) -> None:
    """Typical days: r.entity (90 to 180, middle 135), r.modelpartner 60, r.content-safety 60, r.gai-reg (90 to 120,
    middle 105), r.display-no 3. r.gai-reg waits for r.entity (135) and for model and filters (60 + 60 = 120): it
    starts on day 135 and ends on 240; the number is shown on 243. Least: 90 + 90 + 1 = 181. Most: model and filters
    180 + 120 = 300 are later than r.entity 180, so 300 + 120 + 7 = 427; r.nal has no known maximum.
    Of seven equal data ways r.xb-exempt has the least effort (15 days)."""
    path = entry_paths(graph, "fie", "phone-assistant", TODAY).paths[0]
    assert path.requirements == sorted(
        f"r.{name}"
        for name in [
            "entity",
            "nal",
            "hosting",
            "label",
            "content-safety",
            "minors",
            "pi",
            "xb",
            "xb-exempt",
            "display-no",
            "modelpartner",
            "gai-reg",
        ]
    )
    assert (path.total.min, path.total.typical, path.total.max) == (181, 243, 427)
    assert path.total.open_ended
    assert path.critical_path == ["r.entity", "r.gai-reg", "r.display-no"]
    assert {(s.level, s.requirement.id) for s in path.steps} == {
        (1, "r.entity"),
        (1, "r.hosting"),
        (1, "r.label"),
        (1, "r.minors"),
        (1, "r.modelpartner"),
        (1, "r.nal"),
        (1, "r.pi"),
        (2, "r.content-safety"),
        (2, "r.xb-exempt"),
        (3, "r.gai-reg"),
        (3, "r.xb"),
        (4, "r.display-no"),
    }
    step = next(s for s in path.steps if s.requirement.id == "r.gai-reg")
    assert {(a.id, a.name_zh) for a in step.authority} == {("a.pcac", "省级网信办")}
    assert [(b.article_id, b.verdict, b.was) for b in step.basis] == [("i.cacnotice25", "wrong", "i.gai 17")]
    assert step.performer == "self"
    assert step.duration is not None
    assert (step.duration.min, step.duration.typical, step.duration.max, step.duration.unit) == (90, None, 120, "days")
    assert (step.duration.basis, step.duration.clock) == ("observed", "end-to-end")
    assert next(s for s in path.steps if s.requirement.id == "r.content-safety").performer == "partner"
    assert [(b.id, b.state, b.why) for b in path.prohibitions] == [("r.p-unfiled", "lifted", "met by r.gai-reg")]


#: Route, actor, service: typical days and critical path of the fastest, by hand.
FASTEST = [
    # own-filed: r.entity 135, then r.algo-filing (at most 42), then r.gai-filing (180 to 240, middle 210), then 3;
    # r.lawful-data 90 + r.gai-secassess 60 = 150 < 177
    ("pa.own-filed", "fie", "consumer-chatbot", 390, ["r.entity", "r.algo-filing", "r.gai-filing", "r.display-no"]),
    # operator 231, servers 14, level 3 grading 90
    ("pa.licensed-cloud", "fie", "cloud", 335, ["r.licensee", "r.hosting", "r.mlps3"]),
    # r.entity 135, pilot 128, servers 14, grading 90
    ("pa.pilot-cloud", "fie", "cloud", 367, ["r.entity", "r.vats-pilot", "r.hosting", "r.mlps3"]),
    # vehicle access 180, then the update 60; map partner 120 + review 28 = 148 < 180
    ("pa.adas", "fie", "adas", 240, ["r.veh-access", "r.ota"]),
    ("pa.internal", "fie", "internal-tool", 60, ["r.not-public", "r.pi"]),
    ("pa.weights", "offshore", "open-weights", 5, ["r.weights-only"]),
    # a domestic company is registered within 8 days; r.lawful-data 90, r.gai-secassess 60, r.gai-filing 210, number 3
    (
        "pa.domestic-own",
        "domestic",
        "consumer-chatbot",
        363,
        ["r.lawful-data", "r.gai-secassess", "r.gai-filing", "r.display-no"],
    ),
    # contract 231, then the operator's assessment 60, filing 210, number 3
    (
        "pa.partner-operated",
        "offshore",
        "consumer-chatbot",
        504,
        ["r.licensee", "r.gai-secassess", "r.gai-filing", "r.display-no"],
    ),
]


@pytest.mark.parametrize(("route", "actor", "service", "days", "chain"), FASTEST, ids=[row[0] for row in FASTEST])
def test_time_of_the_fastest(
    graph: EntryGraph, route: str, actor: Any, service: str, days: float, chain: list[str]
) -> None:
    path = best(entry_paths(graph, actor, service, TODAY), route)
    assert (path.total.typical, path.critical_path) == (days, chain)


def test_every_step_has_its_law_and_page_or_a_gap(graph: EntryGraph) -> None:
    seen = 0
    for service in graph.services:
        for actor in ("fie", "offshore", "domestic"):
            for path in entry_paths(graph, actor, service, TODAY).paths:  # type: ignore[arg-type]
                assert [s.order for s in path.steps] == list(range(1, len(path.steps) + 1))
                done: set[str] = set()
                for step in path.steps:
                    codes = {gap.code for gap in step.gaps}
                    assert step.basis or "no-legal-basis" in codes
                    assert all(b.verified for b in step.basis) or "unverified-basis" in codes
                    assert step.sources or "no-source" in codes
                    assert step.authority or step.requirement.id in {"r.own-base", "r.supplier-ok"}  # private matters
                    assert step.duration is None or (step.duration.basis == "estimate") == ("estimate" in codes)
                    assert set(step.needs) <= done
                    done.add(step.requirement.id)
                    seen += 1
    assert seen > 5000


def test_the_blocker_of_a_public_service_from_abroad(graph: EntryGraph) -> None:
    answer = entry_paths(graph, "offshore", "consumer-chatbot", TODAY)
    bars = {bar.id: bar for bar in answer.prohibitions}
    assert set(bars) == {"r.p-offshore", "r.p-unfiled", "r.p-minorlove", "r.p-rx"}
    assert bars["r.p-offshore"].state == "binding"
    assert bars["r.p-offshore"].article == ["Interim Measures for the Management of Generative AI Services, 20"]
    assert {path.route.id for path in answer.paths} == {"pa.partner-operated"}
    assert {(c.route.id, c.why) for c in answer.closed} == {
        ("pa.own-filed", "open to: foreign-invested company in China"),
        ("pa.api-register", "open to: foreign-invested company in China"),
        ("pa.domestic-own", "open to: company without foreign capital"),
        ("pa.domestic-api", "open to: company without foreign capital"),
    }
    assert {(b.id, b.state) for b in answer.paths[0].prohibitions} == {
        ("r.p-offshore", "lifted"),
        ("r.p-unfiled", "lifted"),
    }


def test_before_the_measures_nothing_is_filed(graph: EntryGraph) -> None:
    """June 2022: no generative-AI filing (2023-08-15), no labels (2023-01-10), no export contract (2023-06-01),
    assessment (2022-09-01) or exemption (2024-03-22): data stays, and the phone needs its access licence."""
    answer = entry_paths(graph, "fie", "phone-assistant", date(2022, 6, 1))
    assert sets_of(answer, "pa.phone") == combine("entity nal hosting pi xb xb-none")
    assert answer.prohibitions == []


def test_early_2024_a_filed_model_is_called_without_a_step_of_its_own(graph: EntryGraph) -> None:
    """20 January 2024: registration begins on 2024-04-28, the display of the number on 2024-04-02; the exemptions on
    2024-03-22, certificates in 2026. So the data ways are none, contract, assessment, Greater Bay Area."""
    answer = entry_paths(graph, "fie", "phone-assistant", date(2024, 1, 20))
    data = ["xb-none", "xb-scc", "xb-assess", "xb-gba"]
    assert sets_of(answer, "pa.phone") == combine(
        "entity nal hosting label content-safety minors pi xb", ["modelpartner", *FILED], data
    )
    before, after = (entry_paths(graph, "fie", "consumer-chatbot", d) for d in (date(2023, 8, 14), date(2023, 8, 15)))
    assert not any("r.gai-filing" in p.requirements for p in before.paths)
    assert all("r.gai-filing" in p.requirements for p in after.paths if p.route.id == "pa.own-filed")


def test_altered_needs_filing_unchanged_registration(graph: EntryGraph) -> None:
    answer = entry_paths(graph, "fie", "consumer-chatbot", TODAY)
    for path in answer.paths:
        both = {"r.gai-filing", "r.gai-reg"} & set(path.requirements)
        wanted = {
            "pa.api-register": {"r.gai-reg"},
            "pa.own-filed": {"r.gai-filing"},
            "pa.partner-operated": {"r.gai-filing"},
        }
        assert both == wanted[path.route.id]


def test_pilot_area_opens_in_2024(graph: EntryGraph) -> None:
    answer = entry_paths(graph, "fie", "cloud", date(2024, 4, 7))
    assert ("pa.pilot-cloud", "no way is open through r.vats-pilot") in {(c.route.id, c.why) for c in answer.closed}
    assert sets_of(entry_paths(graph, "fie", "cloud", date(2024, 4, 8)), "pa.pilot-cloud")


def test_without_and_having(graph: EntryGraph) -> None:
    plain = entry_paths(graph, "fie", "consumer-chatbot", TODAY)
    no_jv = entry_paths(graph, "fie", "consumer-chatbot", TODAY, without=["r.jv50"])
    assert sets_of(no_jv, "pa.own-filed") == {s for s in sets_of(plain, "pa.own-filed") if "jv50" not in s}
    onshore = entry_paths(graph, "fie", "consumer-chatbot", TODAY, having=["r.entity"])
    assert sets_of(onshore, "pa.own-filed") == {s - {"entity"} for s in sets_of(plain, "pa.own-filed")}
    # without r.entity the chain is r.modelpartner 60, r.content-safety 60, r.gai-reg 105, r.display-no 3
    assert best(onshore, "pa.api-register").total.typical == 228
    # a company that has its filing needs neither its assessment nor its base; other duties stay
    filed = entry_paths(graph, "fie", "phone-assistant", TODAY, having=["r.gai-filing"])
    assert sets_of(filed, "pa.phone") == combine("entity nal hosting label content-safety minors pi xb display-no", XB)
    assert ("r.p-unfiled", "met by r.gai-filing") in {(b.id, b.why) for b in filed.paths[0].prohibitions}
    shut = entry_paths(graph, "fie", "open-weights", TODAY, without=["r.weights-only"])
    assert [(c.route.id, c.why) for c in shut.closed] == [("pa.weights", "can't do without r.weights-only")]


def test_conditions(graph: EntryGraph) -> None:
    # a companion always has the duties of human-like services once they are in force, a chatbot only where it is one
    assert all("r.anthro-sa" in p.requirements for p in entry_paths(graph, "fie", "companion", TODAY).paths)
    assert not any(
        "r.anthro-sa" in p.requirements for p in entry_paths(graph, "fie", "companion", date(2026, 7, 14)).paths
    )
    chatbot = entry_paths(graph, "fie", "consumer-chatbot", TODAY)
    assert ("r.anthro-sa", "companion functions") in {(c.requirement.id, c.when) for c in chatbot.paths[0].conditional}
    also = entry_paths(graph, "fie", "consumer-chatbot", TODAY, also=["r.mlps3"])
    assert all("r.mlps3" in p.requirements for p in also.paths)


def test_questions_that_make_no_sense(graph: EntryGraph) -> None:
    for kwargs in ({"having": ["r.nope"]}, {"without": ["r.nope"]}, {"having": ["r.pi"], "without": ["r.pi"]}):
        with pytest.raises(ChinaAIError):
            entry_paths(graph, "fie", "cloud", TODAY, **kwargs)
    with pytest.raises(ChinaAIError, match="unknown service kind 'moon'"):
        entry_paths(graph, "fie", "moon", TODAY)
    with pytest.raises(ChinaAIError, match="unknown actor"):
        entry_paths(graph, "alien", "cloud", TODAY)  # type: ignore[arg-type]
    assert entry_paths(graph, "fie", "social", TODAY).paths == []


def test_a_cut_is_said(graph: EntryGraph) -> None:
    answer = entry_paths(graph, "fie", "phone-assistant", TODAY, bound=3)
    assert (len(answer.paths), answer.complete, answer.cut) == (
        3,
        False,
        "pa.phone: cut: 3 minimal sets shown, there are more",
    )
    shown = entry_paths(graph, "fie", "phone-assistant", TODAY, show=2)
    assert (len(shown.paths), shown.total_paths, shown.complete) == (2, 21, True)


def test_options_over_time_agree_with_the_planner(graph: EntryGraph) -> None:
    """What is stored at load and what the planner computes on a day are the same sets with the same days."""
    for route in graph.routes.values():
        for actor in route.actors:
            dated = list(options_over_time(graph, route, actor, route.services[0]))
            for day in (date(2021, 1, 1), date(2022, 6, 1), date(2024, 1, 20), date(2024, 6, 1), TODAY):
                on = {
                    (d.option.requirements, d.option.plan.total.middle())
                    for d in dated
                    if (d.since is None or d.since <= day) and (d.until is None or day < d.until)
                }
                paths = entry_paths(graph, actor, route.services[0], day).paths
                assert on == {(frozenset(p.requirements), p.total.typical) for p in paths if p.route.id == route.id}
