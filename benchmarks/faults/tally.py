"""What was tried and what went wrong, as a table."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """One line of the table. A fault is anything but the right end or a sentence that says what to do."""

    title: str
    tries: int = 0
    lost: int = 0
    doubled: int = 0
    tracebacks: int = 0
    hangs: int = 0
    other: int = 0
    ends: Counter[str] = field(default_factory=Counter)  # how the tries ended, for the last column
    begun: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """Everything that should not be."""
        return self.lost + self.doubled + self.tracebacks + self.hangs + self.other

    def fault(self, kind: str, what: str, count: int = 1) -> None:
        """Count a fault and tell it at once."""
        setattr(self, kind, getattr(self, kind) + count)
        print(f"FAULT {self.title}, {kind}: {what}", file=sys.stderr, flush=True)

    def tried(self, end: str, of: int) -> None:
        """Count a try by its end, and say now and then how far it is."""
        self.tries += 1
        self.ends[end] += 1
        self.seconds = time.monotonic() - self.begun
        if self.tries % max(1, of // 5) == 0:
            print(f"{self.title}: {self.tries} of {of}, {self.faults} faults, {self.seconds:.0f} s", file=sys.stderr)


def table(tallies: list[Tally]) -> str:
    """The table in Markdown."""
    lines = [
        "| what | tries | faults | lost | doubled | tracebacks | hangs | how the tries ended |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in tallies:
        ends = ", ".join(f"{count:,} {end}" for end, count in one.ends.most_common())
        lines.append(
            f"| {one.title} | {one.tries:,} | {one.faults} | {one.lost} | {one.doubled} | {one.tracebacks} | "
            f"{one.hangs} | {ends} |"
        )
    return "\n".join(lines)
