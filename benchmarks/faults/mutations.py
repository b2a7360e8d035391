"""Seed files and tables that were damaged: each is refused with its place, or read whole."""

from __future__ import annotations

import functools
import random
import resource
import shutil
import signal
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import outside_data
import yaml
from chinaai.graph.problems import Problem
from chinaai.loaders import listings as listings_module
from chinaai.loaders.algorithms import loader as algorithms_module
from chinaai.loaders.base import SEEDS, Context, loaders
from chinaai.loaders.build import context_of
from chinaai.loaders.cac import loader as cac_module
from chinaai.loaders.cac import read_lookups
from chinaai.loaders.curated import check_seeds, curated_batch, read_seeds
from chinaai.loaders.entry import check_entry, read_entry
from chinaai.loaders.lists import loader as lists_module
from damage import damaged
from faults.seedfolders import write_seeds
from tally import Tally

#: Seconds after which a reader hangs; the pieces take milliseconds.
PATIENCE = 60
#: Bytes of a piece of a large file.
PIECE = 2_000
#: Rows of a piece of a table; an index has as many constituents.
ROWS = 30
FILINGS, NOTICES = (SEEDS / "registers" / f"cac-genai-{name}.tsv" for name in ("filings", "notices"))


class HangError(BaseException):
    """A reader took too long; no reader may catch it."""


@dataclass(frozen=True)
class Reader:
    """What reads files of a kind: problems, and what it lost of the damaged bytes where it told none."""

    title: str
    file: str  # name that the damaged piece gets
    pieces: Callable[[random.Random], bytes | tuple[bytes, bytes]]  # with what stands beside it, if anything
    read: Callable[[Path], tuple[list[Problem], str]]


#: Weights of readers other than 1.
WEIGHTS = {"files of facts": 3.0, "files of market entry": 3.0, "control lists": 0.3, "algorithm register": 0.5}


