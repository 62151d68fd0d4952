"""Files become Documents: found in order, named for good, decoded, or refused with a reason."""

# ruff: noqa: RUF001 - dashes and Russian letters are what is tested

import codecs
import hashlib
import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, NoDocumentsError, UnreadableDocumentError
from kg.reading.documents.files import document_ids, find_files
from kg.reading.documents.formats.plain import damaged_characters
from kg.reading.documents.languages import foreign_paragraphs, guess_language, is_foreign
from kg.reading.documents.reader import (
    document_from_text,
    lines_as_documents,
    read_document,
    read_documents_in,
)

CORPUS = Path(__file__).parent.parent / "corpus"
PAGE = """<!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>Site</title>
<style>p {color: red}</style><script>var x = "Moscow";</script></head>
<body><header>Site name</header><nav><ul><li>Home</li></ul></nav>
<article><header><h1>Café news</h1></header><p>Russia&nbsp;held <b>exer</b>cises
with China.<br>They ended.</p><div hidden>secret</div>
<div style="display: none">secret</div><ul><li>First &amp; last</li></ul>
<table><tr><td>Rome</td><td>Italy</td></tr></table><p>Unclosed <i>text</article>
<aside>Advert</aside><footer>Imprint</footer></body></html>"""


def pdf(*pages, title=""):
    """Return the bytes of a small PDF with a line of text for each line of each page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (%s) >>" % title.encode(),
    ]
    for number, page in enumerate(pages):
        lines = b" ".join(b"(%s) Tj T*" % line.encode() for line in page.split("\n"))
        stream = b"BT /F1 11 Tf 14 TL 60 780 Td %s ET" % lines
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    content, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, len(content))
    )


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return read_document(path, name, "d")


def paragraphs(document):
    return [document.text[p.start : p.end] for p in document.paragraphs]


@pytest.fixture
def folder(tmp_path):
    for name in (
        "b.txt",
        "a/z.md",
        "a.txt",
        ".hidden.txt",
        "README.md",
        ".git/c.txt",
        "picture.png",
        "A.PDF",
    ):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some text.")
    return tmp_path / "corpus"


def test_a_folder_gives_its_readable_files_sorted_by_path(folder):
    assert [source for _, source in find_files([folder])] == ["A.PDF", "a/z.md", "a.txt", "b.txt"]


def test_a_file_that_is_named_is_tried_whatever_it_is(folder):
    assert find_files([folder / "picture.png"]) == [(folder / "picture.png", "picture.png")]


def test_no_file_is_read_twice(folder):
    assert len(find_files([folder, folder / "b.txt", folder])) == 4


def test_a_loop_of_links_ends(folder):
    (folder / "a" / "up").symlink_to(folder, target_is_directory=True)
    assert len(find_files([folder])) == 4


def test_pipes_and_links_to_nothing_in_a_folder_are_named(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.md")
    files, reasons = find_files([tmp_path]), {}
    for (path, source), id_ in zip(files, document_ids(files), strict=True):
        (found,) = read_documents_in(path, source, id_)
        reasons[source] = found.reason
    assert "pipe" in reasons["pipe.txt"]
    assert "link" in reasons["gone.txt"]
    assert "link" in reasons["round.txt"]


def test_a_link_to_nothing_is_named_when_it_is_given(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    assert find_files([tmp_path / "gone.txt"]) == [(tmp_path / "gone.txt", "gone.txt")]


def test_files_of_one_name_have_the_folders_around_them_in_their_source(tmp_path):
    places = ["x/2019/report.txt", "x/2020/report.txt", "y/2020/report.txt", "other.txt"]
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(place)
    files = find_files([tmp_path / place for place in places])
    assert [source for _, source in files] == [
        "2019/report.txt", "x/2020/report.txt", "y/2020/report.txt", "other.txt",
    ]  # fmt: skip
    assert document_ids(files) == ["2019-report", "x-2020-report", "y-2020-report", "other"]
    folders = find_files([tmp_path / "x" / "2019", tmp_path / "x" / "2020"])
    assert [source for _, source in folders] == ["2019/report.txt", "2020/report.txt"]


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(InputError, match=r"no file or folder .*nothing"):
        find_files([tmp_path / "nothing"])


def test_an_empty_folder_says_what_kg_reads(tmp_path):
    with pytest.raises(NoDocumentsError, match=r"kg reads .*\.pdf"):
        find_files([tmp_path])


def test_an_id_comes_from_the_path_and_grows_only_in_a_clash(folder):
    (folder / "a.md").write_text("Other text.")
    files = find_files([folder])
    ids = dict(zip([source for _, source in files], document_ids(files), strict=True))
    assert ids["b.txt"] == "b"
    assert ids["a/z.md"] == "a-z"
    assert {ids["a.md"], ids["a.txt"], ids["A.PDF"]} == {"a-md", "a-txt", "a-pdf"}


@given(st.permutations(["x/a.txt", "x-a.txt", "x a.txt", "x/a.md", "b.txt", "x-a-txt.md"]))
def test_ids_are_unique_and_do_not_depend_on_the_order(sources):
    files = [(Path("/nowhere") / source, source) for source in sources]
    ids = dict(zip(sources, document_ids(files), strict=True))
    ordered = sorted(files, key=lambda file: file[1])
    assert ids == dict(zip(sorted(sources), document_ids(ordered), strict=True))
    assert len(set(ids.values())) == len(sources)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_usual_encoding_is_read(tmp_path, encoding):
    text = "The café in Zürich – “closed” since 2011 – was reopened by the city.\r\nSo it was.\r\n"
    assert read(tmp_path, "a.txt", text.encode(encoding)).text.lstrip("\ufeff") == text


@pytest.mark.parametrize("text", ["The €500 deal “failed”, said Müller.\n", "A café – closed.\n"])
def test_a_few_marks_are_taken_for_windows_1252_where_they_make_sense_there(tmp_path, text):
    assert read(tmp_path, "a.txt", text.encode("cp1252")).text == text


def test_letters_that_are_all_beyond_ascii_are_not_taken_for_windows_1252(tmp_path):
    text = "Президент встретился с министром. " * 20
    assert read(tmp_path, "a.txt", text.encode("cp1251")).text == text


MARKED = "Åsa Nyström joined Fjällräven – “for good” – in 2011.\nJosé left.\n"


@pytest.mark.parametrize("bad", [b"\xff", b"\xfe\xfe", b"\xe4", b"\xc3", b"\x92", b"\xf0\x9f\x98"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_bad_byte_costs_a_utf_8_file_that_byte_alone(tmp_path, bad, mark):
    content = MARKED.encode()
    for at in (0, content.index(b"joined"), len(content)):
        text = read(tmp_path, "a.txt", mark + content[:at] + bad + content[at:]).text
        assert text.replace("\ufffd", "") == MARKED
        assert 1 <= text.count("\ufffd") <= len(bad)


def test_damaged_characters_are_counted_from_the_first_line():
    assert damaged_characters("One.\nT\ufffdo.\nThr\ufffd\ufffd.") == (3, 2)
    assert damaged_characters("One.") == (0, 0)


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "iso-8859-15", "cp1250"])
def test_old_one_byte_encodings_are_not_taken_for_broken_utf_8(tmp_path, encoding):
    text = (
        "Åsa Müller und José Ångström aßen in Zürich Käse; später kam ein Gespräch über Öl.\n" * 4
    )
    assert "\ufffd" not in read(tmp_path, "a.txt", text.encode(encoding, "replace")).text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableDocumentError, match="a pipe"):
        read_document(tmp_path / "a.txt", "a.txt", "a")


def test_the_text_is_the_file_with_its_line_ends(tmp_path):
    document = read(tmp_path, "a.txt", b"One.\r\n\r\nTwo.\r\n")
    assert document.text == "One.\r\n\r\nTwo.\r\n"
    assert paragraphs(document) == ["One.", "Two."]
    assert document.sha256 == hashlib.sha256(b"One.\r\n\r\nTwo.\r\n").hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n\t\n", "it holds no text"),
        ("a.txt", b"\x89PNG\x00\x01\x02\x00\x00\xff", "it is binary"),
        ("a.txt", bytes(range(1, 32)) * 40 + b"\xff\xfa", "it is binary"),
        ("a.txt", b"\xff\xfea", "breaks off"),
        ("a.xls", b"PK", r"does not know \.xls .*\.pdf"),
        ("a", b"text", "a file without suffix"),
        ("a.html", b"<html><body><script>1</script></body></html>", "it holds no text"),
        ("a.pdf", b"%PDF-1.4 broken", "not a sound PDF"),
        ("a.pdf", pdf(""), "no text layer"),
    ],
)
def test_a_file_is_refused_with_the_reason(tmp_path, name, content, reason):
    with pytest.raises(UnreadableDocumentError, match=reason):
        read(tmp_path, name, content)


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.reading.documents.reader.LARGEST_FILE", 3)
    with pytest.raises(UnreadableDocumentError, match="too large"):
        read(tmp_path, "a.txt", b"text")


def test_a_folder_and_a_lost_file_are_refused(tmp_path):
    with pytest.raises(UnreadableDocumentError, match="it is a folder"):
        read_document(tmp_path, "", "d")
    with pytest.raises(UnreadableDocumentError, match="it is not there"):
        read_document(tmp_path / "a.txt", "", "d")


def test_a_web_page_gives_what_it_shows(tmp_path):
    document = read(tmp_path, "a.html", PAGE.encode("iso-8859-1"))
    assert document.title == "Café news"
    assert paragraphs(document) == [
        "Café news",
        "Russia held exercises with China.",
        "They ended.",
        "First & last",
        "Rome",
        "Italy",
        "Unclosed text",
    ]


def test_a_web_page_cannot_open_files_or_nest_without_end(tmp_path):
    entity = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>A &x; b.</p>'
    assert "root" not in read(tmp_path, "a.html", entity).text
    assert read(tmp_path, "b.html", b"<div>" * 200 + b"deep").text == "deep\n"
    with pytest.raises(UnreadableDocumentError):
        read(tmp_path, "c.html", b"<div>" * 50_000 + b"deep")


def test_a_pdf_gives_pages_numbers_and_no_running_heads(tmp_path):
    pages = [
        f"Intelligence Report\nThe {word} page says that the presi-\ndent spoke.\n{number}"
        for number, word in enumerate(["first", "second", "third"], start=11)
    ]
    document = read(tmp_path, "a.pdf", pdf(*pages, title="On Russia"))
    assert document.title == "On Russia"
    assert [(p.number, p.file_number) for p in document.pages] == [
        ("11", "1"), ("12", "2"), ("13", "3"),
    ]  # fmt: skip
    assert [p.replace("\n", "|") for p in paragraphs(document)] == [
        f"The {word} page says that the presi-|dent spoke." for word in ("first", "second", "third")
    ]


def test_the_sample_pages_are_named_after_the_report():
    path = CORPUS / "isc-russia-report-page-46.txt"
    document = read_document(path, path.name, "isc-russia-report-page-46")
    assert (document.title, document.language) == ("ISC Russia Report", "en")


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a_b.txt", "Rome fell. It did.", "a b"),
        ("a.md", "# The fall\n\nRome fell.", "The fall"),
    ],
)
def test_a_title_is_the_first_heading_or_the_files_name(tmp_path, name, text, title):
    assert read(tmp_path, name, text.encode()).title == title


def test_a_text_in_memory_is_a_document():
    document = document_from_text("Rome fell.", document_id="d", title="Fall")
    assert (document.id, document.title, document.text) == ("d", "Fall", "Rome fell.")


def test_every_line_is_a_document_also_when_it_is_blank():
    documents = list(lines_as_documents("One.\n\nThree.\r\nFour.\n", "-"))
    assert [(d.id, d.text) for d in documents] == [
        ("line-1", "One."), ("line-2", ""), ("line-3", "Three."), ("line-4", "Four."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russia held military exercises with China.", "en"),
        ("Der Präsident hat sich mit dem Minister in Berlin getroffen und nicht gesprochen.", "de"),
        ("Le président a rencontré les ministres dans la ville et il est parti avec eux.", "fr"),
        ("Президент встретился с министром в Москве и не сказал, что он думает.", "ru"),
        ("He liked Calderón de la Barca, Lope de Vega and Miguel de Cervantes best.", "en"),
        ("Die Kanzlerin sagte, dass die Gespräche in Berlin nicht einfach gewesen seien.", "de"),
        ("Isfahan (Persian: اصفهان) is a city in Iran, and was the capital of the Safavids.", "en"),
        ("Phone: 212, e-mail: b@g.com, c@d.com, e@f.com, http://www.gh.com/e", "und"),
        ("北京欢迎你", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_told_by_its_small_words(text, language):
    assert guess_language(text) == language


def test_a_document_in_another_language_or_script_is_foreign():
    of = partial(document_from_text, document_id="d")
    german = "Der Präsident hat sich mit dem Minister in Berlin getroffen und nicht gesprochen."
    assert is_foreign(of(german))
    assert not is_foreign(of(german), language="de")
    assert is_foreign(of("北京欢迎你"))
    turkish = (
        "Bakan dün yaptığı açıklamada ülkesinin bu silahları hiçbir zaman satmadığını söyledi. "
    )
    assert is_foreign(of(turkish * 2))
    assert not is_foreign(of("Kenya 12, Peru 14"))
    assert not is_foreign(of(""))


def test_a_paragraph_in_another_language_is_told_from_those_in_english():
    german = "Die Kanzlerin sagte, dass die Gespräche in Berlin nicht einfach gewesen seien."
    document = document_from_text(f"Peru won.\n\n{german}\n\nChile lost it.", document_id="d")
    (found,) = foreign_paragraphs(document)
    assert document.text[slice(*found)] == german
    assert foreign_paragraphs(document, language="de") == ()
