"""The streets of a made-up city: where junctions are, which are joined, and which streets are arterials."""

import math
from dataclasses import dataclass, field

import numpy
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

SPACING = 250.0  # m between neighbours half-way out; less in the centre, more at the edge
JITTER = 0.36  # of the spacing
ARTERIAL_EVERY = 5.0  # of the spacing
DELETED_SHARE = 0.10  # of the streets that may go
DELETED_SHARE_AT_FIVE_LEGS = 0.9
STUB_SHARE = 0.6  # of the streets that could lead out of the city
LEAST_ANGLE = math.radians(38)
LEAST_LENGTH, GREATEST_LENGTH = 80.0, 600.0
MOST_LEGS = 5


@dataclass
class Streets:
    """Places and the streets between them; street e is the links 2e, from its first place to its second, and 2e + 1."""

    places: numpy.ndarray  # x, y
    control: list  # of each place: signals, priority or boundary
    names: list = field(init=False)
    ends: numpy.ndarray  # two places for each street
    lanes: numpy.ndarray  # of each street, a direction, bays left out
    arterial: numpy.ndarray
    speed: numpy.ndarray

    def __post_init__(self):
        letters, numbers, self.names = {"signals": "J", "priority": "P", "boundary": "B"}, {}, []
        for control in self.control:
            numbers[control] = numbers.get(control, 0) + 1
            self.names.append(f"{letters[control]}{numbers[control]}")
        self.lengths = numpy.round(street_lengths(self.places, self.ends), 1)

    def link_ends(self, link):
        first, second = self.ends[link // 2]
        return (second, first) if link % 2 else (first, second)

    def link_name(self, link):
        start, end = self.link_ends(link)
        return f"{self.names[start]}_{self.names[end]}"

    def legs(self):
        """Of each place: (angle, street, neighbour), counter-clockwise from the east."""
        legs = [[] for _ in self.names]
        for street, (first, second) in enumerate(self.ends.tolist()):
            x, y = (self.places[second] - self.places[first]).tolist()
            legs[first].append((math.atan2(y, x) % math.tau, street, second))
            legs[second].append((math.atan2(-y, -x) % math.tau, street, first))
        return [sorted(here) for here in legs]


def street_lengths(places, ends):
    return numpy.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T)


def lay_out_streets(junctions, random):
    """Streets with a given number of junctions under signals."""
    wanted = math.ceil(1.15 * junctions) + 2
    while True:
        inner, places = scatter(wanted, random)
        ends = gabriel_edges(places)
        ends, places = trim(ends, places, inner, random)
        degree = numpy.bincount(ends.ravel(), minlength=len(places))
        able = [k for k in range(len(places)) if 3 <= degree[k] <= MOST_LEGS]
        if len(able) >= 1.06 * junctions:
            break
        wanted += max(1, math.ceil(1.1 * (1.06 * junctions - len(able))))
    boundary = degree == 1
    arterial = choose_arterials(places, ends, boundary, random)
    lanes = numpy.where(random.random(len(ends)) < 0.2, 2, 1)
    lanes[arterial > 0] = arterial[arterial > 0]
    speed = numpy.array([8.33, 11.11, 11.11, 13.89])[(random.random(len(ends)) * 4).astype(int)]
    speed[arterial > 0] = 13.89
    importance = numpy.bincount(ends.ravel(), numpy.repeat(arterial > 0, 2), minlength=len(places)) + random.random(
        len(places))
    signals = set(sorted(able, key=lambda place: -importance[place])[:junctions])
    control = ["signals" if k in signals else "boundary" if boundary[k] else "priority" for k in range(len(places))]
    return Streets(numpy.round(places, 1), control, ends, lanes, arterial > 0, speed)


