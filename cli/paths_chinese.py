"""A market-entry answer in Chinese, for who asks in Chinese; what has no Chinese words of its own is told as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..graph.words import has_chinese
from ..queries.entry.account import in_the_way
from ..queries.entry.head import GATES
from ..queries.entry.rows import AssumptionRow, ClosedRow, EntryAnswer, LegalBasis, PlanRow, Ref, StepRow
from .paths_unknown import sought

_SHOWN = 6
_BASIS = {"statutory": "法定", "observed": "实务观察", "estimate": "估计"}
_WHO = {"self": "本公司", "partner": "合作方", "customer": "客户"}
_STATUS = {"in-force": "施行", "adopted": "施行", "draft": "草案", "planned": "计划", "reported": "据报道"}
_STATES = {"taken": "采用", "open": "亦可", "depends": "待定", "excluded": "不适用"}
_GROUPS = (
    ("上线前", "due", True), ("上线后或持续", "due", False), ("取决于未说明的事实", "depends", None),
    ("已具备", "held", None),
)  # fmt: skip
#: English words that labels of articles bear.
_PARTS = (
    (r"^(\d[\d-]*)$", r"第\1条"),
    (r"items? (\S+)", r"第\1项"),
    (r"(?i)annex (\S+)", r"附件\1"),
    (r"(?i)notes (\S+)", r"说明\1"),
    (r"part (\S+)", r"第\1部分"),
    (r"Amendment (\S+)", r"第\1号修改单"),
    ("access section", "准入部分"),
    ("OTA section", "OTA部分"),
    ("entries", "清单条目"),
    ("management category", "管理类别"),
)


def in_chinese(*words: str | None) -> bool:
    """Whether a question was asked in Chinese."""
    return any(word and has_chinese(word) for word in words)


def chinese_lines(answer: EntryAnswer, limit: int) -> Iterator[str]:
    """The answer, line by line: head, what is asked for, plans, other roads, changes, law ahead, what is not known."""
    who = _named(answer.company) if answer.company else "未具名的申请主体"
    yield f"{who} · {_named(answer.service)} · 自{answer.start}起办理"
    yield from (f"  {line}" for line in answer.head_zh)
    if names := [f"{answer.case[name].name_zh}（{name}）" for name in sought(answer)]:
        yield f"  请说明（--set 名称=值）：{'、'.join(names)}"
    for plan in answer.plans[: limit or None]:
        yield ""
        yield from _plan(plan)
    if rest := answer.plans[limit:] if limit else []:
        yield "\n其他方案："
        yield from (f"  {_road(plan)}" for plan in rest)
    yield from _roads("\n法律条文关闭的路径：", answer.closed)
    yield from _roads("\n与本案事实不符的路径：", answer.no_option)
    yield from _choices(answer)
    yield from _changes(answer)
    yield from _not_known(answer, answer.assumptions[:_SHOWN])


def _named(ref: Ref) -> str:
    return ref.name_zh or ref.name


def _plan(plan: PlanRow) -> Iterator[str]:
    yield f"方案{plan.rank} · {_named(plan.strategy)}"
    for bar in in_the_way(plan):
        yield f"  障碍：{_named(bar)} · {bar.why_zh}"
    for label, status, blocks in _GROUPS:
        steps = [s for s in plan.steps if s.status == status and (blocks is None or s.blocks_launch is blocks)]
        if steps:
            yield f"  {label}："
            yield from (f"    {step.order:>2} {_step(step)}" for step in steps)


def _step(step: StepRow) -> str:
    parts = [_named(step.requirement)]
    if step.status in ("due", "depends"):
        parts += [_WHO[step.performer]] if step.performer in _WHO else []
        if step.duration:
            ends = "/".join(
                "?" if end is None else f"{end:g}"
                for end in (step.duration.min, step.duration.typical, step.duration.max)
            )
            parts.append(f"{ends}天（{_BASIS[step.duration.basis]}）")
        parts.append(f"依据：{_law(step.basis)}" if step.basis else "没有已收录的法律条文")
    if step.status != "due":
        parts.append(step.why_zh)
    return " · ".join(parts)


def _law(rows: Sequence[LegalBasis]) -> str:
    """Instruments with their articles, each instrument once; one whose text nobody read says so."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(f"《{_named(row.instrument).strip('《》')}》", []).extend(
            [_article(row.article)] if row.article else []
        )
    said = [name + "、".join(dict.fromkeys(articles)) for name, articles in found.items()]
    unread = "（条文未核对）" if not all(row.verified for row in rows) else ""
    return "、".join(said[:2]) + ("等" if len(said) > 2 else "") + unread


def _article(label: str) -> str:
    for words, told in _PARTS:
        label = re.sub(words, told, label)
    return label


def _road(plan: PlanRow) -> str:
    bars = "".join(f"；障碍：{_named(bar)}" for bar in in_the_way(plan))
    return (
        f"{plan.rank} {_named(plan.strategy)}：{GATES[plan.gate][1]}，P50 {plan.launch.p50}；"
        f"{plan.gate_evidence.text_zh}{bars}"
    )


def _roads(title: str, rows: Sequence[ClosedRow]) -> Iterator[str]:
    if rows:
        yield title
    for row in rows:
        law = [basis for bar in row.bars for basis in bar.basis]
        yield f"  {_named(row.strategy)}：{row.why_zh}" + (f" 依据：{_law(law)}" if law else "")


def _choices(answer: EntryAnswer) -> Iterator[str]:
    if answer.choices:
        yield "\n可选做法："
    for row in answer.choices:
        yield f"  {_named(row.requirement)}"
        for way in row.ways:
            days = f"；P50 {way.days_p50}天" if way.days_p50 is not None else ""
            yield f"    {_STATES[way.state]}：{_named(way.way)}（{way.why_zh.rstrip('。')}{days}）"


def _changes(answer: EntryAnswer) -> Iterator[str]:
    if answer.flips:
        yield "\n什么会改变结论："
    yield from (f"  {flip.text_zh}" for flip in answer.flips[:_SHOWN])
    if answer.horizon:
        yield "\n将来的法规："
    for row in answer.horizon[:_SHOWN]:
        yield f"  {row.day or '日期不明'}（{_STATUS[row.status]}） {row.says_zh or row.says}"


def _not_known(answer: EntryAnswer, rows: Sequence[AssumptionRow]) -> Iterator[str]:
    if rows:
        yield "\n假定或未知："
    for row in rows:
        value = answer.case[row.fact].value_name_zh
        yield f"  {row.name_zh}：{f'假定为{value}' if value else '未知'}，P50 最多 {row.days_at_risk:+d} 天"
