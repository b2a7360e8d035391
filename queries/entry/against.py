"""Where the asker and the record disagree on who asks: whose word the answer takes, and what shows the other."""

from __future__ import annotations

from collections.abc import Iterable

from ...graph.entry.condition import NO
from ...graph.entry.facts import Lang
from ...graph.entry.gate import Row
from ...graph.entry.outlook import Case, Known
from ...graph.entry.rules import Rules
from .rows import AgainstRow, Precedent


def against(rules: Rules, case: Case) -> list[AgainstRow]:
    """Facts of the case on which two words were given: what was said itself, then what follows from it.

    A choice of the launch itself, such as its model, is no disagreement: the asker may launch what it likes.
    """
    rows = []
    for name, known in sorted(case.facts.items(), key=lambda fact: fact[1].follows is not None):
        other, spec = known.against, rules.graph.facts[name]
        if other is None or other.value is None or (other.origin == "graph" and spec.group != "who"):
            continue
        taken = other.origin == "graph"
        said, held = (known, other) if taken else (other, known)
        texts = [_text(rules, name, said, held, lang) for lang in ("en", "zh")]
        rows.append(
            AgainstRow.like(
                spec, fact=name, said=said.value, held=held.value, taken=taken, why=held.why, evidence=held.evidence,
                text=texts[0], text_zh=texts[1],
            )
        )  # fmt: skip
    return rows


#: The strategy whose provider is the group itself: what was filed on another way is a partner's.
OWN = "own-company"
#: By what became of an attempt the fact that says it.
_LISTED = {"filed": "listed_filing", "registered": "listed_registration"}


def denied(case: Case, rows: Iterable[Row], known: Iterable[Precedent]) -> set[str]:
    """Ids of records of the company that can't be by what the asker says: rows of the register, and own cases that
    show what it denies or whose filing is denied. They are no records of this case, and stand nowhere beside it."""
    said_no = {name: fact for name, fact in case.facts.items() if fact.value == NO}
    held = [one for fact in said_no.values() if fact.against for one in fact.against.evidence]
    found = {row.id for row in rows if case.denies(row)} | {one.fact_id.split("/")[0] for one in held}
    own = [item for item in known if item.own and item.kind == "case" and item.strategies == [OWN]]
    return found | {item.id for item in own if _LISTED.get(item.status) in said_no}


def _text(rules: Rules, name: str, said: Known, held: Known, lang: Lang) -> str:
    shown = [held.why.rstrip(".")]
    for page in [page for one in held.evidence for page in one.sources][:1]:
        shown.append(f"{page.publisher or page.title or page.id} {page.url or ''}".strip())
    first, second = (rules.words.fact(name, str(known.value), lang) for known in (said, held))
    if lang == "zh":
        return f"{first}（记录：{second}；{'，'.join(shown)}）"
    return f"{first} (on record: {second}; {', '.join(shown)})"


#: By whether the asker's word is taken: how a line of such facts begins and ends, in both languages.
_SAID = {
    True: (("Taken as said, against the record: ", "."), ("按所述作答，与记录不符：", "。")),
    False: (
        ("Assumed and not taken, for it is known: ", "; say it as a fact (--set) to ask with it."),
        ("所作假设未采用，因已有记录：", "；如需按此作答，请作为事实给出（--set）。"),
    ),
}


def against_lines(rows: Iterable[AgainstRow]) -> list[tuple[str, str]]:
    """One line for what is taken as the asker says, and one for what is not taken, in both languages."""
    found: dict[bool, list[AgainstRow]] = {}
    for row in rows:
        found.setdefault(row.taken, []).append(row)
    lines = []
    for taken, some in sorted(found.items(), reverse=True):
        en, zh = _SAID[taken]
        said, said_zh = "; ".join(row.text for row in some), "；".join(row.text_zh for row in some)
        lines.append((said.join(en), said_zh.join(zh)))
    return lines