def scatter(wanted, random):
    """Jittered places, the inner ones first and nearest to the centre first, denser there than at the edge."""
    radius = math.sqrt(wanted / math.pi) + 3
    half = math.ceil(radius)
    column, row = (grid.ravel().astype(float) for grid in numpy.meshgrid(
        numpy.arange(-half, half + 1), numpy.arange(-half, half + 1)))
    x = column + JITTER * (2 * random.random(len(column)) - 1) + 0.5 * (row % 2)
    y = row + JITTER * (2 * random.random(len(row)) - 1)
    distance = numpy.hypot(x, y)
    order = numpy.argsort(distance, kind="stable")
    order = order[distance[order] < radius]
    x, y, distance = x[order], y[order], distance[order]
    scale = SPACING * (0.75 + 0.5 * distance / radius)
    return wanted, numpy.stack([x * scale, y * scale], axis=1)


def gabriel_edges(places):
    """Pairs of places whose circle holds no other place (Gabriel and Sokal 1969), from the Delaunay triangles."""
    triangles = Delaunay(places).simplices
    sides, seen = [], []
    for first, second, apex in [(0, 1, 2), (1, 2, 0), (2, 0, 1)]:
        one, other, third = (triangles[:, k] for k in (first, second, apex))
        sides.append(numpy.sort(numpy.stack([one, other], axis=1), axis=1))
        seen.append(((places[one] - places[third]) * (places[other] - places[third])).sum(axis=1) < 0)
    sides, which = numpy.unique(numpy.concatenate(sides), axis=0, return_inverse=True)
    blocked = numpy.bincount(which.ravel(), numpy.concatenate(seen), minlength=len(sides))
    return sides[blocked == 0]


def trim(ends, places, inner, random):
    """Takes streets away until the rest is irregular and without dead ends; those that lead out end at the edge."""
    inside = (ends < inner).sum(axis=1)
    streets = ends[inside == 2]
    streets = thin(streets, places, inner, random)
    out = ends[inside == 1]
    out = numpy.where(out[:, :1] < inner, out, out[:, ::-1])
    out = out[numpy.argsort(random.random(len(out)), kind="stable")]
    kept, used = [], numpy.bincount(streets.ravel(), minlength=inner)
    for number, (place, target) in enumerate(out.tolist()):
        if number >= max(5, STUB_SHARE * len(out)) or used[place] >= MOST_LEGS:
            continue
        if angle_is_free(place, target, streets, kept, places):
            kept.append((place, target))
            used[place] += 1
    length = 180 + 170 * random.random(len(kept))
    stubs, edge = [], []
    for (place, target), reach in zip(kept, length.tolist()):
        step = places[target] - places[place]
        distance = math.hypot(*step.tolist())
        edge.append(places[place] + step * min(1.0, reach / distance))
        stubs.append((place, inner + len(stubs)))
    all_places = numpy.concatenate([places[:inner], numpy.array(edge)])
    streets = numpy.concatenate([streets, numpy.array(stubs)])
    return without_dead_ends(streets, all_places, inner)


def angle_is_free(place, target, streets, kept, places):
    near = streets[(streets == place).any(axis=1)]
    others = [a if b == place else b for a, b in near.tolist()] + [end for start, end in kept if start == place]
    direction = places[target] - places[place]
    return all(angle_between(direction, places[other] - places[place]) >= LEAST_ANGLE for other in others)


def angle_between(one, other):
    difference = math.atan2(one[1], one[0]) - math.atan2(other[1], other[0])
    return abs((difference + math.pi) % math.tau - math.pi)


