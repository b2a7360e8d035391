"""Notable AI models of Epoch AI: Chinese ones, what they were built from, and what was built from them.

In scope: rows of China or Hong Kong, rows that they name as base model, and rows that name them as theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..graph.dates import PartialDate
from ..graph.elements import Batch
from ..graph.model.actors import Company
from ..graph.model.evidence import Source
from ..graph.model.technology import Chip, Model
from .base import Context, Loaded, Loader
from .cells import Cells
from .outside import CHINESE, COUNTRIES, End, Outside
from .remote import Remote
from .table import read_table

COLUMNS = (
    "Model", "Organization", "Publication date", "Domain", "Parameters", "Training compute (FLOP)", "Confidence",
    "Link", "Organization categorization", "Country (of organization)", "Training hardware", "Hardware quantity",
    "Training compute cost (2023 USD)", "Base model", "Model accessibility",
)  # fmt: skip
#: Columns of the file that are not read, with the reason above each group.
LEFT_OUT = (
    # sentences of Epoch's own or of the paper
    "Parameters notes", "Training compute notes", "Dataset size notes", "Abstract", "Notability criteria notes",
    "Training time notes", "Compute cost notes", "Finetune compute notes", "Batch size notes", "Accessibility notes",
    # of the paper, to which the link leads; sizes that count tokens, images or pairs without saying which; of the code
    "Reference", "Authors", "Citations", "Training dataset", "Training dataset size (gradients)",
    "Training code accessibility", "Inference code accessibility",
    # how a run was set up, where the graph says on what and at which cost; Epoch's choice of rows
    "Task", "Epochs", "Training time (hours)", "Hardware utilization (MFU)", "Hardware utilization (HFU)", "Batch size",
    "Training power draw (W)", "Finetune compute (FLOP)", "Numerical format", "Notability criteria", "Frontier model",
    # parts of the cost that is read, and of hardware that is used again
    "Hardware acquisition cost", "Training compute cost (cloud)", "Training compute cost (upfront)",
)  # fmt: skip
_SEAT, _KIND = "Country (of organization)", "Organization categorization"
#: Without Academia, which is universities and academies alike.
_KINDS = {"Industry": "company", "Government": "lab", "Research collective": "project"}
#: Column, metric and unit; True where the figure is Epoch's own estimate.
_FIGURES = (
    ("Parameters", "parameters", "parameters", False), ("Training compute (FLOP)", "training_compute", "FLOP", True),
    ("Training compute cost (2023 USD)", "training_cost", "USD", True),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of the file, typed; `figures` as in `_FIGURES`."""

    cells: dict[str, str]
    published: PartialDate
    figures: list[float | None]
    quantity: float | None

    def many(self, column: str) -> list[str]:
        """The parts of a cell that lists several things."""
        return [part.strip() for part in self.cells[column].split(",") if part.strip()]


class EpochLoader(Loader):
    """Models, makers, base models, processors, dates, sizes and estimates of compute and cost."""

    name: ClassVar[str] = "epoch"
    title: ClassVar[str] = "Epoch AI, notable AI models: the Chinese ones and their lineage"
    expects: ClassVar[str] = "notable-ai-models.csv as Epoch AI publishes it (CC BY 4.0)"
    remotes: ClassVar[tuple[Remote, ...]] = (
        Remote("https://epoch.ai/data/notable_ai_models.csv", "csv", "notable-ai-models.csv"),
    )

    def read(self, path: Path, context: Context) -> Loaded:
        """Read and check every row; resolve those in scope."""
        table, problems = read_table(path, COLUMNS, LEFT_OUT)
        rows: dict[str, Row] = {}
        for line, cells in table.rows():
            row = _typed(check := Cells(table, line, cells, context.today))
            if rows.setdefault(cells["Model"], row) is not row:
                check.wrong("Model", "MODEL-TWICE", f"'{cells['Model']}' stands twice", "keep one of the rows")
            problems += check.told()
        if problems or not rows:
            return Loaded(
                Batch(self.name), problems or [table.at(0, "EMPTY", "the file has no rows", "fetch it again")]
            )
        newest = PartialDate.parse(max(row.cells["Publication date"] for row in rows.values()))
        out = Outside(self.name, source_of(newest), context)
        seats, kinds = _said(rows.values(), _SEAT), _said(rows.values(), _KIND)
        chosen = {name for name, row in rows.items() if CHINESE & {COUNTRIES.get(seat) for seat in row.many(_SEAT)}}
        bases = {base for name in chosen for base in rows[name].many("Base model")} & set(rows)
        built = {name for name, row in rows.items() if chosen & set(row.many("Base model"))}
        for name in sorted(chosen | bases | built):
            makers = {}
            for maker in rows[name].many("Organization"):
                seat, kind = COUNTRIES.get(seats.get(maker, "")), _KINDS.get(kinds.get(maker, ""))
                makers[maker] = out.join_or_make(Company, maker, country=seat, kind=kind)
            _take(out, name, rows[name], newest, makers)
        along = f"{len(bases - chosen)} base models, {len(built - chosen)} models built on them"
        return out.finish(f"{len(chosen)} of {len(rows)} models have a Chinese maker; beside them {along}")


