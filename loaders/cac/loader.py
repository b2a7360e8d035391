"""The loader of the register: read, check, mend, resolve; the base plans and applies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

from ...graph.elements import Batch
from ..base import Context, Loaded, Loader
from ..notice import to_come
from ..remote import Remote
from .elements import DATASET, register_batch
from .lookups import read_lookups
from .register import FILINGS, Register, newest_notice, read_register
from .resolve import Resolved, Resolver


class CacLoader(Loader):
    """Filed and registered generative-AI services (备案 and 登记) of the Cyberspace Administration of China."""

    name: ClassVar[str] = DATASET
    title: ClassVar[str] = "CAC register of generative-AI services (生成式人工智能服务备案和登记)"
    expects: ClassVar[str] = (
        f"the rows as a table, a folder with {FILINGS}, or a new notice's page (HTML) or attachment (DOCX), "
        "which is read beside the shipped ones; or a folder of such"
    )
    remotes: ClassVar[tuple[Remote, ...]] = (
        Remote(
            "https://www.cac.gov.cn/2024-04/02/c_1713729983803145.htm", "page", "notices.htm", follow="生成式人工智能"
        ),
    )
    ships: ClassVar[str | None] = "registers"

    def shipped_to(self, context: Context) -> str:
        """Month of the newest shipped notice."""
        return newest_notice(context.seeds / "registers")

    def read(self, path: Path, context: Context) -> Loaded:
        """Read, check and resolve the register; the lookups are always the shipped, reviewed ones."""
        registers = context.seeds / "registers"
        known = read_lookups(registers)
        register = read_register(path, known, registers)
        register.problems += to_come(path.name, (notice.period for notice in register.notices), context.today)
        if register.problems:
            return Loaded(Batch(DATASET), register.problems, register.remarks)
        resolved = Resolver(known, context.identity).resolve(register.rows)
        if resolved.problems:
            return Loaded(Batch(DATASET), sorted(resolved.problems))
        batch = register_batch(register, known, resolved, context.identity, context.sides)
        filings = {node.id for node in batch.nodes if node.label == "Filing"}
        resolved.unused += [f"{one} (conflict {context.sides[one][0]})" for one in context.sides if one not in filings]
        return Loaded(batch, [], _remarks(register, resolved))


def _remarks(register: Register, resolved: Resolved) -> list[str]:
    kinds = Counter(row.kind for row in register.rows)
    mended = sum(1 for row in register.rows if row.mends)
    summary = (
        f"{len(register.rows)} filings ({kinds['备案']} 备案, {kinds['登记']} 登记) "
        f"of {len(register.notices)} notices; "
        f"{len(register.refused)} rows refused, {mended} mended; "
        f"{len(resolved.owners)} of {len(resolved.entities)} legal entities have a known owner"
    )
    unused = [f"a reviewed line joins nothing in this file: {line}" for line in resolved.unused]
    return [
        *register.remarks,
        *(str(item) for item in register.refused),
        *(str(item) for item in register.mends),
        *unused,
        summary,
    ]
