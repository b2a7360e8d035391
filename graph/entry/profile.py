"""From presets and what is said to the facts of a case, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ..countries import country_code
from ..errors import ChinaAIError
from ..identity import name_key, name_keys
from ..nearest import did_you_mean, nearest
from ..places import Place, places
from .agree import settled
from .case_model import ChoiceSpec, FactSpec, ServiceSpec
from .condition import scalar
from .model import EntryGraph
from .outlook import Case, Known


def case_of(
    graph: EntryGraph, service: str, start: date, *, profile: Mapping[str, str] | None = None,
    graph_facts: Mapping[str, Known] | None = None, said: Mapping[str, str] | None = None,
    assumed: Mapping[str, str] | None = None, company: str | None = None,
) -> Case:  # fmt: skip
    """The facts of a case. What is said comes before what the graph knows, then the profile of who asks, the preset of
    the kind of service, defaults, and assumptions; what nothing gives stays unknown, with what the graph hints at. What
    can't be beside a word that counts more falls with it (see `settled`).

    Args:
        service: id of the kind of service.
        profile: facts of an actor.
        graph_facts: facts of the company, from the graph.
        said: facts set by the asker.
        assumed: facts assumed by the asker.
    Raises:
        ChinaAIError: a fact or value that does not exist, a derived fact that was set, or two facts said that exclude
            each other.
    """
    kind = graph.services[service]
    said, assumed = checked(graph, said or {}), checked(graph, assumed or {})
    facts: dict[str, Known] = {}
    for name, spec in graph.facts.items():
        if spec.when is None:
            known = _known(spec, kind, profile or {}, graph_facts or {}, said, assumed)
            guess = assumed.get(name, known.value)
            if guess != known.value and known.origin in ("graph", "preset"):
                known = replace(known, against=Known(guess, "assumption", "assumed by the asker"))
            facts[name] = known
    return Case(settled(graph, facts), start, kind.register_kind or service, company)


def _known(
    spec: FactSpec, kind: ServiceSpec, profile: Mapping[str, str], known: Mapping[str, Known], said: Mapping[str, str],
    assumed: Mapping[str, str],
) -> Known:  # fmt: skip
    name = spec.id
    held = known.get(name)
    if name in said:
        return Known(said[name], "asker", "said by the asker").over(held)
    if held and held.value is not None and held.origin != "assumption":
        return held
    if name in profile:
        return Known(scalar(profile[name]), "profile", "profile of who asks")
    if name in kind.facts:
        return Known(scalar(kind.facts[name]), "preset", "what this kind of service is")
    if name in assumed:
        return Known(assumed[name], "assumption", "assumed by the asker")
    if held and held.value is not None:
        return held
    if spec.default is not None and name not in kind.leaves:
        return Known(scalar(spec.default), "default", "not part of this kind of service unless it is said")
    if spec.assume is not None:
        return Known(scalar(spec.assume.value), "assumption", spec.assume.why)
    return held or Known(None, "unknown", "nobody said")


def checked(graph: EntryGraph, given: Mapping[str, str]) -> dict[str, str]:
    """Values as the engine keeps them; facts and choices may be named by id or name in either language.

    Raises:
        ChinaAIError: a fact or value that does not exist, or one fact under two names with two values.
    """
    found: dict[str, str] = {}
    for name, value in given.items():
        spec = _settable(graph, name)
        kept = value_of(spec, value)
        if found.setdefault(spec.id, kept) != kept:
            raise ChinaAIError(f"'{spec.id}' is '{found[spec.id]}' and '{kept}'", hint="say it once")
    return found


def _settable(graph: EntryGraph, name: str) -> FactSpec:
    """The fact of a name. Raises ChinaAIError that lists what there is."""
    specs = [fact for fact in graph.facts.values() if fact.when is None]
    key = name_key(str(name))
    found = graph.facts.get(name)
    if found is None and key:
        found = next((fact for fact in specs if key in name_keys((fact.id, fact.name, fact.name_zh))), None)
    if found is None or found.when is not None:
        known = sorted(fact.id for fact in specs)
        why = "is derived from other facts" if found else "is no fact of a case"
        names = (*known, *(fact.name for fact in specs), *(fact.name_zh for fact in specs))
        raise ChinaAIError(f"'{name!s:.60}' {why}", hint=did_you_mean(str(name), names) or f"facts: {', '.join(known)}")
    return found


def choice_keys(choice: ChoiceSpec) -> list[str]:
    """Keys under which a choice is found: its id and its names; a place is found without its rank too, as 上海."""
    return name_keys((choice.id, choice.name, choice.name_zh), place=bool(choice.places))


def _provinces(spec: FactSpec, value: str) -> dict[str, Place]:
    """The choices of a fact that are the province which a text means or lies in, each with the place that was read."""
    at = {choice.places[0]: choice.id for choice in spec.choices if len(choice.places) == 1}
    found = places(value) if at else []
    return {at[one.province]: one for one in found if one.province in at}


def _near(spec: FactSpec, value: str) -> str:
    """The choice that was perhaps meant, by its id; none for a place that lies in none of them, as Hong Kong."""
    words = {word: one.id for one in spec.choices for word in (one.id, one.name, one.name_zh)}
    near = [] if places(value) and any(one.places for one in spec.choices) else nearest(value, words)
    return f"did you mean {words[near[0]]}?" if near else ""


def taken_for(graph: EntryGraph, given: Mapping[str, str]) -> list[str]:
    """What to say of values that are places of which the province was taken, as a city; `given` is checked before."""
    specs = [(_settable(graph, name), value) for name, value in given.items()]
    return [
        told
        for spec, value in specs
        if all(name_key(value) not in choice_keys(one) for one in spec.choices)
        for one in _provinces(spec, value).values()
        if (told := one.told(value))
    ]


def value_of(spec: FactSpec, value: str) -> str:
    """One value, checked. Raises ChinaAIError that lists what there is."""
    name = spec.id
    if not isinstance(value, str):
        raise ChinaAIError(f"'{name}' can't be {value!r:.60}", hint="write it as one text, as 'yes'")
    text = scalar(value.strip())
    for choice in spec.choices:
        if name_key(value) in choice_keys(choice):
            return choice.id
    found = _provinces(spec, value)
    if len(found) == 1:
        return next(iter(found))
    values = spec.values()
    if spec.type == "bool":
        text = {"是": "yes", "有": "yes", "否": "no", "无": "no", "none": "no"}.get(text.lower(), text)
    if values is not None and text not in values:
        meant = f"that is {' or '.join(map(str, found.values()))};" if found else _near(spec, value)
        raise ChinaAIError(f"'{name}' can't be '{value:.60}'", hint=f"{meant} use {', '.join(values)}".strip())
    if spec.type == "country":
        code = country_code(value)
        if code is None:
            raise ChinaAIError(f"'{value:.60}' is no country", hint="write its two letters, such as US, DE or CN")
        return code
    if spec.type == "date":
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise ChinaAIError(f"'{value:.60}' is no day", hint="write it as 2027-01-01") from error
    return text
