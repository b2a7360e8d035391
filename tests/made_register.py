"""A small register of generative-AI services, of the form of the real one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from chinaai.graph.problems import Problem
from chinaai.loaders.base import SEEDS, Context
from chinaai.loaders.cac import Register, read_lookups, read_register
from chinaai.loaders.curated import read_seeds

REGISTERS = SEEDS / "registers"
FILINGS = REGISTERS / "cac-genai-filings.tsv"
HEADER = "period\tkind\tseq\tprovince\tname\tentity\tnumber\tdate\textra"
NOTICES = "period\ttitle\turl\trows\tfilings\tregistrations\tcolumns"
#: Three rows of a made-up notice of the register's form.
ROWS = (
    "2030-01\t备案\t1\t上海市\t甲大模型\t甲（上海）科技有限公司\tShanghai-Jia-203001020001\t2030/1/30\t",
    "2030-01\t备案\t2\t江苏省\t乙大模型\t乙科技有限公司\tJiangsu-Yi-203001030002\t2030/1/30\t",
    "2030-01\t登记\t1\t北京市\t丙助手\t丙(北京)科技有限公司\tBeijing-Bing-20300130S0001\t2030/1/30（补登）\t",
)


@cache
def context() -> Context:
    return Context(read_seeds(SEEDS).identity(), SEEDS, date(2026, 11, 24))


def small(folder: Path, *rows: str, counts: str = "3\t2\t1", data: bytes | None = None) -> Register:
    """Read a small register: one notice, and the given rows or bytes."""
    notice = f"2030-01\t生成式人工智能服务已备案信息（2030年1月）\thttps://www.cac.gov.cn/\t{counts}\t[]\n"
    (folder / "cac-genai-notices.tsv").write_text(f"{NOTICES}\n{notice}", encoding="utf-8")
    path = folder / "rows.tsv"
    path.write_bytes("\n".join([HEADER, *rows, ""]).encode() if data is None else data)
    return read_register(path, read_lookups(REGISTERS), REGISTERS)


def places(problems: list[Problem]) -> set[tuple[str, int, int]]:
    return {(problem.code, problem.line, problem.column) for problem in problems}
