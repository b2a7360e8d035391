"""Commands about market entry: paths, partners, and two answers side by side."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer

from ..queries.params import MOST_ROWS
from . import output
from .asking import asking
from .bundle import kept, place_of
from .once import useless
from .options import Bundled, Csv, Home, Json, Known
from .paging import paged

Company = Annotated[str, typer.Argument(help="Company by any of its names: Apple, 苹果, AAPL, apple.")]
Service = Annotated[str, typer.Argument(help="Kind of service: phone-assistant, chatbot, 车载助手, cloud, adas …")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Day on which the law is read, such as 2024-01-20.")]
ActorIs = Annotated[
    str | None, typer.Option("--actor", help="fie, offshore or domestic; from the company's own facts by default.")
]


@useless("--as-of", "--start", "--by", "--bundle", "--output", "--mermaid", "--explain", "--limit", beside=["--diff"])
@useless("--explain", "--limit", beside=["--json", "--mermaid", "--output"])
def paths_command(
    company: Annotated[str | None, typer.Argument(help="Company by any of its names: Apple, 苹果, AAPL.")] = None,
    service: Annotated[str | None, typer.Argument(help="Kind of service: phone-assistant, chatbot, 车载助手 …")] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="Kind of service asked by a stranger, in place of a company.")
    ] = None,
    seat: Annotated[str | None, typer.Option(help="Country of the stranger, such as US, DE or CN.")] = None,
    onshore: Annotated[str | None, typer.Option(help="Company on the mainland: yes or none.")] = None,
    actor: ActorIs = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="A fact of the case, such as paid=yes or province=上海; repeatable."),
    ] = None,
    assume: Annotated[
        list[str] | None, typer.Option(help="A fact to take where nobody says, such as users=under-100k; repeatable.")
    ] = None,
    strategy: Annotated[str | None, typer.Option(help="Only this strategy, such as own-company or operator.")] = None,
    as_of: AsOf = None,
    start: Annotated[str | None, typer.Option(help="Day on which work begins; the day asked by default.")] = None,
    by: Annotated[str | None, typer.Option(help="Day by which the launch is wished: gives its probability.")] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(help="Two days: what changed in law and duties between them.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, max=MOST_ROWS, help="Most plans told at length; 0 tells all.")] = 1,
    explain: Annotated[
        bool, typer.Option("--explain", help="Every number and step: intervals, draws, documents, law, sources, gaps.")
    ] = False,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write a brief: .md .html .docx .xlsx .ics or .json.")
    ] = None,
    bundle: Bundled = None,
    draw: Annotated[bool, typer.Option("--mermaid", help="Print the first plan as a Mermaid Gantt chart.")] = False,
    known: Known = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """The market-entry case of a company, or of a profile: duties, held and due, in order, with law, time and evidence.

    Example: chinaai paths Apple phone-assistant --by 2027-06-30

    A stranger: chinaai paths --profile chatbot --seat US --onshore none --set paid=yes

    What changed: chinaai paths Tesla adas --diff 2026-06-01 2026-11-28

    To take away: chinaai paths Samsung phone-assistant -o brief.docx

    用中文提问，先得到中文答案：chinaai paths 苹果 手机助手
    """
    who, kind = _who(company, service, profile)
    place = place_of(bundle)
    with asking(home, known) as kg:
        asked: dict[str, Any] = {
            "actor": actor, "seat": seat, "onshore": _onshore(onshore), "facts": _pairs(set_, "--set"),
            "assume": _pairs(assume, "--assume"), "strategy": strategy,
        }  # fmt: skip
        if diff is not None:
            told = kg.entry_changes(who, kind, *diff, **asked)
            if json:
                output.print_json(told.to_dict())
            else:
                with paged():
                    _text().print_changes(told)
            return
        asked |= {"start": start, "by": by}
        answer = kg.market_entry_paths(who, kind, as_of, **asked)
        if place is not None:
            kept(kg, "paths", {"company": who, "service": kind, "as_of": as_of, **asked}, answer, place)
    if target is not None:
        from ..queries.entry.brief import write_brief

        written = write_brief(answer, target)
        output.err.print(f"written: {written}", markup=False, highlight=False)
    if draw:
        from ..queries.entry.gantt import gantt_mermaid

        typer.echo(gantt_mermaid(answer), nl=False)
    elif json:
        output.print_json(answer.to_dict())
    elif target is None:
        with paged():
            if _chinese().in_chinese(company, service, profile, strategy, *(set_ or ()), *(assume or ())):
                _text().print_chinese(answer, limit=limit)
            _text().print_answer(answer, limit=limit, explain=explain)


def _text() -> ModuleType:
    """What prints answers, imported late with all of market entry: a saved question must not wait for it."""
    from . import paths_text

    return paths_text


def _chinese() -> ModuleType:
    from . import paths_chinese

    return paths_chinese


def _who(company: str | None, service: str | None, profile: str | None) -> tuple[str | None, str]:
    if profile is not None:
        if company is not None or service is not None:
            raise typer.BadParameter("a profile takes the place of COMPANY and SERVICE", param_hint="--profile")
        return None, profile
    if company is None or service is None:
        said = "say COMPANY and SERVICE, as in 'chinaai paths Apple chatbot', or --profile SERVICE for a stranger"
        if company is not None:
            one = f'"{company}"' if " " in company else company
            said = (
                f"'{company}' is half a question; as a company: chinaai paths {one} SERVICE; "
                f"as a kind of service: chinaai paths --profile {one}"
            )
        raise typer.BadParameter(said, param_hint="COMPANY SERVICE")
    return company, service


def _onshore(text: str | None) -> bool | None:
    words = {"yes": True, "true": True, "有": True, "none": False, "no": False, "false": False, "无": False}
    if text is None:
        return None
    if text.lower() not in words:
        raise typer.BadParameter(f"'{text}' is neither yes nor none", param_hint="--onshore")
    return words[text.lower()]


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    found = {}
    for text in given or ():
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise typer.BadParameter(f"'{text}' is no FACT=VALUE", param_hint=option)
        if name.strip() in found:
            raise typer.BadParameter(f"'{name.strip()}' is given twice; give it once", param_hint=option)
        found[name.strip()] = value.strip()
    return found


def partners_command(
    company: Company,
    service: Service,
    as_of: AsOf = None,
    actor: ActorIs = None,
    limit: Annotated[int, typer.Option(min=0, max=MOST_ROWS, help="Most candidates of each step; 0 shows all.")] = 5,
    known: Known = None,
    home: Home = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Domestic companies that hold the evidence a partner step needs, each with the reasons of its score.

    Example: chinaai partners Samsung phone-assistant
    """
    with asking(home, known) as kg:
        found = kg.partners_for(company, service, as_of, actor=actor)
    shown = []
    for step in dict.fromkeys(partner.requirement.id for partner in found):
        shown += [partner for partner in found if partner.requirement.id == step][: limit or None]
    for sentence in found.notes if json or csv else ():
        output.note(sentence)
    if json:
        output.print_json([partner.to_dict() for partner in shown])
    elif csv:
        flat = [
            {
                "requirement": p.requirement.id,
                "company_id": p.company.id,
                "company": p.company.name,
                "company_zh": p.company.name_zh,
                "score": p.score,
                "reasons": [f"{r.points:+d} {r.text} [{r.fact_id}]" for r in p.reasons],
                "confidence": p.confidence,
                "sources": [source.model_dump(mode="json") for source in p.sources],
            }
            for p in shown
        ]
        output.print_csv(list(flat[0]) if flat else ["requirement", "company_id", "score"], flat)
    else:
        with paged():
            _text().print_partners(company, shown, found.notes)


def compare_command(
    company: Company,
    service: Service,
    against: Annotated[str, typer.Argument(help="Another company, or another kind of service.")],
    as_of: AsOf = None,
    actor: ActorIs = None,
    known: Known = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Two companies for one kind of service, or two kinds of service of one company, side by side.

    Examples: chinaai compare Apple phone-assistant Samsung · chinaai compare Tesla in-car adas
    """
    with asking(home, known) as kg:
        found = kg.compare_entry(company, service, against, as_of, actor=actor)
    if json:
        output.print_json(found.to_dict())
    else:
        with paged():
            _text().print_comparison(found)
