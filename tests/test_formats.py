"""The same words in every kind of file give the same claims; each kind keeps its structure."""

import doctest
import sys
from dataclasses import replace

import pytest
from by_hand import of_grammar

from kg.errors import OtherKindError, UnreadableDocumentError
from kg.graph.assembly import cite
from kg.pipeline import read_documents
from kg.reading.documents import files, titles
from kg.reading.documents.formats import blocks, extracted
from kg.reading.documents.formats.readers import ROW, readers_with
from kg.reading.documents.reader import read_documents_in
from kg.records import Reading
from kg.serialization import reading_from_json, reading_to_json
from kg.settings import Settings
from tests.test_documents import paragraphs, pdf, read
from tests.written_files import (
    archive,
    csv_file,
    docx,
    eml,
    epub,
    mbox,
    msg,
    odt,
    pptx,
    rtf,
    srt,
    vtt,
    word_paragraph,
    xhtml,
    xlsx,
)

SENTENCES = (
    "Kenya signed the treaty with Peru in 2018.",
    "Ada Okoro denied that Norway had sold ships to Iran.",
    "The minister may visit Chile.",
    "Ivo Brandt founded Gotland Dredging in Visby.",
    "Sweden did not join the union.",
)
HTML = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEXT = "\n\n".join(SENTENCES)
KINDS = {
    "a.txt": TEXT.encode(),
    "a.md": TEXT.encode(),
    "a.html": f"<html><body>{HTML}</body></html>".encode(),
    "a.xhtml": xhtml(HTML),
    "a.xml": f"<a><b>{HTML}</b></a>".encode(),
    "a.pdf": pdf("\n".join(SENTENCES)),
    "a.docx": docx("".join(map(word_paragraph, SENTENCES))),
    "a.odt": odt("".join(f"<text:p>{sentence}</text:p>" for sentence in SENTENCES)),
    "a.rtf": rtf("\\par ".join(SENTENCES)),
    "a.pptx": pptx([("body", SENTENCES)]),
    "a.epub": epub(HTML),
    "a.eml": eml(TEXT),
    "a.msg": msg(TEXT),
    "a.csv": csv_file(["text"], [TEXT]),
    "a.tsv": csv_file(["text"], [TEXT], separator="\t"),
    "a.xlsx": xlsx(Answers=[["text"], [TEXT]]),
    "a.mbox": mbox(eml(TEXT)),
    "a.srt": srt(*SENTENCES),
    "a.vtt": vtt(*SENTENCES),
    "a.zip": archive({"a.txt": TEXT}),
}


def documents(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_documents_in(path, name, "d", readers=readers_with(["text"])))


def said(document):
    """Return what each claim says, and in which words its sentence stands."""
    (reading,) = read_documents([document], Settings())
    return sorted(
        (
            c.subject.text, c.predicate.lemma, c.object.text if c.object else "", c.polarity,
            c.modality, c.attribution is not None, document.text[slice(*c.sentence)],
        )
        for c in of_grammar(reading.claims)
    )  # fmt: skip


def test_every_kind_is_written_here():
    assert {name.removeprefix("a") for name in KINDS} == set(readers_with(["text"])) - {
        ".text", ".markdown", ".htm", ROW,
    }  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize("name", KINDS)
def test_the_same_sentences_in_every_kind_give_the_same_claims(tmp_path, name):
    (document,) = documents(tmp_path, name, KINDS[name])
    (plain,) = documents(tmp_path, "plain.txt", KINDS["a.txt"])
    assert len(said(plain)) >= len(SENTENCES)
    assert said(document) == said(plain)


