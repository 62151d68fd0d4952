"""What one can do, in the page and in the explorer alike: one front end, two sources of data."""

import csv
import io
import re

import pytest

from kg.outputs.drawing.html_page import write_html
from tests.browser.conftest import point_of, watched
from tests.sample import sample_graph
from tests.served import make_build, server_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """The addresses of the same graph: as a page, and served."""
    folder = tmp_path_factory.mktemp("features")
    write_html(sample_graph(), folder / "graph.html", title="Halden Bridge")
    with server_of(make_build(folder / "build")) as running:
        yield {"page": (folder / "graph.html").as_uri(), "explorer": f"{running.address}explore"}


@pytest.fixture(params=["page", "explorer"])
def view(request, places, chromium):
    """Return a function that opens the view with a fragment; any trouble fails the test."""
    address = places[request.param]
    own = address if request.param == "page" else address.removesuffix("explore")
    with watched(chromium) as open_:

        def open_view(fragment="", *, toured=True, width=1440):
            script = "localStorage.setItem('kg-tour', 'seen')" if toured else ""
            size = {"width": width, "height": 900}
            return open_(address, fragment, own=own, script=script, viewport=size)

        yield open_view


def find(page, words):
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector("#suggestions [role=option][id]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")


def names_shown(page):
    """Return the names on the drawing, by way of the table."""
    page.locator("#view-table").click()
    page.get_by_role("button", name="Entities").click()
    page.wait_for_selector("#table td[data-label=Name]")
    names = set(page.locator("#table td[data-label=Name]").all_inner_texts())
    page.locator("#view-graph").click()
    return names


def pairs_drawn(page):
    """Return the ends of the relations on the drawing, by way of the table of claims."""
    page.locator("#view-table").click()
    page.get_by_role("button", name="Claims").click()
    page.wait_for_selector("#table td[data-label=Relation]")
    ends = [
        page.locator(f"#table td[data-label={end}]").all_inner_texts()
        for end in ("Subject", "Object")
    ]
    page.locator("#view-graph").click()
    return set(zip(*ends, strict=True))


def claims_shown(page):
    page.locator("#view-table").click()
    page.get_by_role("button", name="Claims").click()
    page.wait_for_selector("#table td[data-label=Relation], #table caption")
    cells = page.locator("#table td[data-label=Subject], #table td[data-label=Object]")
    return set(cells.all_inner_texts())


# Finding and choosing


def test_a_name_is_found_and_explained(view):
    page = view()
    find(page, "NSD")
    assert page.locator("#panel h2").inner_text() == "Northern Signals Directorate"
    page.wait_for_selector("#panel blockquote .m-cue")
    assert "according to Committee on Security" in page.locator("#panel").inner_text()


def test_a_click_on_a_node_and_on_an_edge(view):
    page = view()
    page.mouse.click(*point_of(page, "estmark"))
    page.wait_for_selector("#panel h2:has-text('Estmark')")
    page.mouse.click(*point_of(page, "norland", "estmark"))
    page.wait_for_selector("#panel h2.statement")
    assert "hold military exercises with" in page.locator("#panel h2").inner_text()
    assert page.locator("#panel blockquote .m-object").first.inner_text() == "Estmark"


def test_relations_of_one_status_between_the_same_two_are_one_line(view):
    page = view("between=tomas-brandt&between=northern-signals-directorate")
    page.wait_for_selector("#panel .group")
    kinds = page.locator("#panel .group h3").all_inner_texts()
    assert len(kinds) == 2
    assert "2 relations between" in page.locator("#panel").inner_text()


@pytest.mark.parametrize("fragment", ["", "entity=norland", "entity=norland&focus=1", "view=table"])
def test_a_link_is_drawn_at_once(view, fragment):
    page = view(fragment)
    page.locator("#view-graph").click()
    page.wait_for_timeout(200)
    drawn = page.evaluate(
        """() => {
      const canvas = document.querySelector('#canvas canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let painted = 0;
      for (let i = 3; i < data.length; i += 4) painted += data[i] > 0;
      return painted;
    }"""
    )
    assert drawn > 2000


