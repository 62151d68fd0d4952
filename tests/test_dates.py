"""The day that a document gives for itself."""

import doctest

import pytest

from kg.reading.documents import dates
from kg.reading.documents.formats.web_pages import read_html
from kg.reading.documents.reader import document_from_text


@pytest.mark.parametrize(
    ("text", "source", "day"),
    [
        ("Published 21 July 2020\n\nPeru won.", "", "2020-07-21"),
        ("The Report\n\n3rd May 2011\n\nPeru won.", "", "2011-05-03"),
        ("NAIROBI, 3 March 2018 — Kenya signed the treaty.", "", "2018-03-03"),
        ("Nairobi, 3 March 2018 (KNA) - Kenya signed the treaty.", "", "2018-03-03"),
        ("Date: 2019-02-07\n\nPeru won.", "", "2019-02-07"),
        ("Peru won on 3 May 2011, as the envoy had said it would.", "", ""),
        ("Peru won in May 2011\n", "", ""),
        ("1 May 2011\n2 May 2011\n", "notes-2012-01-01.txt", ""),
        ("Peru won.", "press/2020-07-21-peru.txt", "2020-07-21"),
        ("Peru won.", "press/20200721.txt", "2020-07-21"),
        ("Peru won.", "press/20209921.txt", ""),
        ("\n" * 40 + "3 May 2011", "", ""),
    ],
)
def test_a_documents_day_is_what_it_says_at_its_top(text, source, day):
    document = document_from_text(text, document_id="d", source=source)
    assert document.date == day


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta property="article:published_time" content="2021-03-04T10:00Z">', "", "2021-03-04"),
        ('<meta name="DC.date.issued" content="2021-03-04">', "", "2021-03-04"),
        ("", '<time datetime="2021-03-04">Thursday</time>', "2021-03-04"),
        ("", '<time datetime="2021-03-04">x</time><time datetime="2021-03-05">y</time>', ""),
        ('<meta name="date" content="soon">', "", ""),
    ],
)
def test_a_web_page_declares_its_day(head, body, day):
    page = f"<html><head>{head}</head><body><p>Peru won.</p>{body}</body></html>"
    extracted = read_html(page.encode())
    assert dates.find_document_date(extracted.text, declared=extracted.declared_date) == day


def test_the_example_in_the_docstring_holds():
    tried = doctest.testmod(dates)
    assert tried.attempted
    assert not tried.failed
