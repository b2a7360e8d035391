"""Resources and prompts of the MCP server: sources, facts and things by address, and the main questions as prompts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

from mcp import types

from ..face import KnowledgeGraph
from ..graph.errors import ChinaAIError
from ..graph.marks import MARK, own_label
from ..queries.params import QueryError
from .mcp_short import answer
from .output import finite

_NODE = f"MATCH (n:{MARK} {{id: $id}}) RETURN labels(n) AS labels, properties(n) AS props"
_HIDDEN = ("keys", "words", "hash", "bucket", "dataset")
#: What can be read by address: the word in it, and what it gives.
_KINDS = {
    "source": "Publisher, title, date and address of a source, by the id that a row names",
    "fact": "All sources of a fact, and how its confidence came about",
    "entity": "What stands of a company, model, rule or any other thing, by any of its names",
}
#: Prompts: what they are for, their arguments, and the task.
_PROMPTS: dict[str, tuple[str, dict[str, str], str]] = {
    "company_brief": (
        "What is on record about a company in China's AI ecosystem · 公司简报",
        {"company": "company, by any of its names"},
        "Write a brief on {company} from the knowledge graph: call partnerships, ties, models, onshore and "
        "observations. Give each statement its date, status, confidence and source (source_by_id). Show both sides "
        "of a conflict, and say what is not known.",
    ),
    "market_entry": (
        "What a launch in mainland China needs · 市场准入",
        {"company": "company, by any of its names", "service": "kind of service, as phone-assistant"},
        "Say what {company} must do to offer {service} in mainland China: call market_entry_paths, then partners_for "
        "and precedents. List the steps in order with authority, legal basis and days (least, typical, most), name "
        "the gaps, and cite sources by source_by_id. This is research, not legal advice.",
    ),
    "partner_search": (
        "Who could be the domestic partner · 寻找合作方",
        {"company": "company, by any of its names", "service": "kind of service, as phone-assistant"},
        "Find domestic partners for {company} and {service}: call partners_for, then partnerships and filings for the "
        "best three. Compare them by evidence, with dates and sources.",
    ),
    "compare": (
        "Two companies or services side by side · 对比",
        {"company": "company", "service": "kind of service", "against": "another company or kind of service"},
        "Compare {company} and {against} for {service}: call compare_entry, and explain each difference by its source.",
    ),
    "check_a_claim": (
        "What the graph has for and against a claim · 核对说法", {"claim": "the claim, in a sentence"},
        "Check this claim against the knowledge graph: {claim}\nFind the names with the tool names, then the facts "
        "with ties, path or conflicts. Quote what supports it and what contradicts it, each with date, status, "
        "confidence and source; say plainly where nothing stands.",
    ),
}  # fmt: skip


def read(kg: KnowledgeGraph, uri: str) -> str:
    """A resource as JSON text. Raises ChinaAIError where there is none."""
    try:
        address = urlsplit(uri)
    except ValueError:  # as with a bracket that nothing closes
        address = urlsplit("")
    kind, one = address.netloc, unquote(address.path.lstrip("/"))
    if address.scheme != "chinaai" or kind not in _KINDS or not one:
        known = ", ".join(f"chinaai://{name}/ID" for name in _KINDS)
        raise ChinaAIError(f"there is no resource '{uri[:200]}'", "", f"known: {known}")
    if kind == "source":
        found = kg.pages([one])
        if not found:
            raise QueryError(f"there is no source '{one}'", "", "rows name the ids of their sources")
        return _text(found[one].model_dump(mode="json"))
    if kind == "fact":
        return _text({"rows": kg.run("sources", fact=one).to_dicts()})
    (row,) = kg.store.read(_NODE, id=kg.lookup.resolve(one))
    props = {name: value for name, value in row["props"].items() if name not in _HIDDEN}
    return _text({"type": own_label(row["labels"]), **props})


def _text(values: dict[str, Any]) -> str:
    return json.dumps(answer(finite(values)), ensure_ascii=False, default=str)


def more_handlers() -> dict[str, Any]:
    """Handlers that list resources and prompts, and give a prompt."""

    async def resources(_: Any, __: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[])

    async def templates(_: Any, __: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=f"chinaai://{kind}/{{id}}", name=kind, description=about, mime_type="application/json"
                )
                for kind, about in _KINDS.items()
            ]
        )

    async def prompts(_: Any, __: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=name,
                    description=about,
                    arguments=[types.PromptArgument(name=n, description=d, required=True) for n, d in wanted.items()],
                )
                for name, (about, wanted, _) in _PROMPTS.items()
            ]
        )

    async def prompt(_: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        if params.name not in _PROMPTS:
            raise ValueError(f"there is no prompt '{params.name}'; known: {', '.join(_PROMPTS)}")
        about, wanted, task = _PROMPTS[params.name]
        given = {name: str((params.arguments or {}).get(name, "")).strip() for name in wanted}
        missing = [name for name, value in given.items() if not value]
        if missing:
            raise ValueError(f"prompt '{params.name}' needs '{missing[0]}': {wanted[missing[0]]}")
        content = types.TextContent(type="text", text=task.format(**given))
        return types.GetPromptResult(description=about, messages=[types.PromptMessage(role="user", content=content)])

    return {
        "on_list_resources": resources, "on_list_resource_templates": templates, "on_list_prompts": prompts,
        "on_get_prompt": prompt,
    }  # fmt: skip
