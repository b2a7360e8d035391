"""The self-contained, offline HTML page of a graph: `render` gives its text, `write` puts it in a file."""

from .errors import PageTooLargeError, ViewError
from .page import render, write

__all__ = ["PageTooLargeError", "ViewError", "render", "write"]
