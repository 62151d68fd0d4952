"""An article says the same bare and on any page around it; what is struck out says nothing."""

from itertools import product

import pytest

from kg.reading.documents.formats.markdown import read_markdown
from kg.reading.documents.formats.web_pages import extract_page

ARTICLE = (
    "<h1>Mayor sold land to Rhine Steel</h1>",
    "<p>Mayor Lena Fischer sold two plots of land to Rhine Steel in May, court papers show. The council was not told.</p>",
    "<p>Rhine Steel paid three million euros for the land, which lies beside the river and was a park before the war.</p>",
    "<blockquote><p>We never asked for the land, and we never paid the mayor.</p></blockquote>",
    "<p>The company left the town in 2019. It came back when <a href='/law'>the law</a> changed.</p>",
    "<h2>Who lost</h2>",
    "<ul><li>Karl Brandt lost his farm.</li><li>Tom Hale lost the lease of the old mill.</li></ul>",
    "<p>The court will hear the mayor in June. Her lawyer left no comment.</p>",
)  # fmt: skip
BARE = f"<html><body>{''.join(ARTICLE)}</body></html>"

COOKIES = "<p>We and Adform Ltd use cookies. Adform Ltd stores data on your device.</p><button>Accept</button>"
MENU = (
    "<ul><li><a href=/>Home</a></li><li><a href=/sport>Lena Beck wins Boston marathon</a></li></ul>"
)
ADVERTISEMENT = "<p>ADVERTISEMENT</p><p>Skoda builds the safest cars. Buy now!</p>"
RELATED = "<h3>Read more</h3><ul><li><a>Police raid Orbit Waste offices</a></li><li><a>Why Karl Brandt left Siemens</a></li></ul>"
SHARE = "<a href=x>Share</a> <a href=y>Tweet</a> <a href=z>Print</a>"
COMMENTS = (
    "<h3>Comments (2)</h3><div class={0}><b>angry_reader</b><p>Lena Fischer is a criminal. She bribed the council.</p></div>"
    "<div class={0}><b>tom</b><p>Rhine Steel owns the judge. Karl Ott paid him.</p></div>"
)
NEWSLETTER = "<p>Sign up for our newsletter. Ledger Media GmbH owns The Daily Ledger.</p><input>"
IMPRINT = "<p>© 2022 Ledger Media GmbH. All rights reserved. Karl Ott is the publisher.</p>"
NAMES = {
    "english": (
        "cookie-banner",
        "topnav",
        "ad",
        "related",
        "share",
        "comment",
        "newsletter",
        "foot",
        "article-body",
    ),
    "german": (
        "hinweis",
        "kopf",
        "anzeige",
        "mehr",
        "teilen",
        "kommentar",
        "rundbrief",
        "fuss",
        "beitrag",
    ),
    "meaningless": ("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"),
    "one for all": ("c",) * 9,
}
SHAPES = ("divs", "sections", "article", "main", "deep")


def frame(shape, names):
    """Return the article on a page with boxes before it, in it and after it."""
    cookies, menu, advert, related, share, comment, letter, foot, body = names
    inside = [
        *ARTICLE[:2], f"<div class={share}>{SHARE}</div>", ARTICLE[2],
        f"<div class={advert}>{ADVERTISEMENT}</div>", *ARTICLE[3:5],
        f"<div class={related}>{RELATED}</div>", *ARTICLE[5:],
    ]  # fmt: skip
    whole = "".join(inside)
    wrapped = {
        "divs": f"<div class={body}>{whole}</div>",
        "sections": f"<section class={body}>{whole}</section>",
        "article": f"<article>{whole}</article>",
        "main": f"<main><div class={body}>{whole}</div></main>",
        "deep": f"<div><div><div><div class={body}>{whole}</div></div></div></div>",
    }[shape]
    return (
        f"<html><body><div class={cookies}>{COOKIES}</div><div class={menu}>{MENU}</div>{wrapped}"
        f"<div class={comment}>{COMMENTS.format(comment)}</div><div class={letter}>{NEWSLETTER}</div>"
        f"<div class={foot}>{IMPRINT}</div></body></html>"
    )


def told(found):
    """Return the lines of a page that are no furniture."""
    aside = set()
    for start, end in found.furniture:
        aside.update(range(start, end))
    lines, offset = [], 0
    for line in found.text.split("\n"):
        if line and offset not in aside:
            lines.append(line)
        offset += len(line) + 1
    return lines


@pytest.mark.parametrize(("shape", "names"), list(product(SHAPES, NAMES)))
def test_an_article_says_the_same_in_any_frame(shape, names):
    assert told(extract_page(frame(shape, NAMES[names]))) == told(extract_page(BARE))


@pytest.mark.parametrize(
    "gone",
    ["<del>Karl Brandt bribed her.</del>", "<s>Karl Brandt bribed her.</s>",
     "<span hidden>Karl Brandt bribed her.</span>", "<!-- Karl Brandt bribed her. -->",
     "<strike>Karl Brandt bribed her.</strike>", "<template>Karl Brandt bribed her.</template>",
     "<span style='display: none'>Karl Brandt bribed her.</span>", "<noscript>Karl Brandt bribed her.</noscript>"],
)  # fmt: skip
def test_what_is_struck_out_or_hidden_says_nothing(gone):
    page = BARE.replace("was not told.", f"was not told. {gone}")
    assert told(extract_page(page)) == told(extract_page(BARE))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Kaito Marine bought Blue Fjord.<sup>3</sup> It paid.", "Kaito Marine bought Blue Fjord.[3] It paid."),
        ("It bought Fjord<sup>12</sup>, and paid.", "It bought Fjord[12], and paid."),
        ("It bought Fjord.<sup><a href='#n'>[4]</a></sup> It paid.", "It bought Fjord.[4] It paid."),
        ("It bought Fjord.<sup><a href='#n'>4</a></sup> It paid.", "It bought Fjord.[4] It paid."),
        ("It bought 40 km<sup>2</sup> for 10<sup>6</sup> euros.", "It bought 40 km2 for 106 euros."),
        ("It came 1<sup>st</sup>.", "It came 1st."),
    ],
)  # fmt: skip
def test_a_raised_number_behind_a_word_is_the_mark_of_a_note(written, shown):
    assert extract_page(f"<html><body><p>{written}</p></body></html>").text == f"{shown}\n"


def test_whose_a_quotation_is_stands_in_a_line_of_its_own():
    page = "<html><body><blockquote>The firm is bankrupt.<cite>Nils Berg</cite></blockquote></body></html>"
    assert extract_page(page).text == "> The firm is bankrupt.\n\n— Nils Berg\n"


def test_the_notes_and_ticked_boxes_of_markdown_are_read_as_such():
    source = (
        b"- [x] Erik Dahl founded it.[^a]\n- [ ] It failed.[^2]\n\n"
        b"[^a]: Ingrid Sato met him.\n[^2]: https://example.org\n"
    )
    assert read_markdown(source).text.split("\n\n") == [
        "• Erik Dahl founded it.[1]", "• It failed.[2]",
        "[1] Ingrid Sato met him.\n[2] https://example.org\n",
    ]  # fmt: skip
