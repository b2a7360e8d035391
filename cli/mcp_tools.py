"""The tools that a language model gets: every saved question, market entry, free reading, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..face import KnowledgeGraph
from ..queries.answers import counted
from ..queries.ask import ROW_LIMIT, SECONDS
from ..queries.params import LIMIT, Param
from ..queries.saved import SavedQuery, catalogue
from .ask import status_values
from .cypher_params import typed
from .mcp_short import answer
from .mcp_values import fitted
from .output import finite

Values = dict[str, Any]
_NAMED = "id, English or Chinese name or alias"
_NAME = f"{_NAMED}, or ticker"
_FORM = "such as 2025-03-01, a month or year means its {} day"
_DAY = f"day the answer is for; {_FORM.format('last')}; today by default"
_TEXTS: Values = {"type": "array", "items": {"type": "string"}, "minItems": 1}
#: What every tool takes besides: whose knowledge answers, and how to see the rest of an answer that was shortened.
_REST: Values = {
    "known": {"type": "string", "description": "day whose knowledge answers, before later mends; now by default"},
    "part": {"type": "string", "description": "a list named under `cut` in the answer, such as plans.0.steps"},
    "more": {"type": "string", "description": "`more` of the answer before, to go on behind it"},
}


@dataclass(frozen=True)
class Tool:
    """A tool: its words, the JSON Schema of what goes in, and what it does."""

    name: str
    title: str
    description: str
    parameters: Values
    required: list[str]
    call: Callable[[KnowledgeGraph, Values], Values]

    @property
    def input_schema(self) -> Values:
        """JSON Schema of the arguments."""
        return {
            "type": "object", "properties": {**self.parameters, **_REST}, "required": self.required,
            "additionalProperties": False,
        }  # fmt: skip

    def run(self, kg: KnowledgeGraph, arguments: Mapping[str, Any]) -> Values:
        """Call it, and give back what a client takes.

        Raises:
            ChinaAIError: arguments don't fit, a name is unknown or ambiguous, or the database fails.
        """
        given = fitted(self.name, self.input_schema, arguments)
        part, more, known = given.pop("part", ""), given.pop("more", ""), given.pop("known", None)
        kg = kg if known is None else kg.as_known(known)
        kg.lookup.told.clear()
        values = finite(self.call(kg, given))
        return answer(values, part=part, more=more, remarks=list(kg.lookup.told))


def tools() -> dict[str, Tool]:
    """All tools by name."""
    found = [*map(_question, catalogue().values()), *_ENTRY, *_NETWORK, _SOURCE, _CYPHER, _STATUS]
    return {tool.name: tool for tool in found}


def _question(query: SavedQuery) -> Tool:
    front = query.front

    def call(kg: KnowledgeGraph, given: Values) -> Values:
        rows = kg.run(query.name, **given)
        bounds = {"searched": rows.bounds} if rows.bounds else {}
        notes = {"notes": rows.notes} if rows.notes else {}
        cut = {"limit_reached": "there are more; raise `limit`"} if rows.cut else {}
        return {"rows": rows.to_dicts(), **notes, **bounds, **cut}

    return Tool(
        name=query.name.replace("-", "_"),
        title=f"{front.title} · {front.title_zh}",
        description=query.told,
        parameters={name: _parameter(param) for name, param in front.params.items()},
        required=[name for name, param in front.params.items() if param.needed],
        call=call,
    )


def _parameter(param: Param) -> Values:
    listed = not param.labels or not {"Company", "Fund"}.isdisjoint(param.labels)
    kinds: dict[str, Values] = {
        "entity": {"type": "string", "description": f"{param.about}; {_NAME if listed else _NAMED}"},
        "date": {"type": "string", "description": f"{param.about}; {_FORM.format('first' if param.first else 'last')}"},
        "integer": {"type": "integer"}, "float": {"type": "number"}, "boolean": {"type": "boolean"},
    }  # fmt: skip
    schema: Values = {"type": "string", "description": param.about, **kinds.get(param.type, {})}
    if param.choices:
        schema["enum"] = param.choices
    if param.least is not None:
        schema["minimum"] = param.least
    if param.most is not None:
        schema["maximum"] = param.most
    if param.default == "today":
        schema["description"] += "; today by default"
    return schema if param.default in (None, "today") else {**schema, "default": param.default}


def _cypher(kg: KnowledgeGraph, given: Values) -> Values:
    limit = given.get("limit", ROW_LIMIT)
    found = kg.cypher(str(given["query"]), typed(given.get("parameters", {})), limit=limit, seconds=SECONDS)
    more = {"limit_reached": f"there are more than {counted(len(found.rows))}"} if found.cut else {}
    doubts = {"doubts": list(found.doubts)} if found.doubts else {}
    return {"columns": found.columns, "rows": found.rows, **more, **doubts}


def _sources(kg: KnowledgeGraph, ids: list[str]) -> Values:
    known = kg.pages(ids)
    rows: list[Values] = [known[one].model_dump(mode="json") for one in ids if one in known]
    for one in ids:
        if one not in known:
            rows += [{"fact": one, **row} for row in kg.run("sources", fact=one).to_dicts()]
    return {"rows": rows}


def _paths(kg: KnowledgeGraph, given: Values) -> Values:
    told = kg.market_entry_paths(**{"company": None, "limit": 1, **given}).to_dict()
    case = [{"fact": name, "value": f["value"], "from": f["from"]} for name, f in told["case"].items()]
    return {**told, "case": [fact for fact in case if fact["from"] not in ("default", "preset")]}


def _partners(kg: KnowledgeGraph, given: Values) -> Values:
    found = kg.partners_for(**given)
    return {"rows": found.to_dicts(), **({"notes": found.notes} if found.notes else {})}


def _compare(kg: KnowledgeGraph, given: Values) -> Values:
    told = kg.compare_entry(**given).to_dict()
    shown = ("company", "service", "as_of", "start", "head")
    return {**told, **{side: {name: told[side][name] for name in shown} for side in ("left", "right")}}


_WHO: Values = {
    "company": {"type": "string", "description": f"company: {_NAME}"},
    "service": {"type": "string", "description": "kind of service: phone-assistant, 聊天机器人, cloud …"},
    "as_of": {"type": "string", "description": _DAY},
    "actor": {"type": "string", "enum": ["fie", "offshore", "domestic"],
              "description": "how the company acts in China; follows from its own facts where left out"},
}  # fmt: skip
_LIMIT: Values = {**_parameter(LIMIT), "default": 20}
_FACTS: Values = {"type": "object", "additionalProperties": {"type": "string"}}
_ENTRY = [
    Tool(
        "market_entry_paths", "Paths into mainland China · 市场准入路径",
        "What must this company do, in which order, to launch this kind of service in mainland China? Steps with "
        "authority, legal basis, duration, partners and precedents. 市场准入路径。 Research, not legal advice.",
        {
            **_WHO,
            "seat": {"type": "string", "description": "without a company: country of the asker, such as US"},
            "onshore": {"type": "boolean", "description": "without a company: has one on the mainland"},
            "facts": {**_FACTS, "description": "facts of the case, such as {\"paid\": \"yes\"}"},
            "assume": {**_FACTS, "description": "facts to take where nobody says"},
            "strategy": {"type": "string", "description": "only this strategy, such as own-company"},
            "start": {"type": "string", "description": "day on which work begins"},
            "by": {"type": "string", "description": "day by which the launch is wished"},
            "limit": {**_parameter(LIMIT), "default": 1, "description": "most plans in the answer"},
        },
        ["service"], _paths,
    ),
    Tool(
        "partners_for", "Partners for market entry · 合作方",
        "Which domestic companies hold the evidence that a partner step of this company's path needs? "
        "谁可以作为合作方。 Each with the reasons of its score and their sources.",
        _WHO, ["company", "service"], _partners,
    ),
    Tool(
        "compare_entry", "Two market entries side by side · 准入对比",
        "Two companies for one kind of service, or two kinds of service of one company, side by side. 准入对比。",
        {**_WHO, "against": {"type": "string", "description": "another company, or another kind of service"}},
        ["company", "service", "against"], _compare,
    ),
]  # fmt: skip
_NETWORK = [
    Tool(
        "influence", "Who stands in the middle · 影响力",
        "PageRank over the facts in force on a day, weighted by confidence. 影响力排名。",
        {"as_of": _WHO["as_of"], "limit": _LIMIT}, [],
        lambda kg, given: {"rows": kg.influence(**given).to_dicts()},
    ),
    Tool(
        "communities", "Who belongs with whom · 社区",
        "Communities round hubs over the facts in force on a day, the largest first. 社区划分。",
        {"as_of": _WHO["as_of"], "limit": _LIMIT}, [],
        lambda kg, given: {"rows": kg.communities(**given).to_dicts()},
    ),
    Tool(
        "evidence_path", "Best evidenced path · 证据最强的路径",
        "The chain of facts between two entities with the largest product of confidences. 证据最强的路径。",
        {
            "start": {"type": "string", "description": f"one end: {_NAME}"},
            "end": {"type": "string", "description": f"the other end: {_NAME}"},
            "as_of": _WHO["as_of"],
        },
        ["start", "end"], lambda kg, given: {"rows": kg.evidence_path(**given).to_dicts()},
    ),
]  # fmt: skip
_SOURCE = Tool(
    "source_by_id", "Sources by id · 来源",
    "Publisher, title, date and address of sources by the ids that rows name, or of all sources of a fact by its id. "
    "按编号查来源。",
    {"ids": {**_TEXTS, "description": "ids of sources or of facts"}}, ["ids"],
    lambda kg, given: _sources(kg, given["ids"]),
)  # fmt: skip
_CYPHER = Tool(
    "cypher", "Read-only Cypher · 只读查询",
    "Run a read-only Cypher query over the graph; writes are refused. 只读 Cypher 查询。 Nodes bear the label ChinaAI "
    "beside their type and have id, name, name_zh; relationships have fact_id, status, confidence and sources (ids of "
    f":Source nodes). At most {ROW_LIMIT} rows unless limit says otherwise, {SECONDS:g} seconds. A day as a value of a "
    'parameter is {"date": "2025-03-01"}.',
    {
        "query": {"type": "string", "description": "Cypher text"},
        "parameters": {"type": "object", "description": "values of $parameters"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 10000, "description": "most rows"},
    },
    ["query"], _cypher,
)  # fmt: skip
_STATUS = Tool(
    "status", "What stands in the graph · 图谱状态",
    "Number of nodes and relationships by label and type, and a digest over the whole content. 图谱状态。",
    {}, [], lambda kg, _: status_values(kg.status()),
)  # fmt: skip
