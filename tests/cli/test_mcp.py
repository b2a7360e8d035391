"""`chinaai mcp` in a process of its own, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal
from chinaai.cli.mcp_more import read
from chinaai.cli.mcp_server import Session
from chinaai.cli.mcp_short import DATA
from chinaai.face import KnowledgeGraph
from chinaai.graph.errors import StoreError
from chinaai.graph.store import Store
from chinaai.queries.saved import catalogue
from faults.running import COMMAND, PATIENCE, chinaai
from mcp import Client, StdioServerParameters

pytestmark = pytest.mark.slow

Use = Callable[[Client], Awaitable[None]]
OTHERS = {
    "market_entry_paths", "partners_for", "compare_entry", "influence", "communities", "evidence_path", "cypher",
    "source_by_id", "status",
}  # fmt: skip
#: Most characters of a message.
MOST = 8000


@contextmanager
def held(**variables: str) -> Iterator[Callable[[Use], None]]:
    """A server with its client; what is given lets the client be used."""
    command = StdioServerParameters(command=COMMAND[0], args=[*COMMAND[1:], "mcp"], env={**os.environ, **variables})

    async def within(use: Use, client: Client) -> None:
        with anyio.fail_after(PATIENCE):
            await use(client)

    # in a thread of its own: a browser's tests leave a loop running in this one
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(command)) as client:
        yield lambda use: portal.call(within, use, client)


def served(use: Use, **variables: str) -> None:
    """Start the server and let a client use it."""
    with held(**variables) as asked:
        asked(use)


@pytest.fixture(scope="module")
def asked(embedded_shipped: Store) -> Iterator[Callable[[Use], None]]:
    """A server over the shipped graph, whose client is used by one test after the other, as in a long session."""
    with held(CHINAAI_HOME=str(Path(embedded_shipped.endpoint.where).parent)) as found:
        yield found


def text(result: Any) -> str:
    return str(result.content[0].text)


def values(result: Any) -> dict[str, Any]:
    """What a tool answered; the whole message is what a client counts."""
    assert not result.is_error, text(result)
    assert len(result.model_dump_json(exclude_none=True)) < MOST
    found: dict[str, Any] = json.loads(text(result))
    assert found["about"] == DATA
    return found


def test_questions_are_tools(shipped_at: dict[str, str]) -> None:
    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {name.replace("-", "_") for name in catalogue()} | OTHERS
        partnerships = tools["partnerships"]
        assert "Who works with this company" in str(partnerships.description)
        assert "一家公司的合作关系" in str(partnerships.description)
        assert (partnerships.input_schema["required"], set(partnerships.input_schema["properties"])) == (
            ["company"], {"company", "as_of", "known", "part", "more"},
        )  # fmt: skip
        said = {name: one["description"] for name, one in tools["changes"].input_schema["properties"].items()}
        assert said["start"] == "first day of the window; such as 2025-03-01, a month or year means its first day"
        assert said["end"] == "last day of the window; such as 2025-03-01, a month or year means its last day"
        assert "ticker" in said["entity"] and "ticker" not in str(tools["entry_path"].input_schema)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

        then = {"company": "Apple", "as_of": "2025-03-01"}
        found = values(await client.call_tool("partnerships", then))
        (row,) = found["rows"]
        assert (row["partner_id"], row["status"], row["announced"]) == ("alibaba", "confirmed", "2025-02-13")
        assert row["confidence"] > 0.5
        named = values(await client.call_tool("source_by_id", {"ids": row["sources"][:1]}))["rows"]
        assert {"id", "publisher", "published", "url"} <= set(named[0])
        assert values(await client.call_tool("partnerships", {"company": "苹果", "as_of": "2025-02-12"}))["count"] == 0

        unknown = await client.call_tool("partnerships", {"company": "Aplle"})
        assert unknown.is_error
        assert text(unknown).startswith("unknown Company 'Aplle'; did you mean apple (Company: Apple Inc.)")

        before = values(await client.call_tool("status", {}))["digest"]
        for query in ("MATCH (n:ChinaAI) SET n.name = 'x'", "LOAD CSV FROM 'file:///etc/hostname' AS l RETURN l"):
            refused = await client.call_tool("cypher", {"query": query})
            assert refused.is_error
        assert values(await client.call_tool("status", {}))["digest"] == before

    served(use, **shipped_at)


def test_every_tool_answers_its_example(asked: Callable[[Use], None]) -> None:
    async def use(client: Client) -> None:
        for name, query in catalogue().items():
            assert values(await client.call_tool(name.replace("-", "_"), query.front.example))["rows"], name

    asked(use)


def test_market_entry_and_free_reading(asked: Callable[[Use], None]) -> None:
    apple = {"company": "Apple", "service": "phone-assistant", "as_of": "2026-11-24"}

    async def use(client: Client) -> None:
        paths = values(await client.call_tool("market_entry_paths", {**apple, "limit": 2}))
        assert paths["company"] == "Apple Inc. (apple)"
        assert paths["head"] and paths["plans"]
        partners = values(await client.call_tool("partners_for", apple))["rows"]
        assert any("(alibaba)" in row["company"] for row in partners)
        both = values(await client.call_tool("compare_entry", {**apple, "against": "Samsung"}))
        assert both["rows"] and both["count"] >= len(both["rows"])
        query = {"query": "UNWIND range(1, 5) AS i RETURN i, $x AS x", "parameters": {"x": "中"}, "limit": 1}
        found = values(await client.call_tool("cypher", query))
        assert (found["columns"], found["rows"]) == (["i", "x"], [{"i": 1, "x": "中"}])
        assert found["limit_reached"] == "there are more than 1 row"

    asked(use)


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("partnership", {}, "there is no tool 'partnership'; did you mean partnerships? known: "),
        ("partnerships", {}, "tool 'partnerships' needs 'company'; company, by any of its names"),
        ("partnerships", {"firm": "Apple"}, "tool 'partnerships' has no parameter 'firm'; it has: company, as_of"),
        (
            "influence",
            {"limit": "some"},
            "'limit' can't be \"some\"; expected a whole number of at most 18 digits, as 10",
        ),
        ("influence", {"limit": 0}, "'limit' can't be 0; at least 1"),
        ("influence", {"limit": 2**32 + 2}, "'limit' can't be 4294967298; at most 1,000,000,000"),
        ("names", {"text": "上海", "limit": 2**31 - 1}, "'limit' can't be 2147483647; at most 1,000,000,000"),
        ("changes", {"start": "2026", "end": "2026", "kind": "law", "sector": "cars"}, "nothing of the kind 'law' has"),
        (
            "market_entry_paths",
            {"service": "consumer-chatbot", "seat": "US", "actor": "domestic"},
            "'capital' is given twice: domestic by the actor domestic, and foreign by the seat US",
        ),
        (
            "partners_for",
            {"company": "Apple", "service": "phone-asistant"},
            "unknown kind of service 'phone-asistant'; did you mean phone-assistant? kinds: ",
        ),
        ("cypher", {"query": "RETURN 1", "parameters": {"x": 1}}, "the query has no $x; leave its value out"),
        ("cypher", {"query": "RETURN 1", "parameters": [1]}, "'parameters' can't be [1]; expected an object"),
        ("cypher", {"query": "RETURN 1", "limit": 20000}, "'limit' can't be 20000; at most 10,000"),
        ("path", {"start": "Apple", "end": "Qwen", "limit": 2.5}, "'limit' can't be 2.5; expected a whole number"),
        ("influence", {"more": "zzz"}, "'zzz' is no `more` of an earlier answer"),
        ("ties", {"entity": "Apple", "part": "rows.x"}, "the answer has no part 'rows.x'"),
        ("ties", {"entity": "Apple", "more": "cm93czo5OTk="}, "'rows' has "),  # rows:999
        ("ties", {"entity": "Apple", "more": "cm93czotMTA="}, "'cm93czotMTA=' is no `more`"),  # rows:-10
        ("source_by_id", {"ids": []}, "'ids' is empty; ids of sources or of facts"),
        ("influence", {"limit": "+-5"}, "'limit' can't be \"+-5\"; expected a whole number of at most 18 digits"),
        ("names", {"text": "apple", "limit": 1e30}, "'limit' can't be 1e+30; expected a whole number of at most 18"),
        ("names", {"text": "apple", "limit": "9" * 50}, "'limit' can't be \"999"),
        ("market_entry_paths", {"service": "chatbot", "facts": {"paid": True}}, "'paid' can't be True; write it as"),
        ("market_entry_paths", {"service": "chatbot", "assume": {"paid": [1]}}, "'paid' can't be [1]; write it as"),
        ("market_entry_paths", {"service": "chatbot", "strategy": ""}, "'strategy' can't be ''; use own-company"),
        ("partnerships", {"company": "Apple", "as_of": "soon"}, "'soon' is no date for 'as_of'"),
        ("market_entry_paths", {"company": "Apple", "service": "teleport"}, "unknown kind of service 'teleport'"),
    ],
)
def test_a_slip_is_a_tool_error(
    asked: Callable[[Use], None], tool: str, arguments: dict[str, Any], sentence: str
) -> None:
    async def use(client: Client) -> None:
        found = await client.call_tool(tool, arguments)
        assert found.is_error and text(found).startswith(sentence)

    asked(use)


def test_every_tool_fits_a_client(asked: Callable[[Use], None]) -> None:
    """With their default arguments; `values` holds each against the limit."""
    apple = {"company": "Apple", "service": "phone-assistant"}
    wanted: dict[str, dict[str, Any]] = {
        "market_entry_paths": apple, "partners_for": apple, "compare_entry": {**apple, "against": "Samsung"},
        "influence": {}, "communities": {}, "evidence_path": {"start": "Apple", "end": "Qwen"}, "status": {},
        "cypher": {"query": "MATCH (n:ChinaAI) RETURN n"}, "requirements": {"service": "chatbot"},
        "entry_options": {"service": "phone-assistant"}, "ties": {"entity": "Apple"},
        "names": {"text": "ai", "limit": 500}, "foreign_chinese_partnerships": {}, "observations": {"entity": "hstech"},
    }  # fmt: skip

    async def use(client: Client) -> None:
        for name, arguments in wanted.items():
            found = await client.call_tool(name, arguments)
            assert not found.is_error, (name, text(found))
            values(found)

    asked(use)


def test_what_was_cut_is_named_and_can_be_asked_for(asked: Callable[[Use], None]) -> None:
    async def use(client: Client) -> None:
        wanted: dict[str, Any] = {"text": "智能", "limit": 150}
        first = values(await client.call_tool("names", wanted))
        seen, answer = [row["id"] for row in first["rows"]], first
        while "more" in answer:
            answer = values(await client.call_tool("names", {**wanted, "more": answer["more"]}))
            seen += [row["id"] for row in answer["rows"]]
        assert len(seen) == len(set(seen)) == first["count"] == 150
        entry = {"company": "Apple", "service": "phone-assistant", "as_of": "2026-11-24"}
        short = values(await client.call_tool("market_entry_paths", entry))
        name = next(part for part, length in short["cut"].items() if isinstance(length, int))
        part = values(await client.call_tool("market_entry_paths", {**entry, "part": name}))
        assert (part["part"], part["count"]) == (name, short["cut"][name])

    asked(use)


def test_arguments_of_another_json_type_are_read(asked: Callable[[Use], None]) -> None:
    async def use(client: Client) -> None:
        assert values(await client.call_tool("influence", {"limit": "5", "as_of": 2025}))["count"] == 5
        assert values(await client.call_tool("influence", {"limit": 4.0}))["count"] == 4
        query = {"query": "RETURN $limit AS x", "parameters": '{"limit": "apple"}'}
        assert values(await client.call_tool("cypher", query))["rows"] == [{"x": "apple"}]
        found = values(await client.call_tool("cypher", {"query": "MATCH (c:Compny) RETURN c"}))
        assert found["doubts"] == ["nothing in the graph is of the type 'Compny'; did you mean Company?"]
        day = {"query": "RETURN $d < date('2025-03-02') AS x", "parameters": {"d": {"date": "2025-03-01"}}}
        assert values(await client.call_tool("cypher", day))["rows"] == [{"x": True}]

    asked(use)


#: Huge, deep, of a wrong type or unknown.
HEAVY: list[tuple[str, dict[str, Any], str]] = [
    ("partnerships", {"company": "x" * 200_000}, "unknown Company 'xxx"),
    ("partnerships", {"company": "中" * 50_000}, "characters)'"),
    ("partnerships", {"company": {"name": "Apple"}}, "'company' can't be"),
    ("partnerships", {"company": True}, "'company' can't be true; expected a text"),
    ("partnerships", {"company": "Apple", "as_of": "x" * 90_000}, "is not a date"),
    ("market_entry_paths", {"company": "Apple", "service": "phone-assistant", "seat": "x" * 90_000}, "is no country"),
    ("market_entry_paths", {"company": "Apple", "service": "phone-assistant", "facts": {"users": "x" * 90_000}},
     "'users' can't be 'xxx"),
    ("market_entry_paths", {"company": "Apple", "service": "phone-assistant", "facts": {"x" * 90_000: "yes"}}, "'xxx"),
    ("partnerships", {"company": "Apple", "part": "rows." * 5000}, "the answer has no part 'rows."),
    ("partnerships", {"company": "Apple", "y" * 9000: 1}, "has no parameter 'yyy"),
    ("partnerships", {"company": "Apple", "more": "A" * 100_000}, "is no `more` of an earlier answer"),
    ("no-such-tool" * 900, {}, "there is no tool 'no-such-tool"),
    ("influence", {"limit": "NaN"}, "'limit' can't be \"NaN\"; expected a whole number"),
    ("influence", {"limit": [5]}, "'limit' can't be [5]"),
    ("cypher", {"query": "RETURN $x AS x", "parameters": {"x": 10**40}}, "$x is a whole number beyond 64 bits"),
    ("cypher", {"query": "RETURN $x AS x", "parameters": {"x": [{"y": -(2**63) - 1}]}}, "beyond 64 bits"),
    ("cypher", {"query": "RETURN $x AS x", "parameters": '{"x": ' + "[" * 99 + "]" * 99 + "}"}, "nested more than"),
    ("cypher", {"query": "RETURN $x AS x", "parameters": "[" * 200_000}, "it is nested too deep"),
    ("source_by_id", {"ids": [1, None, {}]}, "'ids' can't be null"),
    ("market_entry_paths", {"company": "Apple", "service": ["phone-assistant"]}, "'service' can't be"),
]  # fmt: skip


def test_heavy_arguments_are_told_in_a_few_words(asked: Callable[[Use], None]) -> None:
    """What was given does not come back whole, and the session goes on."""

    async def use(client: Client) -> None:
        for tool, arguments, said in HEAVY:
            found = await client.call_tool(tool, arguments)
            assert found.is_error and said in text(found), said
            assert len(text(found)) < 1300 and "unexpected" not in text(found) and "Traceback" not in text(found)
        assert values(await client.call_tool("influence", {"limit": 2}))["count"] == 2

    asked(use)


@pytest.mark.parametrize("query", ["?password=Qw3rty%21x", ""])
def test_no_tool_tells_the_password_of_an_address(tmp_path: Path, query: str) -> None:
    """Whoever puts it there is told so, without it, by every tool, resource and prompt."""
    address = f"bolt://neo4j:Qw3rty%21x@127.0.0.1:1{query}"

    async def use(client: Client) -> None:
        said = [
            await client.call_tool(name, arguments)
            for name, arguments in (
                ("status", {}),
                ("partnerships", {"company": "Apple"}),
                ("cypher", {"query": "RETURN 1"}),
            )
        ]
        said.append(await client.read_resource("chinaai://entity/apple"))
        for one in said:
            assert "Qw3rty" not in one.model_dump_json()
        assert "the address holds an account (bolt://127.0.0.1:1)" in text(said[0])

    served(use, NEO4J_URI=address, CHINAAI_HOME=str(tmp_path))


def test_a_broken_connection_is_opened_again_by_the_next_call(
    shipped_at: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever met the break: a tool, or the text of a resource."""
    for name, value in shipped_at.items():
        monkeypatch.setenv(name, value)
    session = Session(None)
    uses = (
        lambda: session.call("partnerships", {"company": "Apple"}),
        lambda: session.read("chinaai://entity/apple"),
    )
    for met in uses:
        assert met()
        assert session._kg is not None
        session._kg.close()
        with pytest.raises(StoreError):
            met()
        assert all(then() for then in uses)
    session.close()