def test_a_word_document_keeps_headings_items_cells_and_notes(tmp_path):
    style = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>An item.</w:t></w:r></w:p>"
    called = "<w:p><w:r><w:t>Rome fell.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    cells = f"<w:tbl><w:tr><w:tc>{word_paragraph('Cell')}</w:tc></w:tr></w:tbl>"
    space = 'xmlns:w="urn:w"'
    note = f'<w:footnotes {space}><w:footnote w:id="2">{word_paragraph("See Livy.")}</w:footnote></w:footnotes>'
    content = docx(
        word_paragraph("The fall", "berschrift1") + called + item + cells,
        word__styles=f"<w:styles {space}>{style}</w:styles>",
        word__footnotes=note,
    )
    document = read(tmp_path, "a.docx", content)
    assert document.paragraphs[0].heading
    assert paragraphs(document) == ["The fall", "Rome fell.", "An item.", "Cell"]
    (found,) = document.footnotes
    assert (found.number, document.text[found.start : found.end]) == ("1", "See Livy.")


@pytest.mark.parametrize(
    "run",
    [
        "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>not </w:t></w:r></w:moveFrom>",
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>not </w:t></w:r>",
        "<w:r><w:rPr><w:vanish w:val='true'/></w:rPr><w:t>not </w:t></w:r>",
        "<w:r><w:instrText>not </w:instrText></w:r>",
    ],
)
def test_what_is_deleted_struck_or_hidden_in_word_is_no_text(tmp_path, run):
    words = f"<w:p><w:r><w:t>Rome did </w:t></w:r>{run}<w:r><w:t>fall.</w:t></w:r></w:p>"
    assert read(tmp_path, "a.docx", docx(words)).text == "Rome did fall.\n"


def test_pages_of_a_word_document_are_places_to_cite(tmp_path):
    broken = "<w:p><w:r><w:t>Rome </w:t><w:lastRenderedPageBreak/><w:t>fell.</w:t></w:r></w:p>"
    document = read(tmp_path, "a.docx", docx(broken))
    assert document.text == "Rome fell.\n"
    assert [(p.start, p.file_number) for p in document.pages] == [(0, "1"), (5, "2")]


def test_an_open_document_keeps_headings_notes_and_no_struck_words(tmp_path):
    struck = (
        '<style:style style:name="T1"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:p>Old.</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">The fall</text:h>'
        '<text:p>Rome <text:span text:style-name="T1">never </text:span>fell<text:s/>then.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>See Livy.</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>An item.</text:p></text:list-item></text:list>"
    )
    meta = '<m><d:title xmlns:d="urn:d">On Rome</d:title></m>'
    document = read(tmp_path, "a.odt", odt(body, struck, meta=meta))
    assert document.title == "On Rome"
    assert paragraphs(document) == ["The fall", "Rome fell then.", "An item."]
    assert document.paragraphs[0].heading
    assert [note.number for note in document.footnotes] == ["1"]


def test_rich_text_keeps_signs_notes_and_headings(tmp_path):
    body = (
        "{\\stylesheet{\\s1 Heading;}}\\pard\\outlinelevel0 The fall\\par\\pard "
        "Ren\\'e9e said \\ldblquote no\\rdblquote  in \\u321?\\'f3d\\'9f.{\\footnote See {\\i Livy}.}\\par "
        "Rome {\\strike never }fell{\\v hidden}.{\\*\\unknown secret}{\\pict 00ff}\\par "
    )
    document = read(tmp_path, "a.rtf", rtf(body))
    assert paragraphs(document) == [
        "The fall", "Renée said “no” in ŁódŸ.", "Rome fell.",
    ]  # fmt: skip
    assert document.paragraphs[0].heading
    assert [note.number for note in document.footnotes] == ["1"]


def test_slides_are_pages_with_titles_as_headings(tmp_path):
    content = pptx(
        [("title", ["The fall"]), ("body", ["Rome fell.", "It burnt."]), ("sldNum", ["1"])],
        [("pic", [""])],
        [("title", ["The rise"]), ("body", ["Rome rose."])],
    )
    document = read(tmp_path, "a.pptx", content)
    assert paragraphs(document) == [
        "The fall", "Rome fell.", "It burnt.", "The rise", "Rome rose.",
    ]  # fmt: skip
    assert [page.name for page in document.pages] == ["slide 1", "slide 3"]
    assert cite(document, document.text.index("Rome rose")) == "The fall, slide 3"
    assert [p.heading for p in document.paragraphs] == [True, False, False, True, False]


