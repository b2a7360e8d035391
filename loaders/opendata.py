"""Facts of openly licensed data sets in the package's own compact form: Chinese models of Epoch AI and models.dev.

Two files stand in `seeds/registers`: `open-models.tsv`, one row a model with what each data set calls it, and
`open-offers.tsv`, who sells which of them. `python -m chinaai.loaders.opendata EPOCH MODELSDEV` makes them anew from
the publishers' files. Rows of both data sets are one model where their names agree but for form, or by a reviewed line
of `SAME`; what only looks alike stays two.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from rapidfuzz import fuzz

from ..graph.dates import PartialDate
from ..graph.elements import Batch
from ..graph.identity import name_key
from ..graph.model.actors import Company
from ..graph.model.base import Entity
from ..graph.model.technology import Chip, Model, Product
from ..graph.problems import InputError
from . import epoch, modelsdev
from .base import Context, Loaded, Loader, Near
from .cells import Cells
from .outside import CHINESE, End, Outside, own_id
from .table import read_table

MODELS, OFFERS = "open-models.tsv", "open-offers.tsv"
COLUMNS = (
    "name", "is", "makers", "released", "published", "modality", "open_weights", "parameters", "compute", "chips",
    "modelsdev", "epoch",
)  # fmt: skip
OFFER_COLUMNS = ("model", "provider", "product", "amount", "as_of")
_NEWEST = {"epoch": "2025-12-22", "modelsdev": "2026-07-02"}


class OpenDataLoader(Loader):
    """Chinese models of Epoch AI (CC BY 4.0) and models.dev (MIT), shipped with credit and licence."""

    name: ClassVar[str] = "open"
    title: ClassVar[str] = "Chinese models and their offers, from Epoch AI (CC BY 4.0) and models.dev (MIT)"
    expects: ClassVar[str] = f"a folder with {MODELS} and {OFFERS}; shipped with the package"
    no_remote: ClassVar[str] = "it is made of two other sources: refresh epoch and modelsdev"
    ships: ClassVar[str | None] = "registers"

    def read(self, path: Path, context: Context) -> Loaded:
        """Read and check both files."""
        models, problems = read_table(path / MODELS, COLUMNS)
        offers, more = read_table(path / OFFERS, OFFER_COLUMNS)
        if problems or more:
            return Loaded(Batch(self.name), problems + more)
        newest = {name: PartialDate.parse(day) for name, day in _NEWEST.items()}
        sources = {"epoch": epoch.source_of(newest["epoch"]), "modelsdev": modelsdev.source_of(_NEWEST["modelsdev"])}
        # Ids of their own: whoever loads the publisher's newest file beside this one has a source of that day as well.
        outs = {
            name: Outside(self.name, source.model_copy(update={"id": f"{self.name}-{source.id}"}), context)
            for name, source in sources.items()
        }
        known = outs["modelsdev"]
        ends: dict[str, End] = {}
        for line, cells in models.rows():
            check = Cells(models, line, cells, context.today)
            name = check.text("name")
            if cells["is"] and cells["is"] not in context.identity.entities:
                check.wrong("is", "UNKNOWN-ENTITY", f"unknown model '{cells['is']}'", "use the id of a curated model")
            ends[name] = ("Model", cells["is"] or model_id(name))  # a wrong row too: its offers are not wrong for it
            if told := check.told():
                known.loaded.problems += told
                continue
            _take(outs, cells, ends[name], newest)
        for line, cells in offers.rows():
            check = Cells(offers, line, cells, context.today)
            if cells["model"] not in ends:
                check.wrong("model", "UNKNOWN-MODEL", f"'{cells['model']}' is no row of {MODELS}", "mend the name")
            check.text("provider")
            if told := check.told():
                known.loaded.problems += told
                continue
            as_of = PartialDate.parse(cells["as_of"])
            seller = known.join([cells["provider"]], "Company", "Product")
            seller = seller or known.make(Product, cells["provider"], kind="model API")
            said: dict[str, Any] = {"product": cells["product"], "amount": cells["amount"] or None, "as_of": as_of}
            key = (cells["provider"], cells["product"], cells["amount"])
            known.fact("OFFERS", key, seller, ends[cells["model"]], **said)
        other = outs["epoch"].loaded
        known.loaded.problems += other.problems
        held = {node.id for node in known.loaded.batch.nodes}
        known.loaded.batch.nodes += [node for node in other.batch.nodes if node.id not in held]
        known.loaded.batch.edges += other.batch.edges
        known.loaded.near += _look_alike([cells for _, cells in models.rows()], context)
        joined = sum(1 for _, cells in models.rows() if cells["is"])
        both = sum(1 for _, cells in models.rows() if cells["epoch"] and cells["modelsdev"])
        return known.finish(
            f"{len(models.lines)} models ({joined} are curated ones, {both} stand in both data sets), "
            f"{len(offers.lines)} offers"
        )


def _look_alike(rows: list[dict[str, str]], context: Context) -> list[Near]:
    """Rows whose names are near one of the same maker, or of a curated model, with the same figures in them."""
    found = []
    held = [(cells["name"], set(cells["makers"].split("; ")), cells["is"]) for cells in rows]
    curated = [(e.name, set(context.makers.get(one, ())), one) for one, e in context.identity.entities.items()
               if e.label() == "Model" and one in context.makers]  # fmt: skip
    for i, (name, makers, one) in enumerate(held):
        if one:
            continue
        for other, by, same in (*held[i + 1 :], *curated):
            figures = sorted(re.findall(r"\d+", name)) == sorted(re.findall(r"\d+", other))
            if figures and makers & by and fuzz.token_sort_ratio(name.casefold(), other.casefold()) >= 88:
                found.append(Near("open", name, same or other, "a model of the same maker with nearly the same name"))
    return found


def _take(outs: dict[str, Outside], cells: dict[str, str], end: End, newest: dict[str, PartialDate]) -> None:
    name = cells["name"]
    out = outs["modelsdev" if cells["modelsdev"] else "epoch"]
    if not cells["is"]:
        opened = {"yes": True, "no": False}.get(cells["open_weights"])
        out.put(_model(cells))
        published = PartialDate.parse(cells["published"]) if cells["published"] else None
        said: dict[str, Any] = {"as_of": newest["modelsdev"]} if cells["modelsdev"] else {"announced": published}
        for maker in filter(None, cells["makers"].split("; ")):
            out.fact("DEVELOPED", (name, maker), _maker(out, maker), end, **said, open_weights=opened)
    if cells["released"] and not cells["is"]:
        day = PartialDate.parse(cells["released"])
        outs["modelsdev"].figure("released", name, end, day=day, announced=day, scope="as the laboratory's file says")
    if not cells["published"]:
        return
    day, out = PartialDate.parse(cells["published"]), outs["epoch"]
    if not cells["is"]:
        out.figure("published", name, end, day=day, announced=day)
    for metric, unit, column in (("parameters", "parameters", "parameters"), ("training_compute", "FLOP", "compute")):
        if cells[column] and (column == "compute" or not cells["is"]):
            when: dict[str, Any] = {"announced": day}
            if column == "compute":
                when = {"as_of": newest["epoch"], "approximate": "about", "scope": "estimate of Epoch"}
            out.figure(metric, name, end, value=float(cells[column]), unit=unit, **when)
    for chip in filter(None, cells["chips"].split("; ")):
        out.fact("TRAINED_ON", (name, chip), end, _chip(out, chip, newest["epoch"]), announced=day)


def _chip(out: Outside, chip: str, seen: PartialDate) -> End:
    """The curated chip of a name, or one of the data set with its maker, whose name the chip's begins with."""
    if held := out.join([chip], Chip.label()):
        return held
    end = out.make(Chip, chip)
    makers = out.context.identity.find(chip.split()[0], "Company")
    edge_known = any(e.type == "DEVELOPED" and e.end == end for e in out.loaded.batch.edges)
    if len(makers) == 1 and not edge_known:
        out.fact("DEVELOPED", (chip, makers[0]), ("Company", makers[0]), end, as_of=seen)
    return end


