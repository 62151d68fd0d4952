"""Where the nodes of a drawn graph stand, so that the page need not work it out.

Communities are found first and laid out as a small graph of their own; each node
starts near its community's place, and neighbours pull while all push. Then labels
are moved off one another, and the components are packed side by side, the unjoined
nodes as a tidy block at the end. The same graph gives the same positions: nothing
is drawn by lot, and coordinates are rounded at every step, before small differences grow.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

Point = tuple[int, int]
_Floats = NDArray[np.float64]
_Integers = NDArray[np.int64]

SPACING = 95.0
"""Wished distance of two joined nodes, in the units of the page at zoom 1."""
EXACT_BELOW = 400
"""Up to so many nodes every pair pushes; above, near ones and the centres of cells do."""
STEPS, STEPS_LARGE = 220, 90
PUSH = 0.5 * SPACING**2
MARGIN = 140.0
LEVELS, SWEEPS = 4, 12


def place_nodes(
    boxes: Mapping[str, tuple[float, float]], edges: Iterable[tuple[str, str]]
) -> dict[str, Point]:
    """Return where each node stands; ``boxes`` gives the width and height to keep free."""
    names, pairs = _numbered_pairs(boxes, edges)
    sizes = np.array([boxes[name] for name in names], dtype=float).reshape(-1, 2)
    blocks = list(_blocks_of_joined(pairs, sizes))
    joined = {node for nodes, _ in blocks for node in nodes}
    blocks.extend(_block_of_unjoined([i for i in range(len(names)) if i not in joined], sizes))
    points = _pack(blocks, sizes)
    return {name: points[i] for i, name in enumerate(names)}


def _numbered_pairs(
    names: Iterable[str], edges: Iterable[tuple[str, str]]
) -> tuple[list[str], _Integers]:
    """Return the names in order, and the edges between two of them by their numbers in it."""
    ordered = sorted(names)
    index = {name: i for i, name in enumerate(ordered)}
    return ordered, _edge_array((index[a], index[b]) for a, b in edges if a != b)


def _blocks_of_joined(pairs: _Integers, sizes: _Floats) -> Iterator[tuple[list[int], _Floats]]:
    """Yield the nodes of each component with their places among themselves."""
    for nodes in _components(len(sizes), pairs):
        local = np.full(len(sizes), -1)
        local[nodes] = np.arange(len(nodes))
        own = local[pairs[local[pairs[:, 0]] >= 0]]
        yield nodes, _place_component(len(nodes), own, sizes[nodes])


def communities_of(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the community of each joined node, numbered from 0 by size."""
    ordered, pairs = _numbered_pairs(names, edges)
    labels = _communities(len(ordered), pairs).tolist()
    joined = set(pairs.ravel().tolist())
    return {name: labels[i] for i, name in enumerate(ordered) if i in joined}


def _ordered(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _components(count: int, pairs: _Integers) -> Iterator[list[int]]:
    """Yield the nodes of each component of two or more, the largest component first."""
    ones = np.ones(len(pairs))
    matrix = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    _, labels = connected_components(matrix, directed=False)
    members: dict[int, list[int]] = defaultdict(list)
    for node, label in enumerate(labels.tolist()):
        members[label].append(node)
    for nodes in sorted(members.values(), key=lambda nodes: (-len(nodes), nodes[0])):
        if len(nodes) > 1:
            yield nodes


def _communities(count: int, edges: _Integers) -> _Integers:
    """Return the community of each node by Louvain's method, numbered by size.

    Sweeps are few: networkx goes on until nothing moves, 200 sweeps on a tangled graph.
    """
    # So few fall into no parts that a picture would show.
    if count < 8:
        return np.zeros(count, dtype=np.int64)
    belongs = np.arange(count)
    links: dict[tuple[int, int], float] = dict.fromkeys(map(tuple, edges.tolist()), 1.0)
    for _ in range(LEVELS):
        size = int(belongs.max()) + 1
        moved = _numbered(_move_locally(size, links))
        belongs = moved[belongs]
        if int(moved.max()) + 1 == size:
            break
        merged: dict[tuple[int, int], float] = defaultdict(float)
        for (a, b), weight in links.items():
            merged[_ordered(int(moved[a]), int(moved[b]))] += weight
        links = merged
    return _numbered(belongs.tolist())


def _move_locally(count: int, links: Mapping[tuple[int, int], float]) -> list[int]:
    """Move each node to the neighbouring community that gains most, in a few sweeps."""
    near: list[dict[int, float]] = [{} for _ in range(count)]
    strength = [0.0] * count
    for (a, b), weight in links.items():
        strength[a] += weight
        strength[b] += weight
        if a != b:
            near[a][b] = near[b][a] = weight
    total = sum(strength) or 1.0
    group, inside = list(range(count)), strength.copy()
    for _ in range(SWEEPS):
        moves = 0
        for node in range(count):
            inside[group[node]] -= strength[node]
            best = _best_group(node, near[node], group, [inside, strength], total)
            moves += best != group[node]
            group[node] = best
            inside[best] += strength[node]
        # The few that still move would take most of the sweeps.
        if moves <= count // 100:
            break
    return group


def _best_group(
    node: int,
    near: Mapping[int, float],
    group: Sequence[int],
    weights: Sequence[Sequence[float]],
    total: float,
) -> int:
    inside, strength = weights
    towards: dict[int, float] = defaultdict(float)
    towards[group[node]] += 0.0
    for other, weight in near.items():
        towards[group[other]] += weight
    gain = {g: w - inside[g] * strength[node] / total for g, w in towards.items()}
    # Of equal gains one's own place, or nodes would change places for ever; then the lowest
    # number, for the same picture each time.
    return min(gain, key=lambda g: (-gain[g], g != group[node], g))


def _numbered(labels: Sequence[int]) -> _Integers:
    """Return the same groups, numbered from 0 by size."""
    sizes = Counter(labels)
    order = sorted(sizes, key=lambda label: (-sizes[label], label))
    number = {label: i for i, label in enumerate(order)}
    return np.array([number[label] for label in labels], dtype=np.int64)


def _place_component(count: int, edges: _Integers, sizes: _Floats) -> _Floats:
    points = _settle(_start(_communities(count, edges), edges), edges)
    if np.ptp(points[:, 1]) > np.ptp(points[:, 0]):  # screens are wider than tall
        points = points[:, ::-1]
    return _part(points, sizes)


def _edge_array(pairs: Iterable[tuple[int, int]]) -> _Integers:
    return np.array(sorted({_ordered(a, b) for a, b in pairs}), dtype=np.int64).reshape(-1, 2)


def _start(labels: _Integers, edges: _Integers) -> _Floats:
    """Return first places: communities laid out as one node each, members around them."""
    counts = np.bincount(labels)
    radius = SPACING * 0.6 * np.sqrt(counts)
    if len(counts) > 1:
        between = labels[edges]
        joined = {_ordered(int(a), int(b)) for a, b in between if a != b}
        centres = _settle(_spiral(len(counts)) * SPACING, _edge_array(joined))
        centres = _part(centres * 2, np.stack([radius, radius], axis=1) * 1.7)
    else:
        centres = np.zeros((1, 2))
    points = np.empty((len(labels), 2))
    for group, centre in enumerate(centres):
        members = np.flatnonzero(labels == group)
        points[members] = centre + _spiral(len(members)) * SPACING * 0.6
    return points


def _spiral(count: int) -> _Floats:
    """Return points spread evenly over a disc, like the seeds of a sunflower."""
    turn = math.pi * (3 - math.sqrt(5))
    spread = [
        (math.sqrt(i + 0.5) * math.cos(i * turn), math.sqrt(i + 0.5) * math.sin(i * turn))
        for i in range(count)
    ]
    return np.round(np.array(spread, dtype=float).reshape(-1, 2), 3)


def _settle(points: _Floats, edges: _Integers) -> _Floats:
    """Let joined nodes pull and all nodes push, by ever smaller steps."""
    count = len(points)
    if count < 2:
        return points
    steps = STEPS if count <= EXACT_BELOW else STEPS_LARGE
    degree = np.bincount(edges.ravel(), minlength=count).astype(float)
    weight = np.sqrt(degree + 1)
    for step in range(steps):
        push = _push_all(points, weight) if count <= EXACT_BELOW else _push_near(points, weight)
        # The last part draws all to the middle, or loose ends would drift away.
        force = push + _pull(points, edges, weight) - points * 0.02
        length = np.sqrt((force**2).sum(axis=1, keepdims=True)) + 1e-9
        limit = SPACING * (1 - step / steps) * (0.9 if step < steps / 2 else 0.5) + 1
        points = np.round(points + force / length * np.minimum(length, limit), 3)
    return points


def _pull(points: _Floats, edges: _Integers, weight: _Floats) -> _Floats:
    a, b = edges[:, 0], edges[:, 1]
    away = points[b] - points[a]
    length = np.sqrt((away**2).sum(axis=1)) + 1e-9
    pull = away * (length / SPACING / np.minimum(weight[a], weight[b]))[:, None] * 0.5
    total = np.zeros_like(points)
    for axis in (0, 1):
        total[:, axis] += np.bincount(a, pull[:, axis], len(points))
        total[:, axis] -= np.bincount(b, pull[:, axis], len(points))
    return total


def _push_all(points: _Floats, weight: _Floats) -> _Floats:
    return _push_from(points, points[None, :, :], np.broadcast_to(weight, (1, len(points))))


def _push_near(points: _Floats, weight: _Floats, near: int = 10) -> _Floats:
    """Push from the nearest nodes one by one, and from all others through their cell."""
    _, neighbours = cKDTree(points).query(points, k=min(near, len(points)))
    close = _push_from(points, points[neighbours], weight[neighbours])
    centres, heavy = _cells(points, weight)
    return close + 0.6 * _push_from(points, centres[None, :, :], heavy[None, :])


def _cells(points: _Floats, weight: _Floats, side: int = 10) -> tuple[_Floats, _Floats]:
    low, high = points.min(axis=0), points.max(axis=0)
    cell = np.minimum(((points - low) / (high - low + 1e-9) * side).astype(int), side - 1)
    number = cell[:, 0] * side + cell[:, 1]
    heavy = np.bincount(number, weight, side * side).astype(float)
    sums = [np.bincount(number, weight * points[:, axis], side * side) for axis in (0, 1)]
    filled = heavy > 0
    return np.stack(sums, axis=1)[filled] / heavy[filled, None], heavy[filled]


def _push_from(points: _Floats, others: _Floats, weight: _Floats) -> _Floats:
    """Return the push of ``others`` (a row for each point, or one row for all) on points."""
    away_x = points[:, 0, None] - others[..., 0]
    away_y = points[:, 1, None] - others[..., 1]
    strength = PUSH * weight / (away_x * away_x + away_y * away_y + SPACING)
    return np.stack([(away_x * strength).sum(axis=1), (away_y * strength).sum(axis=1)], axis=1)


def _part(points: _Floats, sizes: _Floats, rounds: int = 160) -> _Floats:
    """Move boxes that overlap apart, along the axis on which they overlap least."""
    if len(points) < 2:
        return points
    half = sizes / 2
    reach = float(np.sqrt((sizes**2).sum(axis=1)).max())
    for _ in range(rounds):
        pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
        # The tree gives them in no order that one can rely on.
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        a, b = pairs[:, 0], pairs[:, 1]
        away = points[b] - points[a]
        overlap = half[a] + half[b] - np.abs(away)
        hit = (overlap > 0).all(axis=1)
        if not hit.any():
            break
        points = _step_apart(points, a[hit], b[hit], away[hit], overlap[hit])
    return points


def _step_apart(
    points: _Floats, a: _Integers, b: _Integers, away: _Floats, overlap: _Floats
) -> _Floats:
    axis = overlap.argmin(axis=1)
    rows = np.arange(len(a))
    sign = np.where(away[rows, axis] >= 0, 1.0, -1.0)
    step = np.minimum(overlap[rows, axis], SPACING) * 0.5 * sign
    moved = points.copy()
    for side in (0, 1):
        # A part of the overlap alone would come ever nearer and never end; the fixed bit ends it.
        along = np.where(axis == side, step, 0.0) * 0.9 + np.where(axis == side, sign, 0.0) * 0.2
        share = np.maximum(
            np.bincount(a, axis == side, len(points)) + np.bincount(b, axis == side, len(points)), 1
        )
        moved[:, side] += np.bincount(b, along, len(points)) / np.sqrt(share)
        moved[:, side] -= np.bincount(a, along, len(points)) / np.sqrt(share)
    return np.round(moved, 3)


def _block_of_unjoined(alone: Sequence[int], sizes: _Floats) -> list[tuple[list[int], _Floats]]:
    """Return the unjoined nodes as one block of columns."""
    if not alone:
        return []
    columns = max(1, round(math.sqrt(len(alone) / 3)))
    width = max(120.0, float(np.median(sizes[alone, 0])) * 1.15)
    grid = [((i % columns) * width, (i // columns) * 52.0) for i in range(len(alone))]
    return [(list(alone), np.array(grid, dtype=float))]


def _pack(blocks: Sequence[tuple[list[int], _Floats]], sizes: _Floats) -> dict[int, Point]:
    """Put the largest component first and the others on shelves to its right."""
    placed: dict[int, Point] = {}
    right, shelf_left, shelf_top, shelf_width, height = 0.0, 0.0, 0.0, 0.0, 0.0
    for number, (nodes, points) in enumerate(blocks):
        low = (points - sizes[nodes] / 2).min(axis=0)
        width, tall = (points + sizes[nodes] / 2).max(axis=0) - low
        if number == 0:
            left, top, height = 0.0, 0.0, max(float(tall), 600.0)
            shelf_left = width + MARGIN
        else:
            if shelf_top and shelf_top + tall > height:
                shelf_left, shelf_top, shelf_width = shelf_left + shelf_width + MARGIN, 0.0, 0.0
            left, top = shelf_left, shelf_top
            shelf_top, shelf_width = shelf_top + tall + MARGIN / 2, max(shelf_width, float(width))
        right = max(right, left + width)
        for node, (x, y) in zip(nodes, points - low + (left, top), strict=True):
            placed[node] = (round(float(x)), round(float(y)))
    middle_x, middle_y = round(right / 2), round(height / 2)
    return {node: (x - middle_x, y - middle_y) for node, (x, y) in placed.items()}
