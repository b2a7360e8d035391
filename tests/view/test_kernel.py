"""A real Jupyter kernel, asked by its protocol: names complete, and an answer shows as a table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ipykernel")
#: Seconds for one answer of a kernel on a busy machine.
WAIT = 120


def talk(home: Path) -> tuple[list[str], list[str], dict[str, Any]]:
    """Completions of two beginnings, and what the front end is given for an answer."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=WAIT)
    try:
        shown: list[dict[str, Any]] = []

        def hear(message: dict[str, Any]) -> None:
            if message["msg_type"] in ("execute_result", "error"):
                shown.append(message["content"])

        client.execute_interactive(
            f"import chinaai\nkg = chinaai.connect(home={str(home)!r})", timeout=WAIT, output_hook=hear
        )
        names = client.complete("kg.partn", reply=True, timeout=WAIT)["content"]["matches"]
        more = client.complete("kg.market_entry", reply=True, timeout=WAIT)["content"]["matches"]
        client.execute_interactive("kg.partnerships('Apple')", timeout=WAIT, output_hook=hear)
        client.execute_interactive("kg.close()", timeout=WAIT)
        return names, more, shown[-1]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_completion_and_display(shipped_copy: Path) -> None:
    # the client runs a loop of its own, which another test of this process may have left running
    with ThreadPoolExecutor(1) as apart:
        names, more, shown = apart.submit(talk, shipped_copy).result(timeout=5 * WAIT)
    assert {"partners_for", "partnerships"} <= {name.removeprefix("kg.") for name in names}
    assert "market_entry_paths" in {name.removeprefix("kg.") for name in more}
    assert shown["data"]["text/plain"].splitlines()[0].endswith("rows>")
    assert "<table" in shown["data"]["text/html"] and "Alibaba Group" in shown["data"]["text/html"]
