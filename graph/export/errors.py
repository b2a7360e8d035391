"""The error of a failed export."""

from __future__ import annotations

from ..errors import ChinaAIError


class ExportError(ChinaAIError):
    """The graph can't be written in this form or to this place; what stood there before is unharmed."""