def test_a_book_gives_its_chapters_in_order_with_title_and_day(tmp_path):
    document = read(tmp_path, "a.epub", epub("<h1>One</h1><p>Rome fell.</p>", "<p>It rose.</p>"))
    assert (document.title, document.date) == ("A book", "2019-05-03")
    assert paragraphs(document) == ["One", "Rome fell.", "It rose."]


def test_chapters_of_a_book_are_places_to_cite(tmp_path):
    heads = "<h1>1</h1><h2>The fall</h2><p>Rome fell.</p>"
    document = read(
        tmp_path, "a.epub", epub("<p>For Ada.</p>", heads, "<h1>Rise</h1><p>It rose.</p>")
    )
    places = [cite(document, document.text.index(words)) for words in ("For", "Rome", "It rose")]
    assert places == ["A book, section 1", "A book, “1: The fall”", "A book, “Rise”"]
    assert reading_from_json(reading_to_json(Reading(document))).document == document


def test_one_chapter_is_no_place(tmp_path):
    document = read(tmp_path, "a.epub", epub("<h1>One</h1><p>Rome fell.</p>"))
    assert cite(document, document.text.index("Rome")) == "A book, “One”"


def test_a_mails_headers_are_its_title_and_day_and_no_text(tmp_path):
    document = read(tmp_path, "a.eml", eml("I left Rome.\n"))
    assert (document.title, document.date) == ("Harbour", "2020-07-14")
    assert document.text.startswith("From: Ada Okoro <ada@example.org>\n")
    assert paragraphs(document) == ["I left Rome."]


def test_what_is_attached_to_a_mail_is_a_document_of_its_own(tmp_path):
    forwarded = eml("Rome rose.\n", subject="Rise")
    content = eml(
        "See below.", ("b.docx", docx(word_paragraph("Rome fell."))), ("c.eml", forwarded),
        ("logo.png", b"\x89PNG"), ("broken.odt", b"PK"),
    )  # fmt: skip
    found = documents(tmp_path, "a.eml", content)
    assert [d.source for d in found[:3]] == ["a.eml", "a.eml/b.docx", "a.eml/c.eml"]
    assert [d.id for d in found[:3]] == ["d", "d--b", "d--c"]
    assert isinstance(found[3], UnreadableDocumentError)
    assert found[3].path == tmp_path / "a.eml" / "broken.odt"
    assert isinstance(found[4], OtherKindError)
    assert found[4].path == tmp_path / "a.eml" / "logo.png"


def test_a_message_of_outlook_is_read_as_any_mail(tmp_path):
    attached = ("b.docx", docx(word_paragraph("Rome fell."))), ("logo.png", b"\x89PNG")
    found = documents(tmp_path, "a.msg", msg("I left Rome.\n", *attached))
    assert [getattr(d, "source", "") for d in found] == ["a.msg", "a.msg/b.docx", ""]
    assert found[0] == replace(
        read(tmp_path, "a.eml", eml("I left Rome.\n")), source="a.msg", sha256=found[0].sha256
    )
    assert isinstance(found[2], OtherKindError)


def table_rows(tmp_path, name, content, *columns):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_documents_in(path, name, "d", readers=readers_with(columns)))


