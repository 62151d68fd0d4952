"""Read columns of text in a table (.csv, .tsv, .xlsx): each row is a document of its own.

Only columns that somebody names hold text; those beside them give its title, author and
date, where they are called so. Rows are counted as spreadsheets count them, from 1 on.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Any

from kg.lexicons import load_lexicons
from kg.reading.documents.formats.archives import Archive
from kg.reading.documents.formats.extracted import Extracted, Member, Unreadable
from kg.reading.documents.formats.plain import decode

ROW = "row of a table"
"""Stands for the suffix of a row, which no file has."""
TOLD: Mapping[str, str] = MappingProxyType(
    {"title": "title_column", "author": "author_column", "date": "date_column"}
)
"""What the columns beside the text may tell, and the words that name them."""
SEPARATORS = ",;\t|"
LINE = re.compile(r"[^\r\n]+")
HEAD_ROWS = 10
"""Rows at the top of a table among which that with the names of the columns is looked for."""
MOST_ROWS = 100_000
MOST_COLUMNS = 16_384
"""The columns that a spreadsheet has; a line of more would be a list that fills the memory."""
SHEET, SHEET_ROW = re.compile(r"/sheet[^/]*\.xml$"), re.compile(rb"<(?:\w+:)?row\b")
MOST_MARKS = 16 * MOST_COLUMNS
"""Tags in one row of a sheet; openpyxl holds a row whole, each cell as an object."""
MOST_STRINGS = 1_000_000
"""Different words of cells, which openpyxl reads in half a minute."""
LARGEST_CELL = 8 * 1024 * 1024
LARGEST_BOOK = 64 * 1024 * 1024
"""Bytes that all parts of a spreadsheet may unpack to."""
SHOWN_COLUMNS = 20
BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, SyntaxError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl raises for spreadsheets that break their own rules."""

Row = Sequence[str]


class NoColumnError(Unreadable):
    """No column of a table has a name that is asked for; another sheet may have it."""


def read_csv(content: bytes, *, columns: Sequence[str]) -> Extracted:
    """Return the rows of a table in plain text, whatever separates its cells."""
    text = decode(content).lstrip("\ufeff")
    csv.field_size_limit(LARGEST_CELL)
    if any(len(line[0]) > MOST_COLUMNS and _is_wide(line[0]) for line in LINE.finditer(text)):
        raise Unreadable(f"it has more than {MOST_COLUMNS} columns")
    separator = max(SEPARATORS, key=lambda sign: _fit(text, sign, columns))
    try:
        return Extracted("", members=tuple(_members(_rows(text, separator), columns)))
    except csv.Error as error:
        raise Unreadable(f"it is no sound table ({error})") from error


def read_xlsx(content: bytes, *, columns: Sequence[str]) -> Extracted:
    """Return the rows of the sheets of a spreadsheet that are not hidden."""
    _refuse_large(Archive(content))
    members: list[Member] = []
    without: list[NoColumnError] = []
    for name, rows in _sheets(content):
        try:
            members += list(_members(rows, columns, place=f"{name}/"))
        except NoColumnError as error:
            without.append(error)
    if without and not members:
        raise without[0]
    return Extracted("", members=tuple(members))


def read_row(content: bytes) -> Extracted:
    """Return the document that one row of a table is."""
    told = json.loads(content)
    # Without a title of its own it is named after the row, which then need not be told again.
    places = ((0, told["place"]),) if told["title"] else ()
    title, date, author = told["title"], told["date"], told["author"]
    return Extracted(told["text"], title, (), date, author=author, places=places)


def _is_wide(line: str) -> bool:
    return any(line.count(sign) > MOST_COLUMNS for sign in SEPARATORS)


