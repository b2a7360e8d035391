"""The tools that a language model gets: every saved question, market entry, free reading, status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import create_model

from ..face import KnowledgeGraph
from ..queries.ask import ROW_LIMIT, SECONDS
from ..queries.params import Param, QueryError
from ..queries.saved import SavedQuery, catalogue
from .ask import status_values
from .cypher_params import typed

Values = dict[str, Any]
_NAME = "id, English or Chinese name, alias or ticker"
_DAY = "day the answer is for, such as 2025-03-01; a month or year means its last day; today by default"
_TEXTS: Values = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Tool:
    """A tool: its words, the JSON Schemas of what goes in and comes out, and what it does."""

    name: str
    title: str
    description: str
    parameters: Values
    required: list[str]
    output: Values | None
    call: Callable[[KnowledgeGraph, Values], Values]

    @property
    def input_schema(self) -> Values:
        """JSON Schema of the arguments."""
        return {
            "type": "object", "properties": self.parameters, "required": self.required, "additionalProperties": False,
        }  # fmt: skip

    def run(self, kg: KnowledgeGraph, arguments: Mapping[str, Any]) -> Values:
        """Call it.

        Raises:
            ChinaAIError: arguments don't fit, a name is unknown or ambiguous, or the database fails.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        unknown = sorted(set(given) - set(self.parameters))
        if unknown:
            hint = f"it has: {', '.join(self.parameters) or 'none'}"
            raise QueryError(f"tool '{self.name}' has no parameter '{unknown[0]}'", "", hint)
        missing = [name for name in self.required if name not in given]
        if missing:
            hint = str(self.parameters[missing[0]].get("description", ""))
            raise QueryError(f"tool '{self.name}' needs '{missing[0]}'", "", hint)
        return self.call(kg, given)


def tools() -> dict[str, Tool]:
    """All tools by name."""
    found = [*map(_question, catalogue().values()), *_ENTRY, *_NETWORK, _CYPHER, _STATUS]
    return {tool.name: tool for tool in found}


def _question(query: SavedQuery) -> Tool:
    front = query.front

    def call(kg: KnowledgeGraph, given: Values) -> Values:
        return {"rows": kg.run(query.name, **given).to_dicts()}

    answer = create_model("Answer", rows=(list[query.row], ...))  # type: ignore[name-defined]
    return Tool(
        name=query.name.replace("-", "_"),
        title=f"{front.title} · {front.title_zh}",
        description=f"{front.question} {front.title_zh}。 Rows carry their confidence and dated sources.",
        parameters={name: _parameter(param) for name, param in front.params.items()},
        required=[name for name, param in front.params.items() if param.needed],
        output=answer.model_json_schema(mode="serialization"),
        call=call,
    )


def _parameter(param: Param) -> Values:
    kinds: dict[str, Values] = {
        "entity": {"type": "string", "description": f"{param.about}: {_NAME}"},
        "date": {"type": "string", "description": _DAY},
        "integer": {"type": "integer"}, "float": {"type": "number"}, "boolean": {"type": "boolean"},
    }  # fmt: skip
    schema: Values = {"type": "string", "description": param.about, **kinds.get(param.type, {})}
    if param.choices:
        schema["enum"] = param.choices
    if param.least is not None:
        schema["minimum"] = param.least
    return schema if param.default in (None, "today") else {**schema, "default": param.default}


def _cypher(kg: KnowledgeGraph, given: Values) -> Values:
    limit = int(given.get("limit", ROW_LIMIT))
    answer = kg.cypher(str(given["query"]), typed(given.get("parameters", {})), limit=limit, seconds=SECONDS)
    return {"columns": answer.columns, "rows": answer.rows, "cut": answer.cut}


def _paths(kg: KnowledgeGraph, given: Values) -> Values:
    return kg.market_entry_paths(**{"limit": 3, **given}).to_dict()


