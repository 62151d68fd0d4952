"""The article is the text of a web page, whatever stands around it, and of Markdown what it shows."""

from itertools import product

import pytest

from tests.test_documents import paragraphs, read

ARTICLE = (
    "Mayor Lena Fischer sold two plots of land to Rhine Steel yesterday, court papers show.",
    "Rhine Steel paid 3 million euros for them. The company declined to comment on the price.",
    "The council had voted against the sale in March. Fischer said that it was needed.",
    "A court will hear the case in Bonn next week.",
)
COMMENT = "Lena Fischer is a criminal. Rhine Steel bribed the whole council, as everybody knows."
BOXES = {
    "cookies": "<div{0}><p>The Ledger and Adform Ltd use cookies. Adform Ltd stores data.</p></div>",
    "links": '<div{0}><ul><li><a href="/">Home</a></li><li><a href="/b">Beck wins race</a></li></ul></div>',
    "comments": "<div{0}><h3>Comments (2)</h3><div><b>reader</b><p>" + COMMENT + "</p></div></div>",
    "imprint": "<div{0}><p>Ledger Media GmbH owns The Ledger. Karl Ott is the publisher.</p></div>",
    "section": "<section{0}><p>Sign up now. Ledger Media GmbH sells your address to banks.</p></section>",
    "advertisement": "<div{0}><p>ADVERTISEMENT</p><p>Skoda builds the safest cars. Buy now!</p></div>",
}
CLASSES = ("", ' class="cookie-banner"', ' class="werbung"', ' class="x7-kq"')
BARE = "".join(f"<p>{text}</p>" for text in ARTICLE)


def shown(tmp_path, body):
    page = f"<!DOCTYPE html><html><head><title>The sale</title></head><body>{body}</body></html>"
    return read(tmp_path, "a.html", page.encode())


def said(document):
    return [text for text in paragraphs(document) if text != "The sale"]


@pytest.mark.parametrize(("box", "name"), list(product(BOXES, CLASSES)))
def test_boxes_around_an_article_and_in_it_are_furniture(tmp_path, box, name):
    aside = BOXES[box].format(name)
    inside = BARE.replace("</p><p>", f"</p>{aside}<p>", 1)
    for article in (BARE, inside):
        around = f"{aside}<div><div><h1>The sale</h1>{article}</div>{aside}</div>{aside}"
        assert said(shown(tmp_path, around)) == list(ARTICLE)


def test_comments_longer_than_the_article_are_not_taken_for_it(tmp_path):
    comments = f"<div><p>{COMMENT}</p></div>" + f"<div>{f'<p>{COMMENT}</p>' * 6}</div>"
    page = f"<div><h1>The sale</h1>{BARE}</div>{comments}"
    assert said(shown(tmp_path, page)) == list(ARTICLE)


def test_what_is_furniture_stays_in_the_text(tmp_path):
    document = shown(tmp_path, f"<div>{BARE}</div><div><p>{COMMENT}</p></div>")
    (start, end) = document.furniture[-1]
    assert document.text[start:end] == COMMENT


@pytest.mark.parametrize(
    "body",
    [
        f"<table><tr><td>{BARE}</td></tr></table>",
        "".join(f"<div><p>{text}</p></div>" for text in ARTICLE),
        "".join(f"<div>{text}</div>" for text in ARTICLE),
        "".join(f"<section><h2>Part</h2><p>{text}</p></section>" for text in ARTICLE),
        "<br><br>".join(ARTICLE),
        f"<div class='part'>{BARE[: len(BARE) // 2]}</div><div class='part'></div>"
        f"<div class='part'>{BARE[len(BARE) // 2 :]}</div>",
    ],
)
def test_an_article_in_other_shapes_is_whole(tmp_path, body):
    words = " ".join(said(shown(tmp_path, body))).replace("Part ", "").split()
    assert "".join(words) == "".join("".join(ARTICLE).split())


def test_notes_quotations_and_tables_of_an_article_belong_to_it(tmp_path):
    more = (
        "<blockquote><p>I sold it.</p></blockquote><table><tr><td>Cell</td></tr></table>"
        '<ol start="3"><li>Third.</li></ol><div class="footnotes"><p>[1] The Times, 3 May.</p></div>'
    )
    document = shown(tmp_path, f"<div>{BARE}{more}</div>")
    assert said(document)[4:] == ["I sold it.", "Cell", "Third.", "[1] The Times, 3 May."]
    assert document.paragraphs[-2].number == "3"


@pytest.mark.parametrize(
    "struck",
    [
        "<del>never </del>", "<s>never </s>", "<strike>never </strike>", "<!-- never -->",
        "<span hidden>never </span>", '<span aria-hidden="true">never </span>',
        '<span style="display:none">never </span>',
    ],
)  # fmt: skip
def test_what_is_struck_or_hidden_states_nothing(tmp_path, struck):
    assert said(shown(tmp_path, f"<p>Peru {struck}won.</p>")) == ["Peru won."]
    assert paragraphs(read(tmp_path, "a.md", f"Peru {struck}won.".encode())) == ["Peru won."]


def test_the_marks_of_quoted_lines_are_furniture(tmp_path):
    document = read(tmp_path, "a.md", b"> Three,\n> four *men*,\n> five.")
    assert [document.text[slice(*cut)] for cut in document.furniture] == ["> ", "> ", "> "]
    assert len(document.turns) == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('**Blue Fjord** is owned by [Kaito](https://a.org/k_(x) "page").', ["Blue Fjord is owned by Kaito."]),
        ("A ~~false~~ `plain` _word_ and <https://a.org>.", ["A plain word and https://a.org."]),
        ("[Kaito][1] won.\n\n[1]: https://a.org", ["Kaito won."]),
        ("One\ntwo.\n\n> Three,\n> four.", ["One\ntwo.", "Three,\n> four."]),
        ("1. One.\n2. Two.\n\n- Three.\n  - Four.", ["One.", "Two.", "Three.", "Four."]),
        ("| A | B |\n|---|---|\n| Rome fell. | Peru. |", ["A", "B", "Rome fell.", "Peru."]),
        ("Rome fell.\n\n```\nPeru fell.\n```", ["Rome fell."]),
        ("![Peru fell](a.png)\n\nRome fell.", ["Rome fell."]),
        ("2\\. Rome fell \\*then\\*.", ["Rome fell *then*."]),
        ("Title\n=====\n\nRome fell.", ["Title", "Rome fell."]),
    ],
)  # fmt: skip
def test_markdown_is_what_it_shows(tmp_path, source, words):
    assert paragraphs(read(tmp_path, "a.md", source.encode())) == words


def test_front_matter_is_data(tmp_path):
    source = (
        '---\ntitle: "Who owns it?"\ndate: 2023-05-17\nauthor: Ada\n---\n\n# Other\n\nRome fell.\n'
    )
    document = read(tmp_path, "a.md", source.encode())
    assert (document.title, document.date) == ("Who owns it?", "2023-05-17")
    assert document.text == "# Other\n\nRome fell.\n"
