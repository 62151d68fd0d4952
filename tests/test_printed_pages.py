"""PDFs are read as a reader sees them: columns, tables, notes, heads, headings."""

import random

import pytest

from kg.errors import UnreadableDocumentError
from kg.reading.documents.formats import pdf as pdf_reader
from kg.reading.documents.formats.pdf import (
    RECOGNISED,
    pages_without_text,
    recognised_pages,
    untold_pages,
)
from kg.reading.documents.formats.scans import Seen, can_read_pictures, words_of
from kg.reading.documents.printed.words import Word, lines_of
from tests.printed_files import LETTER, Put, column, printed, row_by_row, table
from tests.test_documents import paragraphs, read

FIRST = (
    "Freya Nordin founded Skarv Shipping in Bergen in 1998. The company bought two ferries from "
    "Halden Yard. In 2007 Freya Nordin sold Skarv Shipping to Baltic Lines. Baltic Lines never "
    "paid the full price. A court in Oslo ordered Baltic Lines to pay in 2011."
)
SECOND = (
    "Gustav Alm was chairman of Baltic Lines until 2012. He moved to Riga after the ruling. "
    "Halden Yard sued Gustav Alm in 2013. Gustav Alm denied that he had signed the contract. "
    "Baltic Lines was dissolved in 2014."
)
LONG = f"{FIRST} {SECOND}"


def shown(tmp_path, *pages, **options):
    return paragraphs(read(tmp_path, "a.pdf", printed(*pages, **options)))


def one_line(texts):
    return " ".join(text.replace("-\n", "-") for text in texts)


LEFT = column(FIRST)
RIGHT = column(SECOND, x=320)


@pytest.mark.parametrize(
    "drawn",
    [
        [*LEFT, *RIGHT],
        row_by_row(LEFT, RIGHT),
        [*RIGHT, *LEFT],
        row_by_row(LEFT, [put._replace(y=put.y + 4) for put in RIGHT]),
        [*column(FIRST, width=78), *column(SECOND, width=78, y=140)],
    ],
    ids=["column by column", "row by row", "right first", "rows that do not meet", "one column"],
)
def test_columns_are_read_one_after_the_other_however_they_were_drawn(tmp_path, drawn):
    assert one_line(shown(tmp_path, drawn)) == LONG


@pytest.mark.parametrize("seed", range(12))
def test_words_in_any_order_and_width_are_read_as_they_were_set(tmp_path, seed):
    chance = random.Random(seed)
    text = " ".join(chance.choices(LONG.split(), k=300))
    width, gap = chance.choice([24, 32, 40]), chance.choice([1.5, 2, 3])
    lines = column(text, width=width)
    half = len(lines) // 2
    right = 60 + (width + gap) * 10 * LETTER
    moved = [put._replace(x=right, y=60 + 13 * n) for n, put in enumerate(lines[half:])]
    assert one_line(shown(tmp_path, column(text, width=2 * width))) == text
    assert one_line(shown(tmp_path, row_by_row(lines[:half], moved))) == text


def test_three_columns_under_a_title_that_spans_them_are_read_in_order(tmp_path):
    texts = [f"{name} began with this line, and went on until its end had come." for name in
             ("The first column", "The second column", "The third column")]  # fmt: skip
    columns = [column(text, x=50 + 170 * n, y=120, width=24) for n, text in enumerate(texts)]
    title = Put(50, 70, "A title that spans all of the columns", 20)
    found = shown(tmp_path, [title, *row_by_row(*columns)])
    assert found[0] == title.text
    assert one_line(found[1:]) == " ".join(texts)


def test_a_heading_at_the_foot_of_a_column_stands_before_the_next(tmp_path):
    heading = Put(60, LEFT[-1].y + 45, "What the court said", 14, bold=True)
    right = column(SECOND, x=320)
    assert shown(tmp_path, [*LEFT, heading, *right]) == [FIRST, heading.text, SECOND]


def test_a_narrow_gutter_is_seen_by_the_straight_edge_beside_it(tmp_path):
    right = column(SECOND, x=60 + 41 * 10 * LETTER)
    assert one_line(shown(tmp_path, row_by_row(LEFT, right))) == LONG


def test_a_page_whose_columns_cannot_be_told_states_nothing_and_is_named(tmp_path):
    ends = [20 + 9 * (n % 4) for n in range(len(LEFT))]
    left = [put._replace(text=put.text[:end]) for put, end in zip(LEFT, ends, strict=True)]
    ragged = [
        put._replace(x=60 + (end + 4) * 10 * LETTER, text=put.text[: 60 - end])
        for put, end in zip(RIGHT, ends, strict=False)
    ]
    document = read(tmp_path, "a.pdf", printed(column(LONG, width=70), row_by_row(left, ragged)))
    assert untold_pages(document) == (2,)
    assert one_line(paragraphs(document)) == LONG
    assert "Gustav Alm was chairman" in document.text.split("\f")[1]


