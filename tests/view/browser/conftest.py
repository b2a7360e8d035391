"""A real headless Chromium with the network cut, and a page object that notices everything it does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from chinaai.view import write

sync_api = pytest.importorskip("playwright.sync_api")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
LOCAL = ("file:", "data:", "blob:")
#: Another fragment; over once the page has dealt with it. The same one again makes no event.
_GO = """f => new Promise(done => {
  const before = location.hash;
  addEventListener("hashchange", () => setTimeout(done, 0), {once: true});
  location.hash = f;
  if (location.hash === before) done();
})"""


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium or Chrome of this machine; as root it is installed from Debian if missing.

    Its shell for machines without a screen first: the same engine of pages, without the half of the processor that
    the windows take which nobody sees.
    """
    names = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    reason = "no chromium-headless-shell, chromium or google-chrome found"
    if not found and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-qq", "-y", names[0], "fonts-noto-cjk"],
        ):
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            reason = f"{' '.join(command)} failed: {ran.stderr.strip()[-300:]}" if ran.returncode else reason
        found = next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    if os.environ.get("CHINAAI_TEST_BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium_path, headless=True, args=FLAGS)
        yield running
        running.close()


def address(fragment: str) -> str:
    """The address of a state of the drawing, where no view is named."""
    bare = fragment.removeprefix("#")
    return "#" + (bare if not bare or bare.startswith("/") else "/graph?" + bare)


@dataclass
class Opened:
    """A page under test: what it asked for and complained of, and what its own export says it shows."""

    page: Any
    folder: Path
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._heard = {
            "request": self._request, "console": self._console, "pageerror": self._error, "dialog": self._dialog,
        }  # fmt: skip
        for event, listener in self._heard.items():
            self.page.on(event, listener)

    def leave(self) -> None:
        """Off the page, which another test may get, and deaf to what it does there."""
        self.page.goto("about:blank")
        for event, listener in self._heard.items():
            self.page.remove_listener(event, listener)

    def _request(self, request: Any) -> None:
        if not request.url.startswith(LOCAL):
            self.requests.append(request.url)

    def _console(self, line: Any) -> None:
        if line.type in ("error", "warning"):
            self.errors.append(line.text)

    def _error(self, error: Any) -> None:
        self.errors.append(str(error))

    def _dialog(self, dialog: Any) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def go(self, fragment: str) -> None:
        self.page.evaluate(_GO, address(fragment))

    def keys(self, *names: str) -> None:
        self.page.locator("#stage").focus()
        for name in names:
            self.page.keyboard.press(name)

    def save(self, kind: str) -> Path:
        with self.page.expect_download() as waiting:
            self.page.click("#b-save")
            self.page.click(f"#save-{kind}")
        path: Path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def shown(self) -> tuple[set[str], set[str]]:
        """Ids of the entities and facts of the current view."""
        data = json.loads(self.save("json").read_text(encoding="utf-8"))
        return {node["id"] for node in data["nodes"]}, {edge["fact_id"] for edge in data["edges"]}

    def rows(self) -> list[str]:
        return list(self.page.locator("#rows tbody tr").evaluate_all("rows => rows.map(r => r.dataset.id)"))

    def panel(self) -> str:
        return str(self.page.locator("#right").inner_text())

    def fragment(self) -> str:
        return str(self.page.evaluate("location.hash"))


class Tab:
    """A page that tests get one after the other: a new one costs as much as opening the small graph in it.

    Whoever opens goes to another document, so nothing of the one before is left but what belongs to the page itself,
    which is put back.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._page: Any = None

    def take(self, viewport: dict[str, int]) -> Any:
        page, self._page = self._page or self._browser.new_context(offline=True).new_page(), None
        page.set_viewport_size(viewport)
        return page

    def give_back(self, page: Any) -> None:
        """After a test; one that is broken is not kept."""
        for other in page.context.pages:
            if other != page:
                other.close()
        page.mouse.move(-1, -1)
        page.emulate_media(media="null")
        self._page = page


@pytest.fixture(scope="session")
def tab(browser: Any) -> Tab:
    return Tab(browser)


Opener = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Any, tab: Tab, tmp_path: Path) -> Iterator[Opener]:
    """Write a graph, open it; at the end nothing may have been requested or complained of.

    The first page that asks for no more of its context than a size is the one that tests share.
    """
    opened: list[Opened] = []
    lent: list[Any] = []

    def opener(
        graph: nx.MultiDiGraph | None = None, fragment: str = "", *, file: Path | None = None,
        context: dict[str, Any] | None = None, **options: Any,
    ) -> Opened:  # fmt: skip
        wanted = {"viewport": {"width": 1400, "height": 900}, **(context or {})}
        if not lent and set(wanted) == {"viewport"}:
            page = tab.take(wanted["viewport"])
            lent.append(page)
        else:
            page = browser.new_context(**wanted, offline=True).new_page()
        given = Opened(page, tmp_path)
        given.page.set_default_timeout(60_000)  # for what never comes; a busy machine takes seconds
        opened.append(given)
        if graph is not None:
            given_options = {"title": "Test graph", "start": "graph", **options}
            file = write(graph, tmp_path / f"page-{len(opened)}.html", **given_options)
        assert file
        given.page.goto(file.as_uri() + (address(fragment) if fragment else ""))
        return given

    yield opener
    for given in opened:
        given.leave()
        if given.page in lent:
            tab.give_back(given.page)
        else:
            given.page.context.close()
    for given in opened:
        assert given.requests == []
        assert given.errors == []
