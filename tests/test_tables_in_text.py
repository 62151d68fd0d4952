"""The rows of a table are no sentences, and its cells are paragraphs."""

import pytest

import kg
from kg.reading.documents.reader import document_from_text

ROWS = (
    ("Name", "Role", "Company"),
    ("Ruth Cole", "Chair", "Orbit Waste"),
    ("Sven Olsen", "Treasurer", "Castor Bank"),
)
WIDTHS = (14, 12, 12)


def in_columns(row):
    return "".join(cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True)).rstrip()


FORMS = {
    "tabs": "\t".join,
    "pipes": " | ".join,
    "edges": lambda row: f"| {' | '.join(row)} |",
    "columns": in_columns,
}


def cells(text):
    return [text[p.start : p.end] for p in document_from_text(text, document_id="d").paragraphs]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_each_cell_is_a_paragraph_and_so_is_what_follows(form, gap):
    table = "\n".join(map(FORMS[form], ROWS))
    text = f"The board met.{gap}{table}{gap}Nadia Brandt approved these payments.\n"
    flat = [cell for row in ROWS for cell in row]
    assert cells(text) == ["The board met.", *flat, "Nadia Brandt approved these payments."]


@pytest.mark.model
@pytest.mark.parametrize("form", FORMS)
def test_no_claim_joins_cells_and_their_names_are_found(form):
    table = "\n".join(map(FORMS[form], ROWS))
    reading = kg.read_text(f"{table}\nNadia Brandt approved these payments.\n")
    assert [(c.subject.text, c.predicate.lemma) for c in reading.claims] == [
        ("Nadia Brandt", "approve")
    ]
    names = {m.text for g in reading.groups for m in g.mentions}
    assert {"Ruth Cole", "Castor Bank", "Sven Olsen"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "The river rose.  The bank fell.\nThe town was old.  It was flooded.\n",
        "(a)\tThe bank paid.\n(b)\tThe town paid.\n",
        "1.   The bank paid Ruth Cole.\n2.   The town paid Sven Olsen.\n",
        "He said that the   river rose and\nthat the bank had fallen in   it.\n",
    ],
)
def test_running_text_is_no_table(text):
    assert len(cells(text)) <= 2
