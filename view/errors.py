"""What can go wrong while a page is made."""

from __future__ import annotations

from ..graph.errors import ChinaAIError


class ViewError(ChinaAIError):
    """The graph or an option can't be drawn as asked."""


class PageTooLargeError(ViewError):
    """The graph is too large for one page; `write` makes an index with pages by neighbourhood instead."""
