"""Templates, trusted texts, and the writing of a file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import jinja2
from markupsafe import Markup

from ..graph.export.target import replacing_file
from .errors import ViewError


def packaged(*path: str) -> str:
    """Text of a file of this package."""
    return resources.files(__package__).joinpath(*path).read_text(encoding="utf-8")


_ENV = jinja2.Environment(
    autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    loader=jinja2.FunctionLoader(lambda name: packaged("templates", name)),
)  # fmt: skip


def template(name: str) -> jinja2.Template:
    """A template of this package."""
    return _ENV.get_template(name)


def safe(text: str) -> Markup:
    """Our own script or style, not escaped: its hash must fit. Raises ViewError if it could close its element."""
    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise ViewError("a script or style of the page could close its own element")
    return Markup(text)


def save(path: Path, text: str) -> None:
    """UTF-8 whatever the locale, temp file then rename, so that nobody opens half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