def test_what_only_spells_out_names_is_folded_and_drawn_on_demand(view):
    page = view("entity=norland")
    page.wait_for_selector("#panel .group")
    said = page.locator("#panel .says").all_inner_texts()
    assert not any(words.startswith("Norland forces be part of") for words in said)
    page.get_by_text("1 more that follows from a name").click()
    page.wait_for_selector("#panel li .says:has-text('Norland forces be part of')")
    assert ("Norland forces", "Norland") not in pairs_drawn(page)
    page.locator("#named").check()
    page.wait_for_url(lambda url: "named=1" in url)
    assert ("Norland forces", "Norland") in pairs_drawn(page)


# Walking about


def test_hide_undo_and_show_again(view):
    page = view("entity=estmark")
    page.get_by_role("button", name="Hide").click()
    page.wait_for_selector("#notices:has-text('1 entity hidden')")
    assert "Estmark" not in names_shown(page)
    page.get_by_role("button", name="Show again").click()
    page.wait_for_url(lambda url: "gone" not in url)
    assert "Estmark" in names_shown(page)


def test_pins_stay_in_the_link_and_undo_takes_them_back(view):
    page = view("entity=estmark")
    page.get_by_role("button", name="Pin", exact=True).click()
    page.wait_for_selector("#panel button:has-text('Unpin')")
    assert re.search(r"pin=-?\d+%2C-?\d+%2Cestmark", page.url)
    page.keyboard.press("Control+z")
    page.wait_for_selector("#panel button:text-is('Pin')")
    assert "pin=" not in page.url


def test_dragging_a_node_pins_it_where_it_is_left(view):
    page = view()
    x, y = point_of(page, "estmark")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda url: "estmark" in url)
    assert point_of(page, "estmark") == pytest.approx([x + 60, y + 40], abs=3)


def test_a_focus_can_be_expanded(view):
    page = view("entity=estmark&focus=1")
    before = names_shown(page)
    page.locator("#panel button", has_text="Path to").wait_for()
    page.mouse.click(*point_of(page, "norland"))
    page.wait_for_selector("#panel h2:has-text('Norland')")
    page.locator(".steps button", has_text="2").click()
    page.wait_for_url(lambda url: "focus=2" in url)
    assert before < names_shown(page)


def test_the_keyboard_walks_and_acts_on_the_drawing(view):
    page = view("entity=norland")
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "entity=norland" not in url)
    page.wait_for_selector("#panel h2:not(:has-text('Norland'))")
    chosen = page.locator("#panel h2").inner_text()
    assert page.locator("#said").inner_text() == chosen
    page.keyboard.press("p")
    page.wait_for_url(lambda url: "pin=" in url)
    page.keyboard.press("h")
    page.wait_for_url(lambda url: "gone=" in url)
    page.keyboard.press("Control+z")
    page.wait_for_url(lambda url: "gone=" not in url)


def test_back_and_link_restore_the_view(view):
    page = view("entity=norland&without=denied&colour=community&years=2027-2033&confidence=0.5")
    fragment = page.url.split("#")[1]
    assert page.locator("#confidence").input_value() == "0.5"
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_url(lambda url: "years" not in url)
    page.go_back()
    page.wait_for_url(lambda url: "years" in url)
    assert page.url.split("#")[1] == fragment
    assert page.locator("#panel h2").inner_text() == "Norland"


# Filters


@pytest.mark.parametrize(
    ("fragment", "there", "gone"),
    [
        ("without=fact", "Estmark", "The Vesk Courier"),
        ("hide=Person", "Norland", "Irena Kovac"),
        ("head=pay", "Meridian Energy", "Norland"),
        ("document=hearing", "Tomas Brandt", "Maja Lind"),
        ("speaker=Norland", "Northern Signals Directorate", "Maja Lind"),
        ("years=2027-2027", "Tomas Brandt", "Maja Lind"),
        ("confidence=0.95", "Tomas Brandt", "Civic Union"),
        ("sentences=2", "Norland", "Maja Lind"),
    ],
)
def test_each_filter_lets_through_what_it_should(view, fragment, there, gone):
    shown = claims_shown(view(fragment))
    assert there in shown
    assert gone not in shown


def test_the_years_slider_filters(view):
    page = view()
    page.locator("#years-from").fill("2030")
    page.wait_for_url(lambda url: "years=2030" in url)
    assert "claims without a date are hidden" in page.locator("#notices").inner_text()
    assert page.locator(".bars .out").count() > 0