def test_lines_of_two_columns_that_touch_state_nothing(tmp_path):
    touching = column(SECOND, x=60 + 40 * 10 * LETTER)
    left = [put._replace(text=put.text.ljust(40, "x")) for put in LEFT]
    document = read(tmp_path, "a.pdf", printed([*left, *touching], column(LONG, width=70)))
    assert untold_pages(document) == (1,)


ROWS = [
    ("Payee", "Amount", "Date", "Approved by"),
    ("Kestrel Ltd", "EUR 30,000", "12 July 2020", "Nadia Brandt"),
    ("Orbit Waste", "EUR 4,500", "13 July 2020", "Oskar Lund"),
    ("Norwell", "EUR 900", "", "Nadia Brandt"),
]


def test_cells_of_a_table_are_cells_and_the_next_sentence_is_one(tmp_path):
    after = Put(60, 60 + 16 * 4, "Nadia Brandt approved these payments.")
    found = shown(tmp_path, [*table(ROWS), after])
    assert found == [cell for row in ROWS for cell in row if cell] + [after.text]


@pytest.mark.parametrize("events", [1, 2, 5])
def test_a_text_beside_its_label_is_one_cell_over_several_lines(tmp_path, events):
    text = "The board met in Oslo and approved the sale of the two ferries."
    page = []
    for day in range(1, events + 1):
        lines = column(text, x=160, y=60 + 45 * day, width=30)
        page += [Put(60, lines[0].y, f"{day} May 2016"), *lines]
    assert shown(tmp_path, page) == [
        cell for day in range(1, events + 1) for cell in (f"{day} May 2016", text)
    ]


def test_a_table_across_two_columns_parts_what_is_above_from_what_is_below(tmp_path):
    lower = [
        column(text, x=x, y=400)
        for text, x in (("Below left. " * 12, 60), ("Below right. " * 12, 320))
    ]
    found = shown(tmp_path, [*LEFT, *RIGHT, *table(ROWS, x=80, y=250), *lower[0], *lower[1]])
    text = one_line(found)
    places = [
        text.index(part) for part in ("founded", "dissolved", "Payee", "Below left", "Below right")
    ]
    assert places == sorted(places)


def test_a_table_in_a_column_does_not_touch_the_text_beside_it(tmp_path):
    rows = [("Bergen", "300", "1998"), ("Oslo", "900", "2007"), ("Riga", "120", "2011")]
    left = [*column(FIRST), *table(rows, y=200, width=70)]
    right = column(f"{SECOND} {SECOND} {SECOND}", x=320)
    found = shown(tmp_path, row_by_row(left, right))
    assert (
        one_line(found)
        == f"{FIRST} Bergen 300 1998 Oslo 900 2007 Riga 120 2011 {SECOND} {SECOND} {SECOND}"
    )


def test_heads_feet_and_page_numbers_are_furniture(tmp_path):
    pages = [
        [
            Put(60, 30, "Annual report of the yard"), Put(500, 30, str(number)),
            *column(f"Page {word} tells of {name}. {LONG}", width=70, y=80),
            Put(200, 800, "Confidential until further notice"),
        ]
        for number, word, name in ((11, "one", "Oslo"), (12, "two", "Riga"), (13, "three", "Bergen"))
    ]  # fmt: skip
    document = read(tmp_path, "a.pdf", printed(*pages))
    assert [page.number for page in document.pages] == ["11", "12", "13"]
    assert "Annual" not in one_line(paragraphs(document))
    assert "Confidential" not in one_line(paragraphs(document))


def test_figures_that_number_the_lines_are_no_text(tmp_path):
    lines = column(LONG, x=100, width=50, leading=16)
    numbers = [Put(60, put.y, str(n)) for n, put in enumerate(lines, 1)]
    assert one_line(shown(tmp_path, row_by_row(numbers, lines))) == LONG


def test_a_note_in_small_type_is_tied_to_its_raised_mark(tmp_path):
    first = Put(60, 60, "The yard sold two ferries.")
    mark = Put(60 + len(first.text) * 10 * LETTER, 56, "7", 6)
    rest = column("Nobody paid for them, and the court of Oslo said so. " * 3, y=73, width=70)
    foot = [Put(60, 697, "7", 5), Put(66, 700, "Interview with the chairman, 3 May 2015.", 8)]
    document = read(tmp_path, "a.pdf", printed([first, mark, *rest, *foot]))
    (note,) = document.footnotes
    assert note.number == "7"
    assert document.text[note.start : note.end] == "Interview with the chairman, 3 May 2015."
    assert document.text[: note.mark[0]] == first.text
    assert "Interview" not in one_line(paragraphs(document))


