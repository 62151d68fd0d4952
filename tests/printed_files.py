"""PDFs written by hand, word for word at its place, to be read by their looks alone."""

import textwrap
from typing import NamedTuple

FONTS = ("Courier", "Courier-Bold")
LETTER = 0.6
"""Width of a letter of Courier, in sizes of type."""


class Put(NamedTuple):
    """Some text at a place in points, from the left and from the top."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    more: str = ""


def printed(*pages, title="", author="", page_entries=""):
    """Return a PDF; each page is a list of Put."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for name in FONTS),
        f"<< /Title ({title}) /Author ({author}) >>",
    ]
    for number, page in enumerate(pages):
        stream = "\n".join(map(_drawn, page))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            f"/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> {page_entries} >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    content, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return (
        f"{content}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(content)}\n%%EOF"
    ).encode("latin-1")


def _drawn(put):
    text = put.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {put.more} /F{int(put.bold)} {put.size} Tf {put.x} {842 - put.y} Td ({text}) Tj ET"


def column(text, *, x=60, y=60, width=40, size=10, leading=13):
    """Return a text as the lines of a column, ``width`` letters wide."""
    lines = textwrap.wrap(text, width, break_on_hyphens=False)
    return [Put(x, y + leading * n, line, size) for n, line in enumerate(lines)]


def row_by_row(*columns):
    """Return what stands in some columns in the order of its lines across them."""
    return sorted((put for lines in columns for put in lines), key=lambda put: (put.y, put.x))


def table(rows, *, x=60, y=60, width=110, leading=16, size=10):
    """Return a table of texts, a column every ``width`` points."""
    return [
        Put(x + width * i, y + leading * n, cell, size)
        for n, row in enumerate(rows)
        for i, cell in enumerate(row)
    ]
