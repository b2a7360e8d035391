"""The quick set, `pytest -m quick`: what a daily round runs in little more than a minute on two cores.

Everything is quick that needs no Neo4j server, no browser, no empty graph of its own, not the whole shipped graph, and
is not marked `slow`, alone or with its file.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

#: Fixtures of a page in a browser, and of all that takes its time to start: servers and graphs that a run shares (all
#: ask for its folder, `run`), and graphs of a test alone.
PAGES = {"browser", "open_page"}
_LONG = {"run", "store", "embedded_store", "place", "server"} | PAGES


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "quick: belongs to the set of the daily round; given by what a test needs")
    config.addinivalue_line(
        "markers", "nightly: runs much again in another way; left out unless asked for by -m nightly"
    )
    config.addinivalue_line("markers", "slow: takes seconds, or processes of its own; not in the quick set")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("nightly"):
            if "nightly" not in item.config.option.markexpr:
                item.add_marker(pytest.mark.skip(reason="nightly: pytest -m nightly"))
        elif not _is_long(item):
            item.add_marker(pytest.mark.quick)


def daily(*chosen: object, of: Iterable[object]) -> list[object]:
    """Values of a parameter: these few every day, the others of theirs nightly."""
    return [one if one in chosen else pytest.param(one, marks=pytest.mark.nightly) for one in of]


def needs(item: pytest.Item) -> set[str]:
    """Names of the fixtures that a test takes."""
    return set(getattr(item, "fixturenames", ()))


def _is_long(item: pytest.Item) -> bool:
    given = getattr(item, "callspec", None)
    on_server = given is not None and any(isinstance(one, str) and one == "neo4j" for one in given.params.values())
    return on_server or item.get_closest_marker("slow") is not None or bool(_LONG & needs(item))
