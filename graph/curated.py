"""Types of node that stand apart from the curated facts: drawings and centralities would drown in them."""

from __future__ import annotations

from .model import NODES

#: Never drawn: computed options and the sentences of the article have answers of their own.
HIDDEN = frozenset(label for label, cls in NODES.items() if cls.drawn == "never")
#: Drawn only where asked for: the register and the fine print.
REGISTER = frozenset(label for label, cls in NODES.items() if cls.drawn == "asked")
#: Lead from anything to anything, so no evidence path goes through them: two firms of one city are not close.
CROWDS = frozenset(label for label, cls in NODES.items() if cls.crowd)
