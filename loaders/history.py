"""What the seeds said before: every release's files, kept as what changed since the one before.

`seeds/history/YYYY-MM-DD.json.xz` holds the seeds as they stood at the end of that day, by file: a list of pieces, each
either `[from, to]`, lines of the file of the day before, or the new lines themselves. A file that is not named is as
before; null means that it went. The first day is told against nothing. The days up to 2026-11-25 were taken once from
the commits of this repository; each later release is added before its facts are changed.

    python -m chinaai.loaders.history keep    add the seeds as they stand, under the day of their last review;
                                              before anything of them is changed
"""

from __future__ import annotations

import json
import lzma
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from ..graph.errors import ChinaAIError
from ..graph.export.target import replacing_file
from .base import SEEDS

FOLDER = "history"
_ENDING = ".json.xz"
_ENDS = (".yaml", ".tsv")
#: Files of former days that held curators' notes and were never read into the graph.
_NOTES = frozenset({"judgements.yaml"})
#: Files that the register's reader needs and former days had not, with nothing in them.
_NOTHING_JUDGED = {"kinds.yaml": "kinds: []\n", "kind-words.yaml": "tails: []\nsays: []\nunjudged: []\n"}
#: Pieces of a file: spans of lines of the one before, or lines.
Pieces = list[list[int] | list[str]]
Files = dict[str, str]


def days(seeds: Path = SEEDS) -> list[date]:
    """The days whose seeds are kept, oldest first."""
    found = (seeds / FOLDER).glob(f"*{_ENDING}")
    return sorted(date.fromisoformat(path.name.removesuffix(_ENDING)) for path in found)


def reviewed(seeds: Path = SEEDS) -> date:
    """Day of the seeds as they stand."""
    found: date = yaml.safe_load((seeds / "about.yaml").read_text(encoding="utf-8"))["reviewed"]
    return found


def day_known(day: date, seeds: Path = SEEDS) -> date | None:
    """The day of the newest kept seeds that stood on a day; None where that is the seeds as they stand.

    Raises:
        ChinaAIError: the day lies before the first seeds, or ahead.
    """
    kept = days(seeds)
    if day > date.today():
        raise ChinaAIError(f"what will be known on {day} is not known today", hint="name a day up to today")
    if day >= reviewed(seeds):
        return None
    before = [one for one in kept if one <= day]
    if not before:
        first = min([*kept, reviewed(seeds)])
        raise ChinaAIError(f"nothing was known here on {day}", hint=f"the first facts were written down on {first}")
    return before[-1]


def files_on(day: date, seeds: Path = SEEDS) -> Files:
    """Text of every seed file by path as it stood at the end of a kept day."""
    files: Files = {}
    for one in days(seeds):
        if one > day:
            break
        files = _applied(files, _read(seeds / FOLDER / f"{one}{_ENDING}"))
    return files


def write_files(files: Files, folder: Path) -> bool:
    """Write the files of a day as a folder of seeds that this version reads.

    Market entry was written as routes up to 2026-11-25, which this version does not read; it is left out there.

    Returns:
        whether market entry was left out.
    """
    old_form = "entry/routes.yaml" in files
    for name, text in files.items():
        if name in _NOTES or (old_form and name.startswith("entry/")):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    registers = folder / "registers"
    for name, nothing in _NOTHING_JUDGED.items() if registers.is_dir() else ():
        if not (registers / name).exists():  # nothing was judged by what was written down later
            (registers / name).write_text(nothing, encoding="utf-8")
    return old_form


def keep(seeds: Path = SEEDS, day: date | None = None) -> Path | None:
    """Add the seeds as they stand to the history; None where the newest kept ones are the same.

    Raises:
        ChinaAIError: a later day is kept already.
    """
    wanted = day or reviewed(seeds)
    kept = days(seeds)
    if kept and kept[-1] > wanted:
        raise ChinaAIError(f"a later day is kept already: {kept[-1]}", str(seeds / FOLDER), "raise 'reviewed' first")
    target = seeds / FOLDER / f"{wanted}{_ENDING}"
    earlier = [one for one in kept if one < wanted]
    before = files_on(earlier[-1], seeds) if earlier else {}
    now = _files(seeds)
    if before == now:
        target.unlink(missing_ok=True)
        return None
    return _write(target, before, now)


