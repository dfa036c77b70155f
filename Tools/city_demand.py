"""The demand of a made-up city: trips between its streets and its edge, loaded onto the quickest ways bit by bit.

Each batch of trips takes the ways that are quickest with the traffic so far, at travel times that are off by up to a
fifth, so that trips spread over several ways. Trips whose way leads over a junction that is already full stay away.
Loading ends when enough junctions are busy. Flows are whole vehicles an hour in two classes that peak at different
times, and so what comes to a link is to the last digit what leaves it.
"""

import math

import numpy
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

FULL = 0.82  # degree of saturation from which on nobody more passes a junction
BUSY, BUSY_SHARE = 0.72, 0.3  # degree of saturation of a busy junction, share of the junctions that are to be busy
ZONES_PER_JUNCTION = 0.4  # streets inside that trips begin and end in
LEAST_ZONE_LENGTH = 120  # m
TRIP_LENGTHS = 700, 5000  # m as the crow flies
TRIP_SIZE = 5  # veh/h
INSIDE, EDGE_LOCAL, EDGE_ARTERIAL = (30, 110), (40, 120), (200, 500)  # veh/h that a round adds to a place of origin
WAITS = {"signals": 12.0, "priority": 3.0}  # s
TURN_TIME = {"right": 7.0, "through": 0.0, "left": 15.0}  # s, with what drivers do to avoid it
LONGEST_WAY = 1100.0  # s
MOST_ROUNDS = 6
BATCH = 64  # most places of origin whose trips are loaded at once
LEAST_BATCHES = 100  # in a round; small cities are visited several times in it


