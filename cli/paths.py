"""Commands about market entry: paths, partners, and two answers side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..queries.entry.drawing import mermaid
from . import output
from .asking import asking
from .options import Csv, Home, Json
from .paths_text import print_comparison, print_partners, print_paths

Company = Annotated[str, typer.Argument(help="Company by any of its names: Apple, 苹果, AAPL, apple.")]
Service = Annotated[str, typer.Argument(help="Kind of service: phone-assistant, chatbot, 车载助手, cloud, adas …")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Day on which the law is read, such as 2024-01-20.")]
ActorIs = Annotated[
    str | None, typer.Option("--actor", help="fie, offshore or domestic; from the company's own facts by default.")
]


def paths_command(
    company: Company,
    service: Service,
    as_of: AsOf = None,
    actor: ActorIs = None,
    having: Annotated[
        list[str] | None, typer.Option(help="Requirement already met, such as r.entity; repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Requirement not to be used, such as r.jv50; repeatable.")
    ] = None,
    also: Annotated[list[str] | None, typer.Option(help="Conditional requirement to count in; repeatable.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most paths; 0 shows all.")] = 3,
    explain: Annotated[
        bool, typer.Option("--explain", help="Documents, all intervals, sources and gaps of each step.")
    ] = False,
    draw: Annotated[bool, typer.Option("--mermaid", help="Print one path as a Mermaid flowchart.")] = False,
    rank: Annotated[int, typer.Option(min=1, help="Which path to draw.")] = 1,
    html: Annotated[Path | None, typer.Option("--html", help="Write the fastest path as an HTML page.")] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Paths into mainland China for a company and a kind of service: steps, law, time, partners, precedents.

    Fastest first. Example: chinaai paths Apple phone-assistant --as-of 2026-11-24 --explain

    What if: chinaai paths Apple chatbot --having r.entity --without r.jv50
    """
    with asking(home) as kg:
        answer = kg.market_entry_paths(
            company,
            service,
            as_of,
            actor=actor,
            having=having or (),
            without=without or (),
            also=also or (),
            limit=max(limit, rank) if draw else limit or None,
        )
        if html is not None:
            written = kg.view(html, route=(company, service))
            output.err.print(f"drawn: {written}", markup=False, highlight=False)
    if draw:
        if len(answer.paths) < rank:
            raise typer.BadParameter(f"there are {answer.total_paths} paths", param_hint="--rank")
        typer.echo(mermaid(answer, answer.paths[rank - 1]), nl=False)
    elif json:
        output.print_json(answer.to_dict())
    else:
        print_paths(answer, explain=explain)


def partners_command(
    company: Company,
    service: Service,
    as_of: AsOf = None,
    actor: ActorIs = None,
    limit: Annotated[int, typer.Option(min=0, help="Most candidates of each step; 0 shows all.")] = 5,
    home: Home = None,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Domestic companies that hold the evidence a partner step needs, each with the reasons of its score.

    Example: chinaai partners Samsung phone-assistant
    """
    with asking(home) as kg:
        found = kg.partners_for(company, service, as_of, actor=actor)
    shown = []
    for step in dict.fromkeys(partner.requirement.id for partner in found):
        shown += [partner for partner in found if partner.requirement.id == step][: limit or None]
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
        print_partners(company, shown)


def compare_command(
    company: Company,
    service: Service,
    against: Annotated[str, typer.Argument(help="Another company, or another kind of service.")],
    as_of: AsOf = None,
    actor: ActorIs = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """Two companies for one kind of service, or two kinds of service of one company, side by side.

    Examples: chinaai compare Apple phone-assistant Samsung · chinaai compare Tesla in-car adas
    """
    with asking(home) as kg:
        found = kg.compare_entry(company, service, against, as_of, actor=actor)
    if json:
        output.print_json(found.to_dict())
    else:
        print_comparison(found)
