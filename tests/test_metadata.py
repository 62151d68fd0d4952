"""What a file tells of its document: a title that people know, who wrote it, when, and its kind."""

import json
from dataclasses import replace

import pytest

from kg.graph.assembly import KnowledgeGraph
from kg.outputs.drawing.page_data import document_json
from kg.outputs.rdf.forms import write_turtle
from kg.outputs.rdf.importing import read_rdf
from kg.outputs.texts.tables import DOCUMENT_COLUMNS, document_rows
from kg.reading.documents.formats.readers import KINDS, TABLES, readers_with
from kg.records import Document
from kg.serialization import reading_from_json, reading_to_json
from kg.vocabulary import DOCUMENT_CLASSES
from tests.sample import sample_graph
from tests.test_documents import read
from tests.test_formats import documents
from tests.written_files import (
    archive,
    docx,
    eml,
    epub,
    mbox,
    odt,
    pptx,
    vtt,
    word_paragraph,
)

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
PROPERTIES = f"<p {DC}><dc:title>The fall</dc:title><dc:creator>Ada Okoro</dc:creator></p>"
HEAD = "<head><title>The fall</title><meta name='author' content='Ada Okoro'></head>"
FRONT = "---\ntitle: The fall\nauthor: Ada Okoro\n---\n\nRome fell.\n"
WRITTEN = {
    "a.docx": docx(word_paragraph("Rome fell."), docProps__core=PROPERTIES),
    "a.odt": odt("<text:p>Rome fell.</text:p>", meta=PROPERTIES),
    "a.html": f"<html>{HEAD}<body><p>Rome fell.</p></body></html>".encode(),
    "a.md": FRONT.encode(),
    "a.epub": epub("<p>Rome fell.</p>", title="The fall", author="Ada Okoro"),
    "a.eml": eml("Rome fell.", subject="The fall"),
    "a.rtf": b"{\\rtf1{\\info{\\title The fall}{\\author Ada Okoro}}Rome fell.}",
    "a.xml": b"<a><title>The fall</title><author>Ada Okoro</author><p>Rome fell.</p></a>",
    "a.pptx": pptx([("body", ["Rome fell."])], properties=PROPERTIES),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_tells_its_title_and_its_author(tmp_path, name):
    document = read(tmp_path, name, WRITTEN[name])
    assert (document.title, document.author) == ("The fall", "Ada Okoro")


def test_every_kind_of_file_has_a_kind_or_is_a_mere_container():
    assert set(KINDS) == set(readers_with(["text"])) - {".zip", ".mbox", *TABLES}
    assert set(KINDS.values()) <= set(DOCUMENT_CLASSES)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.eml", "mail"), ("a.html", "web page"), ("a.epub", "book"), ("a.pptx", "slides"),
     ("a.md", "text"), ("a.docx", "text")],
)  # fmt: skip
def test_a_document_has_the_kind_of_its_file(tmp_path, name, kind):
    assert read(tmp_path, name, WRITTEN[name]).kind == kind


@pytest.mark.parametrize(
    "front",
    ["author: [Ada Okoro, Ivo Brandt]", "authors:\n  - Ada Okoro\n  - 'Ivo Brandt'",
     "author:\n- Ada Okoro\n- Ivo Brandt"],
)  # fmt: skip
def test_several_authors_are_told_in_their_order(tmp_path, front):
    document = read(tmp_path, "a.md", f"---\n{front}\ndate: 2020-05-03\n---\nRome fell.".encode())
    assert (document.author, document.date) == ("Ada Okoro; Ivo Brandt", "2020-05-03")


def test_several_authors_of_a_page_or_a_book_are_told_once_each(tmp_path):
    metas = "".join(
        f"<meta name='citation_author' content='{who}'>"
        for who in ("Ada Okoro", "Ivo Brandt", "Ada Okoro", "https://example.org/ivo")
    )
    page = f"<html><head>{metas}</head><body><p>Rome fell.</p></body></html>".encode()
    assert read(tmp_path, "a.html", page).author == "Ada Okoro; Ivo Brandt"


@pytest.mark.parametrize("program", ["python-docx", "Microsoft Office User", "Administrator", " "])
def test_a_program_is_no_author(tmp_path, program):
    properties = f"<p {DC}><dc:creator>{program}</dc:creator></p>"
    content = docx(word_paragraph("Rome fell."), docProps__core=properties)
    assert read(tmp_path, "a.docx", content).author == ""