def source_of(newest: PartialDate) -> Source:
    """Epoch AI as a source, dated by the newest model of the file."""
    return Source(
        id="epoch-notable-models", url="https://epoch.ai/data/notable-ai-models", publisher="Epoch AI",
        title="Notable AI Models", published=newest, kind="aggregator", licence="open", language="en",
        note="CC BY 4.0, Epoch AI. The date is that of the newest model in the file.",
    )  # fmt: skip


def _typed(check: Cells) -> Row:
    check.text("Model")
    day = check.day("Publication date")
    # Days 15 and 1 July may stand for an unknown day or month; the coarser date is true either way.
    known = day[:4] if day.endswith("-07-01") else day[:7] if day.endswith("-15") else day
    figures = [check.number(column) for column, *_ in _FIGURES]
    return Row(check.cells, PartialDate.parse(known), figures, check.number("Hardware quantity"))


def _said(rows: Iterable[Row], column: str) -> dict[str, str]:
    """Seat or kind of each organisation, where all rows whose lists are of one length agree on it."""
    said: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        makers, cells = row.many("Organization"), row.many(column)
        for maker, cell in zip(makers, cells, strict=True) if len(makers) == len(cells) else ():
            said[maker].add(cell)
    return {maker: min(cells) for maker, cells in said.items() if len(cells) == 1}


def _take(out: Outside, name: str, row: Row, seen: PartialDate, makers: dict[str, End]) -> None:
    cells, said = row.cells, dict[str, Any](announced=row.published)
    link = next((word for word in cells["Link"].split() if word.startswith("http")), None)
    model = out.join_or_make(Model, name, modality=cells["Domain"].replace(",", ", ") or None, website=link)
    access = cells["Model accessibility"]
    opened = access.startswith("Open weights") if access else None
    for maker, company in makers.items():
        out.fact("DEVELOPED", (name, maker), company, model, **said, open_weights=opened, scope=access or None)
    for base in row.many("Base model"):
        out.fact("DERIVED_FROM", (name, base), model, out.join_or_make(Model, base), **said)
    hardware = row.many("Training hardware")
    amount = f"{row.quantity:g} chips" if row.quantity and len(hardware) == 1 else None
    for chip in hardware:
        out.fact("TRAINED_ON", (name, chip), model, out.join_or_make(Chip, chip), **said, amount=amount)
    out.figure("published", name, model, day=row.published, **said)
    epoch = out.join_or_make(Company, "Epoch AI", kind="research-firm")
    for (_, metric, unit, estimate), value in zip(_FIGURES, row.figures, strict=True):
        if value is not None:
            scope = f"{'in dollars of 2023; ' * (unit == 'USD')}graded by Epoch as {cells['Confidence'] or 'nothing'}"
            guess: dict[str, Any] = {"by": epoch, "as_of": seen, "scope": scope, "approximate": "about"}
            out.figure(metric, name, model, value=value, unit=unit, **(guess if estimate else said))