def _maker(out: Outside, maker: str) -> End:
    """A curated company by its id, or an organisation of the data set as `Name (CC)`."""
    if maker in out.context.identity.entities:
        return out.context.identity.entities[maker].label(), maker
    match = re.fullmatch(r"(.+?)(?: \(([A-Z]{2})\))?", maker)
    assert match is not None
    teaches = re.search(r"University|Institute of Technology|College|Technological Institute", match[1])
    return out.make(Company, match[1], country=match[2], sectors=["education" if teaches else "models"])


def model_id(name: str) -> str:
    """Id of a model that no curated file holds."""
    return own_id("open", "Model", name)


def open_entities(folder: Path) -> Iterator[Entity]:
    """The models that the shipped open data adds to the graph, so that other loaders join to them."""
    if not (folder / MODELS).is_file():
        return
    for _, cells in read_table(folder / MODELS, COLUMNS)[0].rows():
        if not cells["is"]:
            yield _model(cells)


def _model(cells: dict[str, str]) -> Model:
    name = cells["name"]
    aliases = [part for part in (cells["modelsdev"], cells["epoch"]) if part and part != name]
    return Model(id=model_id(name), name=name, aliases=aliases, modality=cells["modality"] or None)


#: Names of Epoch and models.dev that are one model, each read by hand: other words for the same release.
SAME = {
    "Tongyi DeepResearch": "Tongyi DeepResearch 30B A3B", "DeepSeek-R1 (May 2025)": "DeepSeek-R1-0528",
    "ERNIE-4.5-VL-424B-A47B (文心大模型4.5)": "ERNIE 4.5 VL 424B A47B",
    "Qwen3-235B-A22B-Thinking (Jul 2025)": "Qwen3 235B A22B Thinking 2507",
    "Qwen2.5 Instruct (72B)": "Qwen 2.5 72B Instruct",
}  # fmt: skip


