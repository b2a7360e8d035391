"""Briefs as Word and Excel files, by python-docx and openpyxl (openpyxl is the extra `office`)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ...graph.errors import ChinaAIError
from .account import Block, Heading, Lines, Table
from .rows import EntryAnswer

_WIDEST = 70


def _library(name: str, package: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ChinaAIError(f"{package} is not installed", hint="pip install 'chinaai[office]'") from error


def docx_bytes(blocks: Sequence[Block]) -> bytes:
    """A Word file, landscape, one style a block. Raises ChinaAIError where python-docx is not installed."""
    docx = _library("docx", "python-docx")
    shared = _library("docx.shared", "python-docx")
    section_kind = _library("docx.enum.section", "python-docx")
    document = docx.Document()
    page = document.sections[0]
    page.orientation = section_kind.WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    page.left_margin = page.right_margin = shared.Cm(1.5)
    document.styles["Normal"].font.size = shared.Pt(9)
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(clean(block.text), level=block.level)
        elif isinstance(block, Lines):
            for line in block.lines:
                document.add_paragraph(clean(line), style="List Bullet")
        elif block.rows:
            _docx_table(document, block, shared)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _docx_table(document: Any, block: Table, shared: Any) -> None:
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Light Grid Accent 1"
    for cell, text in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = clean(text)
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = clean(text)
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = shared.Pt(7)


def xlsx_bytes(blocks: Sequence[Block], answer: EntryAnswer) -> bytes:
    """An Excel file, one sheet a table. Raises ChinaAIError where openpyxl is not installed."""
    openpyxl = _library("openpyxl", "openpyxl")
    styles = _library("openpyxl.styles", "openpyxl")
    utils = _library("openpyxl.utils", "openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "head"
    for line in [*answer.head, *answer.head_zh, answer.footer]:
        sheet.append([_text(line)])
    sheet.column_dimensions["A"].width = 120
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            sheet = book.create_sheet(block.name[:31])
            sheet.append(block.columns)
            for row in block.rows:
                sheet.append([_text(cell) for cell in row])
            for cell in sheet[1]:
                cell.font = styles.Font(bold=True)
            sheet.freeze_panes = "A2"
            sheet.auto_filter.ref = sheet.dimensions
            for i, column in enumerate(zip(block.columns, *block.rows, strict=True), 1):
                width = min(max(len(text) for text in column) + 2, _WIDEST)
                sheet.column_dimensions[utils.get_column_letter(i)].width = width
            for row_cells in sheet.iter_rows(min_row=2):
                for cell in row_cells:
                    cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def clean(text: str) -> str:
    """Text without the control signs that these forms can't hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)


def _text(text: str) -> str:
    """A cell that no program takes for a formula: a workbook tells texts from numbers, so two signs are enough."""
    kept = clean(text)
    return f"'{kept}" if kept[:1] in ("=", "@") else kept
