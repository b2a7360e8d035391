"""Facts of a case and conditions in words, in both languages; the domain that conditions are read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..countries import country_name
from .case_model import FactSpec
from .condition import ALWAYS, DAY, NEVER, NO, YES, All, Any_, Condition, Domain, Node, Not, Test

Lang = Literal["en", "zh"]
_AND, _OR = {"en": " and ", "zh": "且"}, {"en": " or ", "zh": "或"}


def domain_of(facts: Mapping[str, FactSpec]) -> Domain:
    """The domain in which conditions over these facts are read."""
    order = {name: fact.values() for name, fact in facts.items()}
    return Domain(order, {name: fact.when for name, fact in facts.items() if fact.when is not None})


@dataclass(frozen=True)
class Words:
    """Conditions and facts as one reads them."""

    facts: Mapping[str, FactSpec]

    def condition(self, condition: Condition, lang: Lang = "en") -> str:
        """A condition as a clause: `the service generates text or pictures, and is offered to the public`."""
        return self.node(condition.node, lang)

    def node(self, node: Node, lang: Lang = "en") -> str:
        """A tree as a clause."""
        if node == ALWAYS:
            return "in every case" if lang == "en" else "任何情形"
        if node == NEVER:
            return "only as part of another step" if lang == "en" else "仅作为其他步骤的一部分"
        if isinstance(node, Test):
            return self.test(node, lang)
        if isinstance(node, Not):
            if isinstance(node.part, Test) and (turned := self._turned(node.part)):
                return self.test(turned, lang)
            inner = self.node(node.part, lang)
            return f"not ({inner})" if lang == "en" else f"并非（{inner}）"
        joint = (_AND if isinstance(node, All) else _OR)[lang]
        parts = [self._inner(part, type(node), lang) for part in node.parts]
        return joint.join(parts)

    def _inner(self, node: Node, outside: type, lang: Lang) -> str:
        text = self.node(node, lang)
        if isinstance(node, (All, Any_)) and not isinstance(node, outside) and len(node.parts) > 1:
            return f"({text})" if lang == "en" else f"（{text}）"
        return text

    def _turned(self, test: Test) -> Test | None:
        fact = self.facts.get(test.fact)
        if fact is None or fact.type != "bool" or len(test.values) != 1:
            return None
        return Test(test.fact, (NO if test.values[0] == YES else YES,))

    def test(self, test: Test, lang: Lang = "en") -> str:
        """One comparison."""
        if test.values:
            return self._values(test, lang)
        if within := self._within(test):
            return self._values(Test(test.fact, within), lang)
        words = {"zh": ("不低于「{}」", "低于「{}」"), "en": ("at least “{}”", "below “{}”")}[lang]
        if test.fact == DAY and lang == "en":
            words = "on or after {}", "before {}"
        ends = [(word, end) for word, end in zip(words, (test.since, test.below), strict=True) if end is not None]
        said = _AND[lang].join(word.format(self.value(test.fact, end, lang)) for word, end in ends)
        return f"{self.name(test.fact, lang)}{' is ' if lang == 'en' else ''}{said}"

    def _within(self, test: Test) -> tuple[str, ...]:
        """The bands of a fact that lie between the ends of a comparison: they say more than the name of an end."""
        fact = self.facts.get(test.fact)
        order = fact.values() if fact is not None and fact.type == "band" and fact.says else None
        if not order:
            return ()
        first = order.index(test.since) if test.since in order else 0
        below = order.index(test.below) if test.below in order else len(order)
        return order[first:below]

    def _values(self, test: Test, lang: Lang) -> str:
        fact = self.facts.get(test.fact)
        if fact is not None and fact.type == "bool":
            said = {
                (YES, "en"): fact.yes, (YES, "zh"): fact.yes_zh, (NO, "en"): fact.no, (NO, "zh"): fact.no_zh,
            }  # fmt: skip
            words = [said[value, lang] or self._truth(fact, value, lang) for value in test.values]
            return _OR[lang].join(words)
        own = {one.id: one.says if lang == "en" else one.says_zh for one in fact.choices} if fact else {}
        apart = [clause for value in test.values if (clause := own.get(value))]
        rest = [self.value(test.fact, value, lang) for value in test.values if not own.get(value)]
        form = (fact.says if lang == "en" else fact.says_zh) if fact else None
        form = form or ("{name} is {value}" if lang == "en" else "{name}为{value}")
        joined = [form.format(name=self.name(test.fact, lang), value=_OR[lang].join(rest))] if rest else []
        return _OR[lang].join(joined + apart)

    def _truth(self, fact: FactSpec, value: str, lang: Lang) -> str:
        if lang == "zh":
            return fact.name_zh if value == YES else f"非「{fact.name_zh}」"
        name = fact.name[0].lower() + fact.name[1:] if fact.name[1:2].islower() else fact.name
        return name if value == YES else f"not: {name}"

    def fact(self, fact: str, value: str, lang: Lang = "en") -> str:
        """A fact with its value as a clause."""
        return self._values(Test(fact, (value,)), lang)

    def name(self, fact: str, lang: Lang = "en") -> str:
        """Name of a fact."""
        if fact == DAY:
            return "the day it is done" if lang == "en" else "办理之日"
        spec = self.facts[fact]
        return spec.name if lang == "en" else spec.name_zh

    def value(self, fact: str, value: str, lang: Lang = "en") -> str:
        """Name of a value of a fact."""
        spec = self.facts.get(fact)
        for choice in spec.choices if spec else ():
            if choice.id == value:
                return choice.name if lang == "en" else choice.name_zh
        if value in (YES, NO) and lang == "zh":
            return "是" if value == YES else "否"
        return country_name(value, lang) if spec is not None and spec.type == "country" else value