def test_resources_and_prompts(asked: Callable[[Use], None]) -> None:
    async def use(client: Client) -> None:
        known = {one.uri_template for one in (await client.list_resource_templates()).resource_templates}
        assert known == {"chinaai://source/{id}", "chinaai://fact/{id}", "chinaai://entity/{id}"}
        for uri, word in (
            ("chinaai://entity/苹果", '"id": "apple"'),
            ("chinaai://fact/apple-with-alibaba", '"rows"'),
            ("chinaai://source/nowhere", "there is no source 'nowhere'"),
            ("chinaai://planet/mars", "there is no resource"),
            ("chinaai://[x", "there is no resource"),
        ):
            content = (await client.read_resource(uri)).contents[0]
            assert word in content.text and len(content.text) < MOST
        prompts = {one.name: one for one in (await client.list_prompts()).prompts}
        assert {"company_brief", "market_entry", "partner_search", "compare", "check_a_claim"} <= set(prompts)
        got = await client.get_prompt("market_entry", {"company": "Tesla", "service": "adas"})
        assert "Tesla" in got.messages[0].content.text and "market_entry_paths" in got.messages[0].content.text

    asked(use)


def test_an_empty_graph_answers_what_to_do_and_then_the_questions(tmp_path: Path) -> None:
    home, seeds = str(tmp_path), str(Path(__file__).parents[1] / "data" / "small")

    async def use(client: Client) -> None:
        found = await client.call_tool("partnerships", {"company": "alpha"})
        assert found.is_error and "run 'chinaai build' first" in text(found)
        done = await anyio.to_thread.run_sync(lambda: chinaai("build", "--seeds", seeds, CHINAAI_HOME=home))
        assert done.returncode == 0
        found = await client.call_tool("partnerships", {"company": "alpha"})
        assert [row["partner_id"] for row in values(found)["rows"]] == ["beta"]

    served(use, CHINAAI_HOME=home)


def test_without_the_extra_one_sentence_says_what_to_install() -> None:
    hidden = "import sys; sys.modules['mcp'] = None; from chinaai.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", hidden, "mcp"], capture_output=True, text=True, check=False)
    sentence = "chinaai: the MCP server needs the extra 'mcp'; pip install 'chinaai[mcp]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_what_the_store_keeps_for_itself_is_no_part_of_a_thing(embedded_shipped: Store) -> None:
    (row,) = embedded_shipped.read("MATCH (n:ChinaAI {id: 'apple'}) RETURN properties(n) AS props")
    own = {"keys", "words", "hash", "bucket", "dataset"}
    shown = json.loads(read(KnowledgeGraph(embedded_shipped), "chinaai://entity/Apple"))
    assert own <= row["props"].keys() and not own & shown.keys() and shown["id"] == "apple"