def test_a_raised_figure_after_a_unit_is_a_power(tmp_path):
    text = Put(60, 60, "The yard covers 12 km")
    power = Put(60 + len(text.text) * 10 * LETTER, 56, "2", 6)
    rest = Put(power.x + 6, 60, "of land, and it is in the north of the town.")
    assert one_line(shown(tmp_path, [text, power, rest])).startswith(
        "The yard covers 12 km² of land"
    )


@pytest.mark.parametrize(("size", "bold"), [(14, False), (10, True)])
def test_large_or_bold_lines_without_a_full_stop_are_headings(tmp_path, size, bold):
    heading = Put(60, 60, "what the court said", size, bold)
    document = read(tmp_path, "a.pdf", printed([heading, *column(LONG, y=80, width=70)]))
    assert [(p.heading, document.text[p.start : p.end]) for p in document.paragraphs] == [
        (True, heading.text), (False, LONG),
    ]  # fmt: skip


@pytest.mark.parametrize(("gap", "indent"), [(10, 0), (0, 15)])
def test_paragraphs_are_parted_by_space_or_by_a_first_line_set_in(tmp_path, gap, indent):
    first = column(FIRST, width=70)
    second = column(SECOND, width=70, y=first[-1].y + 13 + gap)
    second[0] = second[0]._replace(x=60 + indent, text=second[0].text)
    assert shown(tmp_path, [*first, *second]) == [FIRST, SECOND]


def test_double_spaced_lines_are_one_paragraph(tmp_path):
    assert shown(tmp_path, column(LONG, width=60, leading=26)) == [LONG]


def test_a_sentence_goes_on_over_columns_and_pages(tmp_path):
    lines = column(LONG, width=40)
    half = len(lines) // 2
    left, right = (
        lines[:half],
        [put._replace(x=320, y=60 + 13 * n) for n, put in enumerate(lines[half:])],
    )
    assert shown(tmp_path, [*left, *right]) == [LONG]
    found = shown(tmp_path, left, [put._replace(x=60) for put in right])
    assert [text.replace("\f", " ").replace(" \n", " ") for text in found] == [LONG]


def test_a_word_parted_at_a_lines_end_is_whole_in_the_parse(tmp_path):
    lines = [
        Put(60, 60, "The yard was evalu-"),
        Put(60, 73, "ating an Anglo-"),
        Put(60, 86, "Irish offer from Riga."),
    ]
    assert shown(tmp_path, lines) == ["The yard was evalu-\nating an Anglo-Irish offer from Riga."]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_like_any_other(tmp_path, turn):
    matrix = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[turn]
    lines = column(LONG, width=60, x=60, y=300)
    drawn = [put._replace(more=f"ET q {matrix} cm BT") for put in lines]
    content = (
        printed(drawn).replace(b" ET\n", b" ET Q\n").replace(b" ET\nendstream", b" ET Q\nendstream")
    )
    assert one_line(paragraphs(read(tmp_path, "a.pdf", content))) == LONG


def test_what_the_page_does_not_show_is_not_read(tmp_path):
    outside = Put(60, 20, "Printer's marks stand here.")
    page = [outside, *column(LONG, width=60, y=100)]
    assert shown(tmp_path, page, page_entries="/CropBox [0 0 595 800]") == [LONG]


def test_text_drawn_twice_is_read_once(tmp_path):
    twice = [put._replace(x=put.x + 0.3) for put in LEFT]
    assert one_line(shown(tmp_path, [*LEFT, *twice])) == FIRST
    assert one_line(shown(tmp_path, row_by_row(LEFT, twice))) == FIRST


def test_an_invisible_text_layer_over_a_scan_is_the_text(tmp_path):
    hidden = [put._replace(more="3 Tr") for put in column(LONG, width=60)]
    assert one_line(shown(tmp_path, hidden)) == LONG


@pytest.mark.parametrize("seed", range(4))
def test_the_uneven_sizes_of_ocr_part_no_paragraph(tmp_path, seed):
    chance = random.Random(seed)
    lines = []
    for put in column(LONG, width=52, leading=14):
        size = 10 + chance.uniform(-2, 2)
        hidden = f"3 Tr {1000 / size:.1f} Tz"  # as wide as what it lies over
        lines.append(put._replace(size=size, y=put.y + chance.uniform(-1, 1), more=hidden))
    document = read(tmp_path, "a.pdf", printed(lines))
    assert one_line(paragraphs(document)) == LONG
    assert len(document.paragraphs) == 1


