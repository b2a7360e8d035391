"""Questions that are asked again and again: what is new in their answers since they were asked last."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from ..graph.errors import ChinaAIError
from ..graph.export.target import replacing_file
from ..graph.nearest import did_you_mean
from ..queries.ask import Ask
from .behind import plain

FILE = "watches.json"


class WatchError(ChinaAIError):
    """A watch is unknown, or stands already; or the file that keeps them can't be read."""


@dataclass
class Watch:
    """A question under a name, with the rows of its last answer."""

    question: str
    parameters: dict[str, Any]
    asked: str
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class News:
    """What differs from the last answer. `changed` has each row as it was and is."""

    name: str
    question: str
    since: str
    new: list[dict[str, Any]]
    gone: list[dict[str, Any]]
    changed: list[tuple[dict[str, Any], dict[str, Any]]]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


class Watches:
    """The watches of a home folder."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def listed(self) -> dict[str, Watch]:
        """All watches by name. Raises WatchError."""
        try:
            held = json.loads(self.path.read_text(encoding="utf-8"))
            return {name: Watch(**watch) for name, watch in held.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            hint = "mend it, or delete it and add the watches again"
            raise WatchError(f"the watches can't be read: {error}", str(self.path), hint) from error

    def add(self, kg: Ask, name: str, question: str, parameters: Mapping[str, Any]) -> int:
        """Ask once and keep the answer to compare with. Returns the number of rows.

        Raises:
            WatchError: the name is empty or taken.
            QueryError: there is no such question, or a parameter is wrong.
        """
        if not name.strip():
            raise WatchError("the name of the watch is empty", "", "give it one, as apple")
        rows = plain(kg.run(question, **parameters).to_dicts())
        with self._changing() as held:
            if name in held:
                raise WatchError(f"there is a watch '{name}' already", "", "choose another name, or remove it")
            held[name] = Watch(question, dict(parameters), _now(), rows)
        return len(rows)

    def remove(self, name: str) -> None:
        """Forget a watch. Raises WatchError."""
        with self._changing() as held:
            if name not in held:
                raise _unknown(name, held)
            del held[name]

    def run(self, kg: Ask, names: list[str] | None = None, *, keep: bool = True) -> list[News]:
        """Ask the watches again, those named or all.

        Args:
            keep: compare with this answer next time.
        Raises:
            WatchError: a name is unknown.
            ChinaAIError: a question can't be asked; what was asked before it is kept.
        """
        held = self.listed()
        for name in names or ():
            if name not in held:
                raise _unknown(name, held)
        found = []
        for name in names or sorted(held):
            watch = held[name]
            rows = plain(kg.run(watch.question, **watch.parameters).to_dicts())
            found.append(_news(name, watch, rows))
            if keep:
                with self._changing() as now:
                    if name in now:
                        now[name] = Watch(watch.question, watch.parameters, _now(), rows)
        return found

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Watch]]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self.path.with_suffix(".lock"), mode=0o600):
            held = self.listed()
            yield held
            text = json.dumps({name: vars(watch) for name, watch in sorted(held.items())}, ensure_ascii=False, indent=1)
            with replacing_file(self.path) as part:
                part.write_text(text + "\n", encoding="utf-8")
                os.chmod(part, 0o600)  # noqa: PTH101 (before it stands under its name)


def _news(name: str, watch: Watch, rows: list[dict[str, Any]]) -> News:
    then, now = _by_key(watch.rows), _by_key(rows)
    return News(
        name, watch.question, watch.asked, [now[key] for key in now if key not in then],
        [then[key] for key in then if key not in now],
        [(then[key], now[key]) for key in now if key in then and then[key] != now[key]],
    )  # fmt: skip


def _by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows by the fact they show, or by all they say where that is none or several rows show it."""
    facts = [row.get("fact_id") for row in rows]
    return {
        str(fact) if fact and facts.count(fact) == 1 else json.dumps(row, sort_keys=True): row
        for row, fact in zip(rows, facts, strict=True)
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unknown(name: str, held: Mapping[str, Watch]) -> WatchError:
    known = ", ".join(sorted(held)) or "none yet"
    return WatchError(f"there is no watch '{name}'", "", f"{did_you_mean(name, held)} known: {known}".strip())
