"""Types of node that stand apart from the curated facts: drawings and centralities would drown in them."""

from __future__ import annotations

#: Never drawn: computed options and the sentences of the article have answers of their own.
HIDDEN = frozenset({"EntryOption", "SeedSentence", "Source"})
#: Drawn only where asked for: the register and the fine print.
REGISTER = frozenset({"Filing", "LegalEntity", "Service", "Notice", "Article", "Way"})