@pytest.mark.parametrize(
    ("declared", "title"),
    [("Microsoft Word - fall_v3.doc", "On Rome"), ("fall.html", "On Rome"), ("Document1", "On Rome"),
     ("Untitled", "On Rome"), ("Page 3", "On Rome"), ("Microsoft Word - The fall", "The fall"),
     ("The fall", "The fall"), ("May 1660", "May 1660")],
)  # fmt: skip
def test_a_title_that_a_program_gave_is_none(tmp_path, declared, title):
    properties = f"<p {DC}><dc:title>{declared}</dc:title></p>"
    heading = "<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>On Rome</w:t></w:r></w:p>"
    content = docx(heading + word_paragraph("Rome fell."), docProps__core=properties)
    assert read(tmp_path, "a.docx", content).title == title


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("page-143.txt", "to Cohen , he left.\n\n\nThe Meeting in Rome\n\nRome fell. It burnt.", "The Meeting in Rome"),
        ("page-143.txt", "to Cohen , he left.\n\n\nMarch 2019\n\nRome fell. It burnt.", "page-143"),
        ("scan_0017.txt", "Rome fell. It burnt.", "scan 0017"),
        ("rome.txt", "Rome fell.\n\n\nThe Meeting in Rome\n\nIt burnt. It fell.", "rome"),
    ],
)  # fmt: skip
def test_a_file_name_that_tells_nothing_gives_way_to_a_heading(tmp_path, name, text, title):
    assert read(tmp_path, name, text.encode()).title == title


def test_what_has_only_a_number_is_named_after_the_file_that_it_is_in(tmp_path):
    (message,) = documents(tmp_path, "letters.mbox", mbox(eml("Rome fell.", subject="")))
    assert message.title == "letters, 1"


def test_a_film_has_the_title_that_its_subtitles_give(tmp_path):
    assert read(tmp_path, "a.vtt", vtt("Rome fell.")).title == "A talk"


def test_what_a_file_tells_of_itself_is_one_short_line(tmp_path):
    wild = "Ada\u202e\x07<script>\n" + "Okoro" * 100
    page = f"<html><head><meta name=author content='{wild}'><title>{wild}</title></head><body><p>Rome fell."
    document = read(tmp_path, "a.html", page.encode())
    for words in (document.author, document.title):
        assert words.startswith("Ada<script> Okoro")
        assert len(words) <= 200


def told_graph():
    """Return the sample graph, its first document with all that a file tells."""
    graph = sample_graph()
    first = next(iter(graph.documents.values()))
    told = replace(first, author="=Ada; Ivo", kind="mail", date="2020-05-03")
    return with_document(graph, told), told


def with_document(graph, document):
    """Return a graph with a document in the place of the one with its id."""
    readings = dict(graph.readings)
    readings[document.id] = replace(readings[document.id], document=document)
    return KnowledgeGraph(readings.values(), graph.entities.values(), graph.claims.values())


def test_author_and_kind_pass_through_json():
    graph, told = told_graph()
    reading = graph.readings[told.id]
    line = reading_to_json(reading)
    assert reading_from_json(line) == reading
    value = json.loads(line)
    assert (value["document"]["author"], value["document"]["kind"]) == ("=Ada; Ivo", "mail")
    # A line of an earlier version has neither.
    del value["document"]["author"], value["document"]["kind"]
    older = reading_from_json(json.dumps(value)).document
    assert (older.author, older.kind) == ("", "")


def test_a_page_and_a_table_list_documents_with_author_date_and_kind():
    graph, told = told_graph()
    row = dict(zip(DOCUMENT_COLUMNS, next(document_rows(graph)), strict=True))
    assert (row["title"], row["author"], row["date"], row["kind"], row["source"]) == (
        told.title, "=Ada; Ivo", "2020-05-03", "mail", told.source,
    )  # fmt: skip
    shown = document_json(graph, told.id, {}, whole=False)
    assert (shown["author"], shown["date"], shown["kind"]) == ("=Ada; Ivo", "2020-05-03", "mail")


@pytest.mark.parametrize("kind", ["", *DOCUMENT_CLASSES])
def test_author_and_kind_come_back_from_linked_data(tmp_path, kind):
    graph, told = told_graph()
    told = replace(told, kind=kind)
    write_turtle(with_document(graph, told), tmp_path / "a.ttl")
    saved = {r.document.id: r.document for r in read_rdf(tmp_path / "a.ttl").readings}
    assert saved == graph.documents | {told.id: told}


def test_an_archive_of_mails_gives_each_its_author(tmp_path):
    found = documents(tmp_path, "a.zip", archive({"b.eml": WRITTEN["a.eml"], "c.txt": "Rome."}))
    assert [(d.kind, d.author) for d in found if isinstance(d, Document)] == [
        ("mail", "Ada Okoro"), ("text", ""),
    ]  # fmt: skip