def former_reviews(seeds: Path = SEEDS) -> set[date]:
    """Days of review that the repository of the seeds names, less that of now; none where there is no repository."""
    log = _git(seeds, "log", "-p", "--format=", "--", "about.yaml")
    return {date.fromisoformat(day) for day in re.findall(r"^\+reviewed: (\S+)", log, re.M)} - {reviewed(seeds)}


def refuse_late(seeds: Path = SEEDS) -> None:
    """Refuse to keep what is no longer the last review: `reviewed` was raised, or a fact changed, before it was kept.

    Raises:
        ChinaAIError: with what to bring back first.
    """
    back = "put your changes aside (git stash), keep, commit, and take them up again (git stash pop)"
    if missing := sorted(former_reviews(seeds) - set(days(seeds))):
        told = f"'reviewed' is {reviewed(seeds)} and the review of {missing[-1]} was not kept before"
        raise ChinaAIError(
            told, str(seeds / "about.yaml"), f"{back}; where they are committed, check out that day's seeds"
        )
    lines = _git(seeds, "status", "--porcelain", "--untracked-files=all", "--", ".").splitlines()
    changed = [line[3:] for line in lines if line.endswith(_ENDS)]
    if changed:
        told = f"{changed[0]} was changed since the review of {reviewed(seeds)}, which is to be kept as it was"
        raise ChinaAIError(told, str(seeds), back)


def _git(seeds: Path, *words: str) -> str:
    """What git says of the seeds; nothing where no repository holds them."""
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run([git, "-C", str(seeds), *words], capture_output=True, check=False)
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def _files(seeds: Path) -> Files:
    found = (path for path in sorted(seeds.rglob("*")) if path.suffix in _ENDS and path.is_file())
    return {path.relative_to(seeds).as_posix(): path.read_bytes().decode("utf-8") for path in found}


def _changed(before: Files, now: Files) -> dict[str, Pieces | None]:
    """What differs by file; `_applied` undoes it."""
    gone: dict[str, Pieces | None] = {name: None for name in before if name not in now}
    return gone | {
        name: _pieces(before.get(name, "").split("\n"), text.split("\n"))
        for name, text in now.items()
        if before.get(name) != text
    }


def _write(target: Path, before: Files, now: Files) -> Path:
    text = json.dumps(_changed(before, now), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing_file(target) as part:
        part.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))
    return target


def _read(path: Path) -> dict[str, Pieces | None]:
    try:
        found: dict[str, Pieces | None] = json.loads(lzma.decompress(path.read_bytes()))
    except (lzma.LZMAError, ValueError, EOFError) as error:
        hint = "fetch the package, or the repository, again"
        raise ChinaAIError("the history of the seeds can't be read", str(path), hint) from error
    return found


def _pieces(old: list[str], new: list[str]) -> Pieces:
    found: Pieces = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append([start, end])
        elif first < last:
            found.append(new[first:last])
    return found


def _applied(files: Files, changed: dict[str, Pieces | None]) -> Files:
    found = dict(files)
    for name, pieces in changed.items():
        if pieces is None:
            del found[name]
            continue
        old = files.get(name, "").split("\n")
        found[name] = "\n".join(line for piece in pieces for line in _told(piece, old))
    return found


def _told(piece: list[int] | list[str], old: list[str]) -> Iterable[str]:
    if isinstance(piece[0], int):
        return old[int(piece[0]) : int(piece[1])]
    return map(str, piece)


def main(words: list[str]) -> None:
    """Run the command named above."""
    if words == ["keep"]:
        refuse_late()
        written = keep()
        sys.stderr.write(f"kept: {written}\n" if written else "the newest kept seeds are those that stand\n")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