def _rows(text: str, separator: str) -> Iterator[Row]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _fit(text: str, separator: str, columns: Sequence[str]) -> tuple[int, int]:
    """Return how well a sign parts the cells: how many columns are those asked for, or there."""
    try:
        rows = list(islice(_rows(text, separator), HEAD_ROWS))
    except csv.Error:
        return 0, 0
    return max(len(_at(row, columns)) for row in rows or [()]), max(map(len, rows or [()]))


def _members(rows: Iterable[Row], columns: Sequence[str], *, place: str = "") -> Iterator[Member]:
    """Yield a document for each row that holds words in a column that is asked for."""
    numbered = enumerate(rows, 1)
    found = _columns(numbered, columns)
    texts = 0
    for number, row in numbered:
        told = {what: _joined(row, at) for what, at in found.items()}
        if told["text"]:
            texts += 1
            if texts > MOST_ROWS:
                raise Unreadable(f"it has more than {MOST_ROWS} rows; cut it in parts")
            content = json.dumps(told | {"place": f"row {number}"}, ensure_ascii=False)
            yield Member(f"{place}row {number}", ROW, partial(content.encode, "utf-8", "replace"))


def _columns(numbered: Iterator[tuple[int, Row]], columns: Sequence[str]) -> dict[str, list[int]]:
    """Return where the texts stand, and what is told of them; leave the rows that follow."""
    named: list[str] = []
    for _, row in islice(numbered, HEAD_ROWS):
        if texts := _at(row, columns):
            words = load_lexicons().words
            beside = {what: _at(row, words[kind]) for what, kind in TOLD.items()}
            return {"text": texts} | {
                w: [a for a in at if a not in texts][:1] for w, at in beside.items()
            }
        named = named or [cell.strip() for cell in row if cell.strip()]
    shown = ", ".join(named[:SHOWN_COLUMNS])[:300] or "none"
    wanted = " or ".join(map(repr, columns))
    raise NoColumnError(f"no column of it is called {wanted} (its columns: {shown})")


def _at(row: Row, names: Collection[str]) -> list[int]:
    """Return where a row has cells of these names, in the order of the names."""
    folded = [cell.strip().casefold() for cell in row]
    return [folded.index(name.casefold()) for name in names if name.casefold() in folded]


def _joined(row: Row, places: Iterable[int]) -> str:
    """Return the words of some cells, an empty line between them."""
    cells = (row[place].strip() for place in places if place < len(row))
    return "\n\n".join(cell for cell in cells if cell)


# Spreadsheets


def _refuse_large(archive: Archive) -> None:
    """Raise Unreadable for a spreadsheet with a part that is a bomb, or too large to hold."""
    total = 0
    for name in archive.names:
        total += archive.size(name)
        if total > LARGEST_BOOK:
            raise Unreadable(f"it is too large unpacked (the limit is {LARGEST_BOOK // 2**20} MB)")
        if name.endswith("/sharedStrings.xml") and archive.read(name).count(b"<si") > MOST_STRINGS:
            raise Unreadable("it holds too many cells with words")
    for name in archive.names:
        if SHEET.search(name) and any(
            row.count(b"<") > MOST_MARKS for row in SHEET_ROW.split(archive.read(name))
        ):
            raise Unreadable("it holds too many cells in one row")


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Yield the name and the rows of each sheet that is shown."""
    try:
        import openpyxl
    except ImportError as error:
        raise Unreadable(
            "reading .xlsx needs openpyxl, which is not installed (pip install 'kg-claims[sheets]')"
        ) from error
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except BROKEN as error:
        raise Unreadable("it is broken: no sound spreadsheet") from error
    for sheet in sheets:
        yield sheet.title, _sheet_rows(sheet)


def _sheet_rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - openpyxl has no types
    """Yield the cells of each row as words; what a sheet says of its own size is not believed."""
    try:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_words(value) for value in row]
    except BROKEN as error:
        raise Unreadable("it is broken: a sheet cannot be read") from error


def _words(value: object) -> str:
    """Return what a cell shows; a day as ISO 8601."""
    return "" if value is None else str(value)
