"""A page that Chromium prints in one, two or three columns gives the same paragraphs."""

import pytest

from tests.test_documents import paragraphs, read
from tests.test_printed_pages import FIRST, ROWS, SECOND

pytestmark = pytest.mark.browser
PRINTED = """<!doctype html><html lang="en"><title>On the ferries</title><style>
body {{ font: 11pt/1.35 serif; text-align: {align} }} h1, h2, table {{ text-align: left }}
.text {{ column-count: {columns}; column-gap: 18pt }} p {{ margin: 0; text-indent: {indent} }}
table {{ column-span: all; margin: 12pt 0 }} td {{ padding: 2pt 9pt }}
</style><h1>On the ferries</h1><div class="text">{text}</div>"""
CELLS = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in ROWS)
TEXT = (
    f"<p>{FIRST}<p>{SECOND}<h2>What the court said</h2><p>{SECOND}<p>{FIRST}"
    f"<table>{CELLS}</table><p>{FIRST}<p>{SECOND}<h2>What came of it</h2><p>{SECOND}"
)


@pytest.fixture(scope="module")
def printed_by(chromium):
    page = chromium.new_page()

    def print_(**layout):
        page.set_content(PRINTED.format(text=TEXT, **layout))
        return page.pdf(format="A4")

    yield print_
    page.close()


@pytest.mark.parametrize("align", ["left", "justify"])
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_that_chromium_sets_are_read_like_one(tmp_path, printed_by, columns, align):
    found = paragraphs(
        read(tmp_path, "a.pdf", printed_by(columns=columns, align=align, indent="12pt"))
    )
    cells = [cell for row in ROWS for cell in row if cell]
    assert found == [
        "On the ferries", FIRST, SECOND, "What the court said", SECOND, FIRST, *cells,
        FIRST, SECOND, "What came of it", SECOND,
    ]  # fmt: skip