TABLE = [
    ["Survey of 2020"], ["Headline", "Text", "By", "Date", "Score"],
    ["The fall", "Rome fell.", "Ada Okoro", "2020-05-03", "3"], ["", "", "", "", "4"],
    ["", "It rose.", "", "", "5"],
]  # fmt: skip
TABLES = {
    "a.csv": csv_file(*TABLE), "a.tsv": csv_file(*TABLE, separator="\t"),
    "semicolon.csv": csv_file(*TABLE, separator=";"), "a.xlsx": xlsx(Answers=TABLE, Other=[["x"]]),
    "wide.csv": csv_file(*TABLE).decode().encode("utf-16"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_each_row_of_a_table_with_words_in_the_column_is_a_document(tmp_path, name):
    first, second = table_rows(tmp_path, name, TABLES[name], "text")
    assert (first.title, first.text, first.author, first.date, first.kind) == (
        "The fall", "Rome fell.", "Ada Okoro", "2020-05-03", "row",
    )  # fmt: skip
    assert cite(first, 0) == "The fall, row 3"
    assert (second.text, second.author) == ("It rose.", "")
    assert cite(second, 0).endswith(", row 5")
    assert second.source.startswith(f"{name}/")
    assert second.id.endswith("--row-5") or second.id.endswith("--answers-row-5")


def test_several_columns_are_read_in_their_order(tmp_path):
    content = csv_file(["b", "a", "title"], ["It rose.", "Rome fell.", "x"])
    (document,) = table_rows(tmp_path, "a.csv", content, "a", "B", "c")
    assert document.text == "Rome fell.\n\nIt rose."


def test_a_table_without_the_column_is_refused_with_its_columns(tmp_path):
    (error,) = table_rows(tmp_path, "a.csv", csv_file(["id", "words"], ["1", "x"]), "text")
    assert "no column of it is called 'text' (its columns: id, words)" in error.reason


def test_a_table_without_the_option_says_that_there_is_one(tmp_path):
    (error,) = table_rows(tmp_path, "a.csv", TABLES["a.csv"])
    assert "--text-column" in error.reason


def test_a_spreadsheet_without_its_library_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (error,) = table_rows(tmp_path, "a.xlsx", TABLES["a.xlsx"], "text")
    assert "kg-claims[sheets]" in error.reason


def test_every_message_of_a_mailbox_is_a_document(tmp_path):
    found = documents(tmp_path, "a.mbox", mbox(eml("One.\n>From here on.\n"), eml("Two.\n")))
    assert [(d.source, d.id) for d in found] == [("a.mbox/1", "d--1"), ("a.mbox/2", "d--2")]
    assert "\nFrom here on." in found[0].text


def test_members_of_an_archive_lead_nowhere_else_and_have_ids_of_their_own(tmp_path):
    members = {
        "../../x.txt": "Rome fell.", "a/b.txt": "It rose.", "a/b.md": "It burnt.",
        ".hidden.txt": "No.", "__MACOSX/a.txt": "No.", "picture.png": "No.",
        "in.zip": archive({"deep.txt": "Deep."}),
    }  # fmt: skip
    found = documents(tmp_path, "a.zip", archive(members))
    *found, other = found
    assert isinstance(other, OtherKindError)
    assert other.path == tmp_path / "a.zip" / "picture.png"
    assert [(d.source, d.id) for d in found] == [
        ("a.zip/x.txt", "d--x"), ("a.zip/a/b.txt", "d--a-b-txt"), ("a.zip/a/b.md", "d--a-b-md"),
        ("a.zip/in.zip/deep.txt", "d--in--deep"),
    ]  # fmt: skip


def test_subtitles_join_what_cues_part_and_name_who_speaks(tmp_path):
    cues = (
        "<v Ada Okoro>Rome fell, and",
        "<i>then</i> it rose.",
        "<v Ivo Brandt>No.",
        "-Yes.\n-No!",
    )
    document = read(tmp_path, "a.vtt", vtt(*cues))
    assert document.text.split("\n\n") == [
        "Ada Okoro: Rome fell, and then it rose.", "Ivo Brandt: No.", "Yes.", "No!\n",
    ]  # fmt: skip


@pytest.mark.parametrize("module", [blocks, extracted, files, titles])
def test_the_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed
