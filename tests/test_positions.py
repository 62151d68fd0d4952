"""Positions: the same for the same graph, apart from one another, neighbours near."""

import random

import pytest

from kg.outputs.drawing.positions import place_nodes

BOX = (80.0, 40.0)


def ring(size):
    return {f"n{i}": BOX for i in range(size)}, [
        (f"n{i}", f"n{(i + 1) % size}") for i in range(size)
    ]


def two_clusters(size=30):
    chance = random.Random(3)
    edges = []
    for side in "ab":
        edges += [
            (f"{side}{i}", f"{side}{chance.randrange(size)}") for i in range(size) for _ in "xx"
        ]
        edges += [(f"{side}{i}", f"{side}{i + 1}") for i in range(size - 1)]
    boxes = {f"{side}{i}": BOX for side in "ab" for i in range(size)}
    return boxes, [*edges, ("a0", "b0")]


def distance(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def middle(points):
    return tuple(sum(axis) / len(points) for axis in zip(*points, strict=True))


def test_nothing_has_no_positions():
    assert place_nodes({}, []) == {}


@pytest.mark.parametrize("size", [1, 2, 3, 12, 40, 450])
def test_every_node_has_a_place_of_its_own(size):
    boxes, edges = ring(size)
    points = place_nodes(boxes, edges)
    assert points.keys() == boxes.keys()
    assert len(set(points.values())) == size


def test_order_of_nodes_and_edges_does_not_matter():
    boxes, edges = two_clusters()
    turned = place_nodes(dict(reversed(boxes.items())), [(b, a) for a, b in reversed(edges)])
    assert turned == place_nodes(boxes, edges)


@pytest.mark.parametrize("size", [12, 40])
def test_boxes_do_not_overlap(size):
    boxes, edges = ring(size)
    points = list(place_nodes(boxes, edges).values())
    for i, (x, y) in enumerate(points):
        for other_x, other_y in points[i + 1 :]:
            assert abs(x - other_x) >= BOX[0] - 1.5 or abs(y - other_y) >= BOX[1] - 1.5


def test_clusters_stand_apart():
    boxes, edges = two_clusters()
    points = place_nodes(boxes, edges)
    left = [p for name, p in points.items() if name.startswith("a")]
    right = [p for name, p in points.items() if name.startswith("b")]
    spread = sum(distance(p, middle(left)) for p in left) / len(left)
    assert distance(middle(left), middle(right)) > 1.3 * spread


def test_unjoined_nodes_stand_beside_the_others():
    boxes, edges = ring(10)
    points = place_nodes(boxes | {"alone": BOX}, edges)
    assert points["alone"][0] > max(x for name, (x, _) in points.items() if name != "alone")


def test_an_edge_to_itself_joins_nothing():
    assert place_nodes({"a": BOX}, [("a", "a")]).keys() == {"a"}