def test_words_are_parted_where_no_space_is_drawn(tmp_path):
    words = [Put(60 + 80 * n, 60, word) for n, word in enumerate(("Oslo", "praised", "Bergen."))]
    near = [put._replace(x=60 + 6 * at) for put, at in zip(words, (0, 5, 13), strict=True)]
    assert shown(tmp_path, near) == ["Oslo praised Bergen."]


def test_a_tall_initial_letter_belongs_to_the_first_word(tmp_path):
    lines = column(
        "he ferries were sold too soon, and the town of Bergen did not know it.", width=30
    )
    beside = [put._replace(x=90 if n < 2 else 60) for n, put in enumerate(lines)]
    assert shown(tmp_path, [Put(60, 78, "T", 30), *beside]) == [
        "The ferries were sold too soon, and the town of Bergen did not know it."
    ]


def test_letters_set_wide_are_one_word():
    letters = [Word(letter, 10.0 * n, 10.0 * n + 6, 50, 10) for n, letter in enumerate("ANNEX")]
    after = [Word(letter, 10.0 * n + 65, 10.0 * n + 71, 50, 10) for n, letter in enumerate("OSLO")]
    (line,) = lines_of([*letters, *after])
    assert line.text == "ANNEX OSLO"


def test_title_and_author_are_those_that_the_file_tells(tmp_path):
    content = printed(column(LONG), title="The ferries of Bergen", author="Ruth Cole")
    document = read(tmp_path, "a.pdf", content)
    assert (document.title, document.author) == ("The ferries of Bergen", "Ruth Cole")


# --- pictures of text ----------------------------------------------------------------

BLANK_BOX = "0 0 10 10 re f"


def with_picture(*pages):
    """Return a PDF in which each empty page has something drawn on it."""
    return (
        printed(*pages)
        .replace(b"stream\n\nendstream", f"stream\n{BLANK_BOX}\nendstream".encode())
        .replace(b"/Length 0 ", f"/Length {len(BLANK_BOX)} ".encode())
    )


@pytest.fixture
def seen(monkeypatch):
    """Let the pictures of pages show two lines, whatever stands there."""
    lines = [
        Seen("Peru left the union.", 120, 100, 360, 124),
        Seen("Chile stayed.", 120, 130, 280, 154),
    ]
    monkeypatch.setattr(pdf_reader, "can_read_pictures", lambda: True)
    monkeypatch.setattr(pdf_reader, "read_picture", lambda _, scale: words_of(lines, scale))


@pytest.mark.usefixtures("seen")
def test_a_page_read_from_its_picture_is_marked_and_named(tmp_path):
    content = with_picture([Put(60, 60, "Kenya joined the union.")], [])
    document = read(tmp_path, "a.pdf", content)
    assert recognised_pages(document) == (2,)
    assert pages_without_text(document) == ()
    assert (
        one_line(paragraphs(document))
        == "Kenya joined the union. Peru left the union. Chile stayed."
    )
    mark = document.text.index(RECOGNISED)
    assert any(start <= mark < end for start, end in document.furniture)


@pytest.mark.usefixtures("seen")
def test_a_page_on_which_nothing_is_drawn_is_not_looked_at(tmp_path):
    document = read(tmp_path, "a.pdf", printed([Put(60, 60, "Kenya joined the union.")], []))
    assert pages_without_text(document) == (2,)


def test_without_the_extra_the_reason_names_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_reader, "can_read_pictures", lambda: False)
    monkeypatch.setattr("kg.reading.documents.formats.scans.can_read_pictures", lambda: False)
    with pytest.raises(UnreadableDocumentError, match=r"no text layer.*kg-claims\[ocr\]"):
        read(tmp_path, "a.pdf", with_picture([]))


@pytest.mark.skipif(not can_read_pictures(), reason="the extra ocr is not installed")
def test_the_extra_reads_a_picture_of_text(tmp_path):
    import pypdfium2

    source = pypdfium2.PdfDocument(printed([Put(60, 100, "Kenya joined the union.", 16)]))
    picture = source[0].render(scale=2).to_pil()
    picture.save(tmp_path / "a.pdf", "PDF", resolution=144)
    document = read(tmp_path, "b.pdf", (tmp_path / "a.pdf").read_bytes())
    assert recognised_pages(document) == (1,)
    assert one_line(paragraphs(document)) == "Kenya joined the union."