def run(tries: int, seed: int, folder: Path) -> list[Tally]:
    """Readers as they are drawn, the slow ones less often, in this process."""
    random_ = random.Random(seed)
    readers = list(_readers(folder))
    weights = [WEIGHTS.get(reader.title, 1.0) for reader in readers]
    tallies = {reader.title: Tally(f"damaged {reader.title}") for reader in readers}
    grown = 0
    signal.signal(signal.SIGALRM, _hang)
    for number in range(tries):
        grown = grown or (_memory() if number >= len(readers) else 0)
        reader = readers[number] if number < len(readers) else random_.choices(readers, weights)[0]
        tally = tallies[reader.title]
        piece = reader.pieces(random_)
        piece, beside = piece if isinstance(piece, tuple) else (piece, b"")
        data, how = damaged(random_, piece)
        place = folder / "piece"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
        path = place / reader.file
        path.write_bytes(data)
        if beside:
            (place / NOTICES.name).write_bytes(beside)
        told = f"try {number} of seed {seed} ({', '.join(how)})"
        problems, lost = [], ""
        signal.alarm(PATIENCE)
        try:
            problems, lost = reader.read(path)
        except HangError:
            tally.fault("hangs", told)
        except Exception:
            tally.fault("tracebacks", f"{told}: {traceback.format_exc(limit=-3)}")
        finally:
            signal.alarm(0)
        if lost:
            tally.fault("lost", f"{told}: {lost}")
        _checked(problems, tally, told)
        tally.tried("told" if problems else "read whole", tries // 5)
    print(f"peak memory after the first of each reader: {grown} MB, after all: {_memory()} MB")
    return [tally for tally in tallies.values() if tally.tries]


def _checked(problems: list[Problem], tally: Tally, told: str) -> None:
    """A problem names its file, and says something in words of ours."""
    for problem in problems:
        if not problem.file or not problem.message or "Error" in problem.message.split(":")[0]:
            tally.fault("other", f"{told}: no clear words: {problem}")
            return


def _hang(*_: object) -> None:
    raise HangError


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _readers(folder: Path) -> list[Reader]:
    context = context_of(read_seeds(SEEDS))
    # The reviewed lines are read once, not ten thousand times.
    kept = functools.cache(read_lookups)
    for module in (cac_module, listings_module, algorithms_module):
        module.read_lookups = kept  # type: ignore[attr-defined]
    lists_module.read_reviewed = functools.cache(lists_module.read_reviewed)  # type: ignore[attr-defined]
    facts = sorted(path for path in SEEDS.glob("*.yaml") if path.name not in ("about.yaml", "names.yaml"))
    entry = sorted((SEEDS / "entry").glob("*.yaml"))
    made = write_seeds(folder / "made", facts=40) / "all.yaml"
    tests = Path(__file__).resolve().parent.parent.parent / "tests" / "data"
    notices = _by_notice()
    outside = context_of(read_seeds(tests / "outside" / "seeds"), outside_data.DAY)
    return [
        Reader("files of facts", "all.yaml", functools.partial(_blocks, facts), _curated),
        Reader("files of facts, whole", "all.yaml", lambda _: made.read_bytes(), _curated),
        Reader("files of market entry", "all.yaml", functools.partial(_blocks, entry), _entry),
        _table("register of services", "cac", FILINGS, context, _filings, lambda drawn: drawn.choice(notices)),
        _table("control lists", "lists", SEEDS / "registers/control-list-members.tsv", context),
        _table("listings", "listings", SEEDS / "registers/listings.tsv", context),
        _table("algorithm register", "algorithms", tests / "algorithms.tsv", context),
        _table("outside tables", "epoch", tests / "outside/epoch.csv", outside),
        _table("index lists", "hstech", tests / "outside/hstech_2030-06.csv", outside),
    ]


def _blocks(files: list[Path], random_: random.Random) -> bytes:
    """A head of a section and some whole blocks below it."""
    path = random_.choice(files)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    heads = [i for i, line in enumerate(lines) if line[:1].isalpha()]
    head = random_.choice(heads)
    end = next((i for i in heads if i > head), len(lines))
    starts = [i for i in range(head + 1, end) if lines[i].startswith("- ")]
    begun = random_.choice(starts) if starts else head + 1
    piece = lines[head]
    for i in range(begun, end):
        if i in starts and len(piece) > PIECE:
            break
        piece += lines[i]
    return piece.encode()


def _curated(path: Path) -> tuple[list[Problem], str]:
    seeds = read_seeds(path.parent)
    if seeds.problems:
        return seeds.problems, ""
    held = len(seeds.sources) + len(seeds.entities) + len(seeds.facts) + len(seeds.conflicts) + len(seeds.sentences)
    lost = _lost(path, held)
    problems = check_seeds(seeds)
    if not problems:
        curated_batch(seeds)
    return problems, lost


def _entry(path: Path) -> tuple[list[Problem], str]:
    seeds = read_entry(path.parent)
    told = [problem for problem in seeds.problems if Path(problem.file).name != "about.yaml"]
    if told:
        return told, ""
    lost = _lost(path, sum(len(blocks) for blocks in seeds.blocks.values()))
    return check_entry(seeds, _reviewed(), set()), lost


@functools.cache
def _reviewed() -> Any:
    """The day of the small seeds' review, on which every kind of service must lead somewhere."""
    return read_seeds(SEEDS.parent / "tests" / "data" / "small").about.reviewed


def _lost(path: Path, held: int) -> str:
    """What another YAML reader sees more of than ours, in a file with which ours found nothing wrong."""
    try:
        root = yaml.safe_load(path.read_bytes())
    except (yaml.YAMLError, ValueError):
        return ""  # ours reads texts alone and takes no number or date for more than its letters
    wanted = sum(len(blocks) for blocks in root.values()) if isinstance(root, dict) else 0
    return "" if wanted == held else f"{held} of {wanted} blocks were read"


def _table(
    title: str, name: str, file: Path, context: Context, lost: Callable[[Path, Any], str] | None = None,
    pieces: Callable[[random.Random], tuple[bytes, bytes]] | None = None,
) -> Reader:  # fmt: skip
    loader = loaders()[name]
    lines = file.read_bytes().splitlines(keepends=True)

    def piece(random_: random.Random) -> bytes:
        begun = random_.randrange(1, max(2, len(lines) - ROWS))
        return b"".join([lines[0], *lines[begun : begun + ROWS]])

    def read(path: Path) -> tuple[list[Problem], str]:
        found = loader.read(path, context)
        return found.problems, lost(path, found) if lost and not found.problems else ""

    return Reader(title, file.name, pieces or piece, read)


def _by_notice() -> list[tuple[bytes, bytes]]:
    """The smaller notices of the register whole, each with its line of counts."""
    head, *rows = FILINGS.read_bytes().splitlines(keepends=True)
    counts, *lines = NOTICES.read_bytes().splitlines(keepends=True)
    found = []
    for line in lines:
        period = line.split(b"\t")[0] + b"\t"
        own = [row for row in rows if row.startswith(period)]
        if 0 < len(own) < 100:
            found.append((head + b"".join(own), counts + line))
    return found


def _filings(path: Path, found: Any) -> str:
    """Rows that became no filing and were not refused."""
    data = path.read_bytes()
    said = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(said, errors="replace")  # GB18030 has no line feed in a character
    rows = [line for line in text.split("\n")[1:] if line.strip()]
    labels = Counter(node.label for node in found.batch.nodes)
    refused = sum("refused" in remark.casefold() for remark in found.remarks)
    return "" if labels["Filing"] + refused >= len(rows) else f"{labels['Filing']} of {len(rows)} rows stand"