def thin(streets, places, count, random):
    """Streets without a share of those that are not needed to keep all places joined."""
    length = street_lengths(places, streets)
    weight = numpy.where(length > GREATEST_LENGTH, 10 * length, length)
    tree = minimum_spanning_tree(coo_array((weight, (streets[:, 0], streets[:, 1])), shape=(count, count))).tocoo()
    needed = set(zip(tree.row.tolist(), tree.col.tolist()))
    degree = numpy.bincount(streets.ravel(), minlength=count).tolist()
    neighbours = [[] for _ in range(count)]
    for first, second in streets.tolist():
        neighbours[first].append(second)
        neighbours[second].append(first)
    draw, kept = random.random(len(streets)).tolist(), numpy.ones(len(streets), bool)
    for number in numpy.argsort(-length, kind="stable").tolist():
        first, second = streets[number].tolist()
        if (first, second) in needed:
            continue
        is_bad = length[number] > GREATEST_LENGTH or length[number] < LEAST_LENGTH or any(
            degree[start] > MOST_LEGS or any(
                angle_between(places[end] - places[start], places[other] - places[start]) < LEAST_ANGLE
                for other in neighbours[start] if other != end)
            for start, end in [(first, second), (second, first)])
        share = DELETED_SHARE_AT_FIVE_LEGS if max(degree[first], degree[second]) > 4 else DELETED_SHARE
        if is_bad or (draw[number] < share and min(degree[first], degree[second]) > 3):
            kept[number] = False
            for start, end in [(first, second), (second, first)]:
                degree[start] -= 1
                neighbours[start].remove(end)
    return streets[kept]


def without_dead_ends(streets, places, inner):
    """Streets and places without ways that lead nowhere, the places numbered anew."""
    while True:
        degree = numpy.bincount(streets.ravel(), minlength=len(places))
        dead = (degree[streets] == 1) & (streets < inner)
        if not dead.any():
            break
        streets = streets[~dead.any(axis=1)]
    graph = coo_array((numpy.ones(len(streets)), (streets[:, 0], streets[:, 1])), shape=(len(places), len(places)))
    _, part = connected_components(graph, directed=False)
    used = part == numpy.bincount(part).argmax()
    number = numpy.cumsum(used) - 1
    return number[streets[used[streets].all(axis=1)]], places[used]


def choose_arterials(places, ends, boundary, random):
    """Lanes a direction of each street that is part of an arterial, 0 of others.

    Arterials follow straight lines across the city, from edge to edge, in two families that cross at nearly right
    angles.
    """
    lanes = numpy.zeros(len(ends), int)
    length = street_lengths(places, ends)
    middle = places[ends].mean(axis=1)
    step = places[ends[:, 1]] - places[ends[:, 0]]
    radius = numpy.hypot(*places.T).max()
    edge = numpy.nonzero(boundary)[0]
    first = math.pi * float(random.random())
    for family in (first, first + math.pi / 2 + 0.3 * (float(random.random()) - 0.5)):
        gap = ARTERIAL_EVERY * SPACING
        count = max(1, round(1.8 * radius / gap))
        for number in range(count):
            offset = (number - (count - 1) / 2 + 0.4 * (float(random.random()) - 0.5)) * gap
            angle = family + 0.1 * (float(random.random()) - 0.5)
            along = numpy.array([math.cos(angle), math.sin(angle)])
            across = numpy.array([-along[1], along[0]])
            aside = (places[:, 0] * across[0] + places[:, 1] * across[1] - offset)
            forward = places[:, 0] * along[0] + places[:, 1] * along[1]
            behind, ahead = edge[forward[edge] < 0], edge[forward[edge] > 0]
            width = 3 if float(random.random()) < 0.3 else 2
            if not len(behind) or not len(ahead):
                continue
            start = behind[numpy.argmin(numpy.abs(aside[behind]))]
            end = ahead[numpy.argmin(numpy.abs(aside[ahead]))]
            off = (middle[:, 0] * across[0] + middle[:, 1] * across[1] - offset) / (0.5 * SPACING)
            bend = (step[:, 0] * across[0] + step[:, 1] * across[1]) / length
            cost = length * (1 + 0.5 * off * off + 4 * bend * bend)
            for street in path_between(start, end, ends, cost, len(places)):
                lanes[street] = max(lanes[street], width)
    return lanes


def path_between(start, end, ends, cost, count):
    graph = coo_array((cost, (ends[:, 0], ends[:, 1])), shape=(count, count)).tocsr()
    _, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
    number = {(a, b): street for street, (a, b) in enumerate(ends.tolist())}
    place = int(end)
    while place != start:
        previous = int(before[place])
        yield number[min(previous, place), max(previous, place)]
        place = previous