def _partners(kg: KnowledgeGraph, given: Values) -> Values:
    return {"rows": kg.partners_for(**given).to_dicts()}


def _compare(kg: KnowledgeGraph, given: Values) -> Values:
    return kg.compare_entry(**given).to_dict()


_WHO: Values = {
    "company": {"type": "string", "description": f"company: {_NAME}"},
    "service": {"type": "string", "description": "kind of service: phone-assistant, 聊天机器人, cloud …"},
    "as_of": {"type": "string", "description": _DAY},
    "actor": {"type": "string", "enum": ["fie", "offshore", "domestic"],
              "description": "how the company acts in China; follows from its own facts where left out"},
}  # fmt: skip
_LIMIT: Values = {"type": "integer", "minimum": 1, "default": 20, "description": "most rows"}
_ENTRY = [
    Tool(
        "market_entry_paths", "Paths into mainland China · 市场准入路径",
        "What must this company do, in which order, to launch this kind of service in mainland China? Steps with "
        "authority, legal basis, duration, partners and precedents. 市场准入路径。 Research, not legal advice.",
        {
            **_WHO,
            "having": {**_TEXTS, "description": "requirements already met, such as r.entity"},
            "without": {**_TEXTS, "description": "requirements that must not be used, such as r.jv50"},
            "also": {**_TEXTS, "description": "conditional requirements to count in"},
            "limit": {"type": "integer", "minimum": 1, "default": 3, "description": "most paths in the answer"},
        },
        ["company", "service"], None, _paths,
    ),
    Tool(
        "partners_for", "Partners for market entry · 合作方",
        "Which domestic companies hold the evidence that a partner step of this company's path needs? "
        "谁可以作为合作方。 Each with the reasons of its score and their sources.",
        _WHO, ["company", "service"], None, _partners,
    ),
    Tool(
        "compare_entry", "Two market entries side by side · 准入对比",
        "Two companies for one kind of service, or two kinds of service of one company, side by side. 准入对比。",
        {**_WHO, "against": {"type": "string", "description": "another company, or another kind of service"}},
        ["company", "service", "against"], None, _compare,
    ),
]  # fmt: skip
_NETWORK = [
    Tool(
        "influence", "Who stands in the middle · 影响力",
        "PageRank over the facts in force on a day, weighted by confidence. 影响力排名。",
        {"as_of": _WHO["as_of"], "limit": _LIMIT}, [], None,
        lambda kg, given: {"rows": kg.influence(**given).to_dicts()},
    ),
    Tool(
        "communities", "Who belongs with whom · 社区",
        "Communities round hubs over the facts in force on a day, the largest first. 社区划分。",
        {"as_of": _WHO["as_of"], "limit": _LIMIT}, [], None,
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
        ["start", "end"], None, lambda kg, given: {"rows": kg.evidence_path(**given).to_dicts()},
    ),
]  # fmt: skip
_CYPHER = Tool(
    "cypher", "Read-only Cypher · 只读查询",
    "Run a read-only Cypher query over the graph; writes are refused. 只读 Cypher 查询。 Nodes bear the label ChinaAI "
    "beside their type and have id, name, name_zh; relationships have fact_id, status, confidence and sources (ids of "
    f":Source nodes). At most {ROW_LIMIT} rows unless limit says otherwise, {SECONDS:g} seconds; 'cut' says whether "
    "there were more rows.",
    {
        "query": {"type": "string", "description": "Cypher text"},
        "parameters": {"type": "object", "description": "values of $parameters"},
        "limit": {"type": "integer", "minimum": 1, "maximum": 10000, "description": "most rows"},
    },
    ["query"], None, _cypher,
)  # fmt: skip
_STATUS = Tool(
    "status", "What stands in the graph · 图谱状态",
    "Number of nodes and relationships by label and type, and a digest over the whole content. 图谱状态。",
    {}, [], None, lambda kg, _: status_values(kg.status()),
)  # fmt: skip
