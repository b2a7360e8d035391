"""Two versions of the facts side by side: exports, folders of seeds, or the graph."""

from .compare import Change, Kind, differences
from .reading import Version, version_of

__all__ = ["Change", "Kind", "Version", "differences", "version_of"]
