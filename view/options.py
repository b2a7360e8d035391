"""What a page is asked to show, checked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from ..graph.nearest import did_you_mean
from . import clean
from .errors import ViewError

Lang = Literal["en", "zh"]
Theme = Literal["auto", "light", "dark"]
Start = Literal["who", "entity", "timeline", "plan", "changes", "sources", "graph"]
LANGS, THEMES = get_args(Lang), get_args(Theme)
STARTS = ("who", "entity", "timeline", "plan", "changes", "sources", "graph")


def check_opening(focus: Sequence[str], hops: Any, path: Any, route: Any) -> None:
    """Refuse what a page can't open on together, and a reach of nothing. Raises ViewError."""
    if path is not None and (focus or route is not None):
        other = "focus" if focus else "route"
        raise ViewError("a page opens on one thing", f"path and {other}", "leave out one of the two")
    if not focus and hops != 1:
        raise ViewError(
            "hops tell how far a neighbourhood reaches", str(hops), "say of what with focus, or leave it out"
        )


@dataclass(frozen=True)
class Options:
    """Options of a page.

    Attributes:
        focus: ids whose dossier and neighbourhood come first; empty starts with who works with whom.
        lang: language at the start.
        theme: `auto` follows the reader's system.
        seed: another seed, another drawing.
        hops: how far the first neighbourhood reaches, 1 to 3.
        path: two ids; the drawing opens on the way from one to the other.
        start: view to open; None takes the one that fits the other options.
        filings: rows of the register as `register.filings_of` makes them.
        plans: market-entry answers as `plans.slim` makes them.
        events: what has a day, as `events.events_of` makes them.
    """

    focus: Sequence[str] = ()
    lang: Lang = "en"
    theme: Theme = "auto"
    seed: int = 0
    hops: int = 1
    path: tuple[str, str] | tuple[()] = ()
    start: Start | None = None
    filings: Sequence[Mapping[str, Any]] = ()
    plans: Sequence[Mapping[str, Any]] = ()
    events: Sequence[Sequence[Any]] = ()

    def __post_init__(self) -> None:
        if self.lang not in LANGS:
            raise ViewError("the page speaks en or zh", str(self.lang), did_you_mean(str(self.lang), LANGS))
        if self.theme not in THEMES:
            raise ViewError("the theme is auto, light or dark", str(self.theme), did_you_mean(str(self.theme), THEMES))
        if type(self.hops) is not int or self.hops not in (1, 2, 3):
            raise ViewError("a neighbourhood reaches 1 to 3 hops", str(self.hops))
        if self.start is not None and self.start not in STARTS:
            near = did_you_mean(str(self.start), STARTS)
            raise ViewError(
                "there is no such view", str(self.start), f"{near} it is one of {', '.join(STARTS)}".strip()
            )

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Options:
        """From keyword options; None stands for what is left out. Raises ViewError for one that is unknown."""
        odd = sorted(set(given) - set(cls.__dataclass_fields__))
        if odd:
            raise ViewError("the page has no such option", ", ".join(odd))
        return cls(**{key: value for key, value in given.items() if value is not None})

    def within(self, ids: set[str]) -> Options:
        """The same for a page that holds only these entities."""
        kept = [key for key in self.focus if clean.text(key) in ids]
        path = self.path if all(clean.text(key) in ids for key in self.path) else ()
        return replace(self, focus=kept, path=path)

    def block(self, title: str, ids: set[str]) -> dict[str, Any]:
        """What the page's script reads of them. Raises ViewError where a name is not in the graph."""
        missing = [key for key in (*self.focus, *self.path) if clean.text(key) not in ids]
        if missing:
            raise ViewError("not in the graph", ", ".join(missing[:5]), "ask for ids of drawn entities")
        start = self.start or ("graph" if self.path else "plan" if self.plans else "entity" if self.focus else "who")
        return {
            "title": clean.text(title), "lang": self.lang, "theme": self.theme, "seed": self.seed, "hops": self.hops,
            "focus": [clean.text(key) for key in self.focus], "path": [clean.text(key) for key in self.path],
            "start": start, "plans": clean.value(list(self.plans)), "events": clean.value(list(self.events)),
        }  # fmt: skip
