"""The small picture of a thing among its neighbours."""

from kg.web.page_views import EdgeView, Name
from kg.web.star import HEIGHT, MOST, WIDTH, spokes


def edge(label, affirmed=1, denied=0):
    here, there = Name("Russia", "/entity/russia"), Name(label, f"/entity/{label.lower()}")
    return EdgeView(
        "/edge/1", here, Name("attack", "/relation/attack"), there, affirmed, denied, 0, "0.9"
    )


def test_facts_come_first_and_no_more_than_fit():
    shown = spokes([edge(f"N{n:02}", affirmed=0, denied=1) for n in range(20)] + [edge("Chad")], [])
    assert len(shown) == MOST
    assert (shown[0].label, shown[0].status) == ("Chad", "fact")


def test_a_neighbour_stands_there_once_inside_the_picture():
    shown = spokes([edge("Chad"), edge("Chad", 2), edge("Mali")], [])
    assert sorted(s.label for s in shown) == ["Chad", "Mali"]
    assert all(0 < s.x < WIDTH and 0 < s.y < HEIGHT for s in shown)


def test_a_long_name_is_cut_and_none_is_needed():
    assert spokes([edge("x" * 500)], [])[0].label.endswith("…")
    assert spokes([], []) == []