def test_the_relation_filter_is_a_list_of_what_is_said(view):
    page = view()
    page.locator("#head").select_option(
        label=page.locator("#head option", has_text="order").first.inner_text()
    )
    page.wait_for_url(lambda url: "head=order" in url)
    assert "Halden Bridge attack" in claims_shown(page)


# Paths


def test_a_path_says_whether_it_stands_on_facts(view):
    page = view("path=tomas-brandt&path=harbour-accord")
    page.wait_for_selector("#panel .verdict")
    assert "does not stand on facts alone" in page.locator("#panel .verdict").inner_text()
    page.locator("#facts").check()
    page.wait_for_url(lambda url: "facts" in url)
    page.wait_for_selector("#panel .nothing, #panel .verdict.sound")


def test_a_path_of_facts_is_sound(view):
    page = view("path=maja-lind&path=the-vesk-courier&facts=1")
    page.wait_for_selector("#panel .verdict.sound")
    assert "A shortest way, 1 step" in page.locator("#panel").inner_text()


# The reader


def test_a_quotation_opens_its_text_and_a_sentence_lights_its_edges(view):
    page = view("entity=estmark")
    page.locator("#panel .place").first.click()
    page.wait_for_selector("#text .chosen")
    assert "military exercises" in page.locator("#text .chosen").inner_text()
    page.locator("#text .says-something:not(.chosen)").first.click()
    page.wait_for_selector("#text .summary")
    assert page.locator("#text .summary .says").count() >= 1
    assert "at=" in page.url


def test_a_chosen_edge_brings_the_text_to_its_sentence(view):
    page = view("text=committee-report&at=0")
    page.wait_for_selector("#text")
    page.mouse.click(*point_of(page, "norland", "estmark"))
    page.wait_for_selector("#text .chosen .m-predicate")
    assert page.locator("#text .chosen .m-predicate").inner_text() == "held military exercises with"
    assert page.locator("#text .chosen").is_visible()


def test_a_sentence_can_be_chosen_with_the_keyboard(view):
    page = view("text=committee-report&at=0")
    page.locator("#text .says-something").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#text .summary")
    page.get_by_role("button", name="Show as evidence").click()
    page.wait_for_selector("#panel blockquote")


# The other views


def test_who_says_what_shows_agreement_and_denial(view):
    page = view()
    page.locator("#view-voices").click()
    row = page.locator("#voices tbody tr", has_text="order")
    row.first.wait_for()
    assert "✗" in row.locator(".stance.denies").first.inner_text()
    assert row.locator(".stance.agrees").count() == 2
    row.locator(".stance.denies").click()
    page.wait_for_selector("#text .chosen")


def test_the_timeline_goes_by_year(view):
    page = view("view=timeline")
    page.wait_for_selector("#timeline .year")
    years = page.locator("#timeline h3").all_inner_texts()
    assert years == sorted(years)
    assert "2027" in " ".join(years)


def test_tables_are_saved_as_csv(view):
    page = view("view=table")
    page.wait_for_selector("#table tbody tr")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Subject", "Relation", "Object"]
    assert len(rows) == page.locator("#table tbody tr").count() + 1


def test_the_drawing_is_saved_as_svg(view):
    page = view()
    with page.expect_download() as download:
        page.locator("#save-svg").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert ">Norland</text>" in text
    assert text.count("<path") > 5


def test_communities_are_a_legend_and_a_filter(view):
    page = view("colour=community")
    first = page.locator("#filters .legend").first
    first.click()
    page.wait_for_url(lambda url: "away=0" in url)


# The first visit


def test_the_tour_is_offered_once(view):
    page = view(toured=False)
    page.get_by_role("button", name="Take the tour").click()
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    assert "Keep and share" in page.locator("#tour").inner_text()
    page.get_by_role("button", name="Done").click()
    page.reload()
    page.wait_for_selector("body[data-ready=yes]")
    assert page.locator("#tour").is_hidden()


def test_print_shows_the_drawing_and_the_evidence(view):
    page = view("entity=norland")
    page.wait_for_selector("#panel blockquote")
    page.emulate_media(media="print")
    assert page.locator("#panel blockquote").first.is_visible()
    assert page.locator(".corner").is_hidden()
    assert page.pdf()[:5] == b"%PDF-"