class Demand:
    """Flows of movements and what begins on links, veh/h in each of two classes: towards the centre, and away."""

    def __init__(self, roads, capacity, random):
        self.roads, self.capacity, self.random = roads, capacity, random
        streets, movements = roads.streets, roads.movements
        self.link_count = capacity.link_count
        self.to_link = numpy.array([m.to_link for m in movements])
        self.keys = capacity.from_link * self.link_count + self.to_link
        self.order = numpy.argsort(self.keys, kind="stable")
        self.sorted_keys = self.keys[self.order]
        links = numpy.arange(self.link_count) // 2
        self.drive = streets.lengths[links] / streets.speed[links]
        control = numpy.array([streets.control[place] == "signals" for place in capacity.place])
        turn_time = numpy.array([TURN_TIME[m.turn] for m in movements])
        self.wait = numpy.where(control, WAITS["signals"], WAITS["priority"]) + turn_time
        self.flow = numpy.zeros((2, len(movements)))
        self.sources = numpy.zeros((2, self.link_count))
        self.choose_zones()

    def choose_zones(self):
        """Streets where trips begin and end: those that lead out of the city, and some local ones inside."""
        streets = self.roads.streets
        is_edge = numpy.array([any(streets.control[place] == "boundary" for place in ends) for ends in streets.ends])
        able = numpy.nonzero(~is_edge & ~streets.arterial & (streets.lengths >= LEAST_ZONE_LENGTH))[0]
        draw = numpy.argsort(self.random.random(len(able)), kind="stable")
        inside = numpy.sort(able[draw[:math.ceil(ZONES_PER_JUNCTION * streets.control.count("signals"))]])
        edge = numpy.nonzero(is_edge)[0]
        self.zones = numpy.concatenate([edge, inside])
        middle = streets.places[streets.ends].mean(axis=1)
        outer = numpy.where([streets.control[b] == "boundary" for _, b in streets.ends], 1, 0)
        outermost = streets.places[streets.ends[numpy.arange(len(outer)), outer]]
        self.where = numpy.where(is_edge[:, None], outermost, middle)[self.zones]
        # A street's links by which traffic enters and leaves; either way where it begins inside.
        self.starts = [[2 * z + int(outer[z])] if is_edge[z] else [2 * z, 2 * z + 1] for z in self.zones.tolist()]
        self.goals = numpy.array([[2 * z + 1 - int(outer[z])] * 2 if is_edge[z] else [2 * z, 2 * z + 1]
                                  for z in self.zones.tolist()])
        low, high = numpy.array([EDGE_ARTERIAL if is_edge[z] and streets.arterial[z] else EDGE_LOCAL if is_edge[z]
                                 else INSIDE for z in self.zones.tolist()]).T
        self.strength = low + (high - low) * self.random.random(len(self.zones))
        self.tree = KDTree(self.where)
        self.radius = float(numpy.hypot(*self.where.T).max())

    def load(self):
        """Loads trips until enough junctions are busy, or nobody else is there."""
        count = len(self.zones)
        visits = math.ceil(LEAST_BATCHES / count)
        batch = min(BATCH, math.ceil(count * visits / LEAST_BATCHES))
        full, _ = self.capacity.fullness(self.flow.sum(axis=0))
        for _ in range(MOST_ROUNDS * visits):
            origins = numpy.argsort(self.random.random(count), kind="stable")
            for start in range(0, count, batch):
                self.load_batch(origins[start:start + batch], 1 / visits, full)
                full, saturation = self.capacity.fullness(self.flow.sum(axis=0))
                if (saturation >= BUSY).mean() >= BUSY_SHARE:
                    return

    def load_batch(self, origins, share, full):
        """Loads a share of the trips that a round adds to some places of origin."""
        sizes = numpy.ceil(share * self.strength[origins] / TRIP_SIZE).astype(int)
        origin = numpy.repeat(numpy.arange(len(origins)), sizes)
        goal = self.draw_goals(origins[origin])
        kept = goal != origins[origin]
        origin, goal = origin[kept], goal[kept]
        pick = self.random.random(len(origins))
        starts = numpy.array([links[int(draw * len(links))] for draw, links in
                              zip(pick.tolist(), (self.starts[zone] for zone in origins.tolist()))])
        times, before = self.quickest(starts, full)
        ends = self.goals[goal]
        one, other = times[origin, ends[:, 0]], times[origin, ends[:, 1]]
        end = numpy.where(one <= other, ends[:, 0], ends[:, 1])
        kept = numpy.isfinite(numpy.minimum(one, other))
        origin, end, goal = origin[kept], end[kept], goal[kept]
        trip, movement = self.ways(origin, end, before)
        is_shut = full[self.capacity.place[movement]] >= FULL
        goes = numpy.bincount(trip, is_shut, minlength=len(end)) == 0
        inward = numpy.hypot(*self.where[goal].T) < numpy.hypot(*self.where[origins[origin]].T)
        for kind in range(2):
            mine = goes & (inward == (kind == 0))
            self.flow[kind] += TRIP_SIZE * numpy.bincount(movement[mine[trip]], minlength=self.flow.shape[1])
            self.sources[kind] += TRIP_SIZE * numpy.bincount(starts[origin[mine]], minlength=self.link_count)

    def draw_goals(self, zones):
        """The zone nearest to a point in a random direction; beyond the edge that is a way out of the city."""
        shortest, longest = (min(length, 1.8 * self.radius * length / TRIP_LENGTHS[1]) for length in TRIP_LENGTHS)
        reach = shortest + (longest - shortest) * self.random.random(len(zones))
        angle = math.tau * self.random.random(len(zones))
        point = self.where[zones] + numpy.stack([reach * numpy.cos(angle), reach * numpy.sin(angle)], axis=1)
        return self.tree.query(point)[1]

    def quickest(self, starts, full):
        """Times from links to links and the links before them, whole milliseconds an edge, with the traffic so far."""
        crowd = full[self.capacity.place]
        noise = 0.8 + 0.4 * self.random.random(self.link_count)
        cost = (self.drive * noise)[self.to_link] + self.wait * (1 + 2 * crowd ** 4) + 150 * numpy.maximum(
            0, crowd - 0.8 * FULL)
        graph = csr_array((numpy.round(cost, 3), (self.capacity.from_link, self.to_link)),
                          shape=(self.link_count, self.link_count))
        return dijkstra(graph, indices=starts, return_predecessors=True, limit=LONGEST_WAY)

    def ways(self, origin, end, before):
        """The movements of trips, as pairs of trip and movement."""
        # A batch may be empty: in a small city some trips find no other place to go.
        trips, movements = [numpy.empty(0, int)], [numpy.empty(0, int)]
        trip, link = numpy.arange(len(end)), end
        while len(trip):
            previous = before[origin[trip], link]
            is_on = previous >= 0
            trip, link, previous = trip[is_on], link[is_on], previous[is_on]
            found = self.order[numpy.searchsorted(
                self.sorted_keys, previous.astype(numpy.int64) * self.link_count + link)]
            trips.append(trip)
            movements.append(found)
            link = previous
        return numpy.concatenate(trips), numpy.concatenate(movements)
