"""What differs between two versions, in memory that does not grow with them: both sides lie sorted in a file."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ..graph.elements import changed_fields
from .reading import Version

#: `closed` and `reopened` are facts that now have, or no longer have, an end; `mended` is any other change of fields.
Kind = Literal["added", "withdrawn", "closed", "reopened", "mended"]
_TABLE = "CREATE TABLE {} (kind TEXT, id TEXT, body TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"
_BOTH = """
SELECT o.kind, o.id, o.body, n.body FROM old o LEFT JOIN new n ON n.kind = o.kind AND n.id = o.id
WHERE n.body IS NULL OR n.body <> o.body
UNION ALL
SELECT n.kind, n.id, NULL, n.body FROM new n LEFT JOIN old o ON n.kind = o.kind AND n.id = o.id WHERE o.id IS NULL
ORDER BY 1, 2"""


@dataclass(frozen=True)
class Change:
    """One element that differs. `type` is its section or type; `fields` what it said and says, by field."""

    what: Kind
    type: str
    id: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        fields = {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()}
        return {"what": self.what, "type": self.type, "id": self.id, "fields": fields}


def differences(old: Version, new: Version) -> Iterator[Change]:
    """Everything that differs, sorted by type and id; nothing where the versions say the same.

    Two folders of seeds are compared as they are written, so that a folder of an older form can be one of them; in any
    other pair a folder is compiled as a build would.

    Raises:
        ChinaAIError: a side can't be read; InputError lists its problems.
    """
    written = old.form == new.form == "seeds"
    with tempfile.TemporaryDirectory(prefix="chinaai-") as folder, closing(_open(Path(folder))) as base:
        for table, version in (("old", old), ("new", new)):
            base.execute(_TABLE.format(table))
            elements = version.read() if written else version.built()
            # all fields as one text, equal where the fields are
            rows = ((kind, key, json.dumps(said, ensure_ascii=False, sort_keys=True)) for kind, key, said in elements)
            base.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)
        for kind, key, before, after in base.execute(_BOTH):
            yield _change(kind, key, before, after)


def _open(folder: Path) -> sqlite3.Connection:
    base = sqlite3.connect(folder / "versions.db", isolation_level=None)
    base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; BEGIN")
    return base


def _change(kind: str, key: str, before: str | None, after: str | None) -> Change:
    if before is None or after is None:
        return Change("added" if before is None else "withdrawn", kind, key)
    old, new = json.loads(before), json.loads(after)
    fields = changed_fields(old, new)
    if _ended(new) and not _ended(old):
        return Change("closed", kind, key, fields)
    if _ended(old) and not _ended(new):
        return Change("reopened", kind, key, fields)
    return Change("mended", kind, key, fields)


def _ended(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("valid_to")) or fields.get("status") == "ended"