def compact(found: Loaded, sold: Loaded, context: Context, folder: Path) -> None:
    """Write both files from what the two loaders made of the publishers' files."""
    rows: dict[str, dict[str, str]] = {}
    curated = context.identity.entities
    chinese = {one for one, item in curated.items() if getattr(item, "country", None) in CHINESE}
    names = _names(found, context) | _names(sold, context)
    countries = {n.id: n.props.get("country") for n in found.batch.nodes if n.label == "Company"}
    makers: dict[str, list[str]] = defaultdict(list)
    opened: dict[str, str] = {}
    for loaded in (found, sold):
        for edge in loaded.batch.edges:
            if edge.type == "DEVELOPED":
                makers[edge.end[1]].append(edge.start[1])
                if edge.props.get("open_weights") is not None:
                    opened[edge.end[1]] = "yes" if edge.props["open_weights"] else "no"
    own = {n.id for n in sold.batch.nodes if n.label == "Model" and n.props.get("aliases")}
    offers = [edge for edge in sold.batch.edges if edge.type == "OFFERS"]
    sellers: dict[str, set[str]] = defaultdict(set)
    for edge in offers:
        sellers[edge.end[1]].add(edge.start[1])
    keep = own | {one for one, by in sellers.items() if len(by) >= 3}
    by_name: dict[str, str] = {}
    for one in sorted(keep):
        name = names[one]
        rows[name] = _row(name, one, context, makers[one], names, countries) | {"modelsdev": _path(sold, one) or name}
        rows[name]["open_weights"] = opened.get(one, "")
        by_name[name_key(name)] = name
    for node in found.batch.nodes:
        by = makers[node.id]
        if node.label != "Model" or not any(m in chinese or countries.get(m) in CHINESE for m in by):
            continue
        name = SAME.get(names[node.id], names[node.id])
        at = by_name.get(name_key(name), name)
        rows.setdefault(at, _row(at, node.id, context, by, names, countries))["epoch"] = names[node.id]
        rows[at]["open_weights"] = rows[at]["open_weights"] or opened.get(node.id, "")
        rows[at]["modality"] = rows[at]["modality"] or str(node.props.get("modality") or "")
        _figures(found, node.id, rows[at], names)
    for node in sold.batch.nodes:
        if node.props.get("metric") == "released":
            of = next(e.end[1] for e in sold.batch.edges if e.type == "OF" and e.start[1] == node.id)
            if names[of] in rows:
                rows[names[of]]["released"] = str(node.props["date"])
    _write(folder / MODELS, COLUMNS, [rows[name] for name in sorted(rows)])
    lines = [
        {"model": names[e.end[1]], "provider": names[e.start[1]], "product": str(e.props["product"]),
         "amount": str(e.props.get("amount") or ""), "as_of": str(e.props["as_of"])}
        for e in offers if names[e.end[1]] in rows
    ]  # fmt: skip
    fewest = {tuple(line.values())[:4]: line for line in lines}
    _write(folder / OFFERS, OFFER_COLUMNS, [fewest[key] for key in sorted(fewest)])


def _names(loaded: Loaded, context: Context) -> dict[str, str]:
    held = {one: item.name for one, item in context.identity.entities.items()}
    return held | {node.id: str(node.props["name"]) for node in loaded.batch.nodes}


def _row(
    name: str, one: str, context: Context, makers: list[str], names: dict[str, str], countries: dict[str, Any]
) -> dict[str, str]:  # fmt: skip
    curated = one if one in context.identity.entities else ""
    said = [m if m in context.identity.entities else f"{names[m]} ({countries[m]})" if countries.get(m) else names[m]
            for m in makers]  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | {"name": name, "is": curated, "makers": "; ".join(dict.fromkeys(said))}


def _path(loaded: Loaded, one: str) -> str:
    for node in loaded.batch.nodes:
        if node.id == one and isinstance(held := node.props.get("aliases"), list) and held:
            return str(held[0])
    return ""


#: Column of a metric.
_COLUMN = {"published": "published", "parameters": "parameters", "training_compute": "compute"}


def _figures(loaded: Loaded, one: str, row: dict[str, str], names: dict[str, str]) -> None:
    of = {e.start[1] for e in loaded.batch.edges if e.type == "OF" and e.end[1] == one}
    for node in loaded.batch.nodes:
        if node.id in of:
            column = _COLUMN.get(str(node.props["metric"]))
            if column == "published":
                row[column] = str(node.props["date"])
            elif column:
                row[column] = f"{node.props['value']:.6g}"
    row["chips"] = "; ".join(
        names[e.end[1]] for e in loaded.batch.edges if e.type == "TRAINED_ON" and e.start[1] == one
    )


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    text = "\n".join("\t".join(columns_) for columns_ in [columns, *(tuple(row[c] for c in columns) for row in rows)])
    path.write_text(text + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Make the two shipped files from the publishers' files: EPOCH.csv MODELSDEV.tar.gz."""
    from .base import SEEDS
    from .build import curated_context

    context = curated_context(SEEDS)
    first, second = map(Path, arguments)
    found, sold = epoch.EpochLoader().read(first, context), modelsdev.ModelsDevLoader().read(second, context)
    if found.problems or sold.problems:
        raise InputError(found.problems + sold.problems)
    compact(found, sold, context, SEEDS / "registers")


if __name__ == "__main__":
    main(sys.argv[1:])
