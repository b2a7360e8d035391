"""`chinaai mcp` in a process of its own, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from chinaai.queries.saved import catalogue
from faults.running import COMMAND, PATIENCE, chinaai
from mcp import Client, StdioServerParameters

pytestmark = pytest.mark.slow

Use = Callable[[Client], Awaitable[None]]
OTHERS = {
    "market_entry_paths", "partners_for", "compare_entry", "influence", "communities", "evidence_path", "cypher",
    "status",
}  # fmt: skip


def served(use: Use, **variables: str) -> None:
    """Start the server and let a client use it."""

    async def main() -> None:
        command = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], "mcp"], env={**os.environ, **variables})
        with anyio.fail_after(PATIENCE):
            async with Client(command) as client:
                await use(client)

    anyio.run(main)


def text(result: Any) -> str:
    return str(result.content[0].text)


def test_questions_are_tools(shipped_at: dict[str, str]) -> None:
    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {name.replace("-", "_") for name in catalogue()} | OTHERS
        partnerships = tools["partnerships"]
        assert "Who works with this company" in str(partnerships.description)
        assert "一家公司的合作关系" in str(partnerships.description)
        assert (partnerships.input_schema["required"], set(partnerships.input_schema["properties"])) == (
            ["company"], {"company", "as_of"},
        )  # fmt: skip
        assert partnerships.output_schema is not None and "PartnershipRow" in partnerships.output_schema["$defs"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

        found = await client.call_tool("partnerships", {"company": "Apple", "as_of": "2025-03-01"})
        assert not found.is_error
        (row,) = found.structured_content["rows"]
        assert (row["partner_id"], row["status"], row["announced"]) == ("alibaba", "confirmed", "2025-02-13")
        assert row["confidence"] > 0.5 and {"id", "title", "publisher", "published", "url"} <= set(row["sources"][0])
        assert (
            await client.call_tool("partnerships", {"company": "苹果", "as_of": "2025-02-12"})
        ).structured_content == {"rows": []}

        unknown = await client.call_tool("partnerships", {"company": "Aplle"})
        assert unknown.is_error
        assert text(unknown).startswith("unknown Company 'Aplle'; did you mean apple (Company: Apple Inc.)")

        before = (await client.call_tool("status", {})).structured_content["digest"]
        for query in ("MATCH (n:ChinaAI) SET n.name = 'x'", "LOAD CSV FROM 'file:///etc/hostname' AS l RETURN l"):
            refused = await client.call_tool("cypher", {"query": query})
            assert refused.is_error
        assert (await client.call_tool("status", {})).structured_content["digest"] == before

    served(use, **shipped_at)


def test_every_tool_answers_its_example(at_embedded: dict[str, str]) -> None:
    async def use(client: Client) -> None:
        for name, query in catalogue().items():
            found = await client.call_tool(name.replace("-", "_"), query.front.example)
            assert not found.is_error, text(found)
            assert found.structured_content["rows"], name

    served(use, **at_embedded)


def test_market_entry_and_free_reading(at_embedded: dict[str, str]) -> None:
    apple = {"company": "Apple", "service": "phone-assistant", "as_of": "2026-11-24"}

    async def use(client: Client) -> None:
        paths = (await client.call_tool("market_entry_paths", {**apple, "limit": 2})).structured_content
        assert (paths["company"]["id"], paths["actor"], len(paths["paths"])) == ("apple", "fie", 2)
        partners = (await client.call_tool("partners_for", apple)).structured_content["rows"]
        assert "alibaba" in {row["company"]["id"] for row in partners}
        both = (await client.call_tool("compare_entry", {**apple, "against": "Samsung"})).structured_content
        assert (both["left"]["company"]["id"], both["right"]["company"]["id"]) == ("apple", "samsung")
        query = {"query": "UNWIND range(1, 5) AS i RETURN i, $x AS x", "parameters": {"x": "中"}, "limit": 1}
        assert (await client.call_tool("cypher", query)).structured_content == {
            "columns": ["i", "x"], "rows": [{"i": 1, "x": "中"}], "cut": True,
        }  # fmt: skip

    served(use, **at_embedded)


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("partnership", {}, "there is no tool 'partnership'; known: "),
        ("partnerships", {}, "tool 'partnerships' needs 'company'; company, by any of its names"),
        ("partnerships", {"firm": "Apple"}, "tool 'partnerships' has no parameter 'firm'; it has: company, as_of"),
        ("partnerships", {"company": "Apple", "as_of": "soon"}, "'soon' is no date for 'as_of'"),
        ("market_entry_paths", {"company": "Apple", "service": "teleport"}, "unknown ServiceKind 'teleport'"),
    ],
)
def test_a_slip_is_a_tool_error(
    at_embedded: dict[str, str], tool: str, arguments: dict[str, str], sentence: str
) -> None:
    async def use(client: Client) -> None:
        found = await client.call_tool(tool, arguments)
        assert found.is_error and text(found).startswith(sentence)

    served(use, **at_embedded)


def test_an_empty_graph_answers_what_to_do_and_then_the_questions(tmp_path: Path) -> None:
    home, seeds = str(tmp_path), str(Path(__file__).parents[1] / "data" / "small")

    async def use(client: Client) -> None:
        found = await client.call_tool("partnerships", {"company": "alpha"})
        assert found.is_error and "run 'chinaai build' first" in text(found)
        done = await anyio.to_thread.run_sync(lambda: chinaai("build", "--seeds", seeds, CHINAAI_HOME=home))
        assert done.returncode == 0
        found = await client.call_tool("partnerships", {"company": "alpha"})
        assert [row["partner_id"] for row in found.structured_content["rows"]] == ["beta"]

    served(use, CHINAAI_HOME=home)


def test_without_the_extra_one_sentence_says_what_to_install() -> None:
    hidden = "import sys; sys.modules['mcp'] = None; from chinaai.cli.app import main; main()"
    done = subprocess.run([sys.executable, "-c", hidden, "mcp"], capture_output=True, text=True, check=False)
    sentence = "chinaai: the MCP server needs the extra 'mcp'; pip install 'chinaai[mcp]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)
