"""Pictures of the page for the documentation: `python docs/screenshots.py`, over the built graph.

Needs Chromium. Writes docs/images/NAME.png, each the page as a reader sees it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import chinaai
from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).with_name("images")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Name, options of `kg.view`, and the address after #.
SHOTS: list[tuple[str, dict[str, Any], str]] = [
    ("who", {}, "#/who"),
    ("dossier", {}, "#/entity/apple"),
    ("timeline", {}, "#/timeline/apple"),
    ("plan", {"route": ("Tesla", "in-car")}, ""),
    ("changes", {}, "#/changes"),
    ("sources", {}, "#/sources"),
    ("graph", {"focus": ["apple"]}, "#/graph?v=near&f=apple"),
    ("dark-zh", {"lang": "zh", "theme": "dark"}, "#/entity/moonshot"),
    ("phone", {"lang": "zh"}, "#/entity/huawei"),
]


def shoot(browser: Browser, file: Path, fragment: str, target: Path) -> None:
    """Open the page, wait until it is drawn, and keep what the window shows."""
    small = target.stem == "phone"
    page = browser.new_page(viewport={"width": 390, "height": 844} if small else {"width": 1440, "height": 900})
    page.goto(file.as_uri() + fragment)
    page.wait_for_selector("#app:not([hidden])")
    page.wait_for_timeout(600)
    page.screenshot(path=target)
    page.close()


def main() -> None:
    """Take all pictures, or those named."""
    found = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if not found:
        raise SystemExit("no chromium on this machine; install Debian's package chromium")
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, chinaai.connect() as kg, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        for name, options, fragment in SHOTS:
            if not wanted or name in wanted:
                file = Path(folder) / f"{name}.html"
                kg.view(file, **options)
                shoot(browser, file, fragment, TARGET / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
