"""How well a gate is evidenced by the register, for one who asks: own record first, the text of a rule last.

Levels, narrow to broad: rows of the company itself; of the same class of owner (foreign or domestic) for the same kind
of service; of the same class; of the other class for the same kind. The first level with rows decides; of one kind,
two rows at least: a single one foretells little (`benchmarks/entry_backtest.py`). A gate that less than `FEW` of at
least `ENOUGH` rows of that level took, or none of two or more, is contradicted by the register where the asker is
foreign: the text opens what was hardly given. Domestic owners are given both gates, by the model that they use, which
the register does not print; rows of one kind that all took one gate then close no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tier = Literal["own", "same-kind", "same-owners", "other-owners", "rule", "contradicted", "none"]
#: Places in the order of plans; a plan without a gate of the register stands with the best.
TIERS: dict[Tier, int] = {
    "own": 0, "none": 0, "same-kind": 1, "same-owners": 2, "other-owners": 3, "rule": 4, "contradicted": 5,
}  # fmt: skip
FEW, ENOUGH = 0.2, 5


@dataclass(frozen=True)
class Row:
    """A row of the register. `foreign` is None where the owner is not known."""

    id: str
    gate: str
    foreign: bool | None
    companies: frozenset[str]
    kinds: frozenset[str]
    listed: date | None
    place: str | None = None


@dataclass(frozen=True)
class GateEvidence:
    """What the register shows of a gate: the level, rows that took it, rows that took the other one."""

    gate: str | None
    tier: Tier
    took: int = 0
    other: int = 0
    level: str = ""
    rows: tuple[str, ...] = ()
    foreign: bool | None = None

    def place(self) -> tuple[int, float]:
        """Sort key: the level, then the share of rows that took the gate."""
        whole = self.took + self.other
        return TIERS[self.tier], -(self.took / whole) if whole else 0.0

    def words(self, kind: str, lang: str = "en") -> str:
        """The evidence in a sentence."""
        if self.tier == "none":
            return "no gate of the register is asked for" if lang == "en" else "无需备案或登记"
        gate = {"filing": ("filing 备案", "备案"), "registration": ("registration 登记", "登记")}[str(self.gate)]
        classes = [("foreign-owned", "外资"), ("domestic", "内资")]
        owners, others = classes if self.foreign else classes[::-1]
        owners = ("all", "全部") if self.foreign is None else owners
        whole = self.took + self.other
        if lang == "zh":
            part = f"{whole}条中{self.took}条为{gate[1]}"
            said = {
                "own": f"本公司已有{gate[1]}记录",
                "unjudged": f"本公司有{gate[1]}记录，其服务类型未经判定：可见准入方式，不视为已取得",
                "said": f"据所述本公司已有{gate[1]}，名单未显示",
                "same-kind": f"{owners[1]}同类服务{part}",
                "same-owners": f"{owners[1]}（不分服务类型）{part}",
                "other-owners": f"{others[1]}同类服务{part}；{owners[1]}无此类记录",
                "": f"仅有规则文本支持{gate[1]}，名单中无可比记录",
            }[self.level]
            return f"{said}（与名单不符）" if self.tier == "contradicted" else said
        rows = f"{self.took} of {whole} register rows are a {gate[0]}"
        said = {
            "own": f"own {gate[0]} on the register",
            "unjudged": f"own {gate[0]} on the register, of a service whose kind nobody judged: it shows the gate, and "
            "is not held for this kind",
            "said": f"own {gate[0]} by what is said; no row of the register shows it",
            "same-kind": f"{owners[0]}, {kind}: {rows}",
            "same-owners": f"{owners[0]}, any kind of service: {rows}",
            "other-owners": f"{others[0]}, {kind}: {rows}; none of {owners[0]} owners",
            "": f"{gate[0]} by the text of the rule alone: no comparable row of the register",
        }[self.level]
        return f"{said}; the register contradicts this gate" if self.tier == "contradicted" else said


def rows_seen(rows: Iterable[Row], day: date | None, without: Collection[str] = ()) -> list[Row]:
    """The rows that may be read: listed by a day, where one is given, and none of those left out by id."""
    return [r for r in rows if r.id not in without and (day is None or (r.listed is not None and r.listed <= day))]


def gate_evidence(
    gate: str | None, rows: Collection[Row], kind: str | None, *, foreign: bool | None, company: str | None = None
) -> GateEvidence:
    """Evidence on one gate.

    Args:
        gate: filing or registration; None where the plan passes none.
        rows: those that may be read, see `rows_seen`.
        kind: kind of service that counts as the same.
        foreign: class of who asks; None counts all rows as the same class.
        company: id of the company, whose own rows for the kind are a record.
    """
    if gate is None:
        return GateEvidence(None, "none")
    of_kind = [r for r in rows if kind in r.kinds]
    own = [r for r in rows if company is not None and company in r.companies and (not r.kinds or kind in r.kinds)]
    if taken := [r for r in own if r.gate == gate]:
        ids = tuple(r.id for r in taken)
        level = "own" if any(kind in r.kinds for r in taken) else "unjudged"
        return GateEvidence(gate, "own", len(taken), len(own) - len(taken), level, ids, foreign)
    same = [r for r in rows if foreign is None or r.foreign is foreign]
    levels: list[tuple[Tier, list[Row]]] = [
        ("same-kind", [r for r in of_kind if foreign is None or r.foreign is foreign]),
        ("same-owners", same),
        ("other-owners", [r for r in of_kind if foreign is not None and r.foreign is (not foreign)]),
    ]
    for tier, found in levels:
        if len(found) > (tier != "same-owners"):
            taken = [r for r in found if r.gate == gate]
            other = len(found) - len(taken)
            few = (not taken and other > 1) or (len(found) >= ENOUGH and len(taken) < FEW * len(found))
            against = few and foreign is True
            if not taken and not against:
                continue  # one row of the other gate says too little, and so do those of domestic owners
            ids = tuple(sorted(r.id for r in taken))
            return GateEvidence(gate, "contradicted" if against else tier, len(taken), other, tier, ids, foreign)
    return GateEvidence(gate, "rule", foreign=foreign)
