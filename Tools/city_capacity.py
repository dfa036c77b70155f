"""How full the junctions of a made-up city are, for the flows of its movements, all at once.

Flow ratios are flows over saturation flows. A junction's degree of saturation is that of its critical movements under
the splits of its cycle that make it least, with x = y·C/g for each stage and no g below what the stage needs at least.
"""

import numpy

from made_network import TURNING_SPEED

TURNS = ["right", "through", "left"]
STAGE_KINDS = ["through", "lefts", "other through", "left and rest of through"]
RIGHT, THROUGH, LEFT = 1, 2, 4  # bits of sets of turns
CRITICAL_GAP, FOLLOW_UP = 4.5, 2.5  # s, of lefts that give way
LEFTS_IN_CHANGE = 2  # vehicles a cycle that turn left after the green
VEHICLE_SPACING = 7.5  # m
MINOR_LIMIT, MAJOR_LIMIT = 0.45, 0.9  # flow ratios up to which roads without signals flow


def saturation_flow(speed):
    """Of a lane, veh/h: 1 s, the time in which a queued vehicle passes with its gap, and 0.5 s to gain speed."""
    return 3600 / (1.5 + VEHICLE_SPACING / speed)


class Capacity:
    """Arrays over links (approaches), movements and stages, and what follows from flows."""

    def __init__(self, roads, junctions):
        streets, movements = roads.streets, roads.movements
        self.link_count, self.place_count = len(roads.marks), len(streets.control)
        self.from_link = numpy.array([m.from_link for m in movements])
        self.turn = numpy.array([TURNS.index(m.turn) for m in movements])
        self.place = numpy.array([m.place for m in movements])
        speed = streets.speed[numpy.arange(self.link_count) // 2]
        self.saturation = saturation_flow(speed)
        self.equivalent = numpy.stack([
            self.saturation / saturation_flow(numpy.minimum(speed, TURNING_SPEED[turn])) for turn in TURNS], axis=1)
        bits = {"R": RIGHT, "T": THROUGH, "L": LEFT}
        allowed = [[sum(bits[letter] for letter in marks) for marks in lanes] for lanes in roads.marks]
        # How many lanes of each link are open to any of a set of turns.
        self.lanes = numpy.array([[sum(1 for lane in lanes if lane & turns) for turns in range(8)]
                                  for lanes in allowed])
        self.bay = numpy.full(self.link_count, numpy.inf)
        for link, length in roads.bays.items():
            self.bay[link] = length / VEHICLE_SPACING
        self.own_left = numpy.zeros(self.link_count, bool)
        self.opposing = numpy.full(self.link_count, -1)
        self.lefts_in_change = numpy.zeros(self.link_count)
        stages, self.limit = [], numpy.full(self.link_count, MAJOR_LIMIT)
        for number, junction in enumerate(junctions):
            self.add_stages(stages, number, junction, roads)
        self.junction, self.kind, self.first, self.second, self.least = (
            numpy.array(column) for column in zip(*stages))
        self.cycle = numpy.array([junction.cycle for junction in junctions], float)
        self.room = numpy.array([junction.cycle - junction.lost for junction in junctions], float)
        self.cycle_of_place = numpy.zeros(self.place_count)
        for junction in junctions:
            self.cycle_of_place[junction.place] = junction.cycle
        self.junction_places = numpy.array([junction.place for junction in junctions])
        for movement in movements:
            if movement.group is None and movement.gives_way and movement.turn != "left":
                self.limit[movement.from_link] = MINOR_LIMIT
        towards = numpy.array([streets.link_ends(link)[1] for link in range(self.link_count)])
        self.signless = numpy.array([streets.control[place] == "priority" for place in towards])
        self.towards = towards

    def add_stages(self, stages, number, junction, roads):
        position = 0
        for part in junction.parts:
            links = [roads.inbound(junction.place, leg) for leg in part.legs]
            first, second = links[0], links[-1]
            kinds = ["through"]
            if len(part.lefts) == 2:
                kinds = ["through", "lefts"]
            elif part.lefts:
                first, second = (links if part.legs[0] == part.lefts[0] else links[::-1])
                kinds = ["other through", "left and rest of through"]
            for leg in part.lefts:
                self.own_left[roads.inbound(junction.place, leg)] = True
            if len(part.legs) == 2:
                for leg, link, other in zip(part.legs, links, links[::-1]):
                    if leg not in part.lefts:
                        self.opposing[link] = other
                        self.lefts_in_change[link] = LEFTS_IN_CHANGE * 3600 / junction.cycle
            for kind in kinds:
                stages.append((number, STAGE_KINDS.index(kind), first, second, junction.least[position]))
                position += 1

    def flow_ratios(self, flow):
        """Of each link: of all that has no group of its own, and of protected lefts."""
        turning = numpy.bincount(3 * self.from_link + self.turn, flow, minlength=3 * self.link_count).reshape(-1, 3)
        against = numpy.where(self.opposing >= 0, turning[self.opposing, 0] + turning[self.opposing, 1], 0)
        lanes_against = numpy.maximum(1, self.lanes[self.opposing, RIGHT | THROUGH])
        busy = against / (lanes_against * self.saturation[self.opposing])
        rate = numpy.maximum(against, 1) / 3600
        gaps = 3600 * rate * numpy.exp(-rate * CRITICAL_GAP) / (1 - numpy.exp(-rate * FOLLOW_UP))
        # Half of the cycle is green, and the queue that comes the other way goes first.
        permitted = numpy.maximum(gaps * numpy.maximum(0, 1 - 2 * busy), 2 * self.lefts_in_change)
        units = turning * self.equivalent
        opposed = numpy.where((self.opposing >= 0) & (against > 0), self.saturation / numpy.maximum(permitted, 1), 0)
        units[:, 2] = numpy.maximum(units[:, 2], turning[:, 2] * opposed)
        lefts = numpy.where(self.own_left, units[:, 2] / (numpy.maximum(1, self.lanes[:, LEFT]) * self.saturation), 0)
        units[:, 2] = numpy.where(self.own_left, 0, units[:, 2])
        through = numpy.zeros(self.link_count)
        for turns in range(1, 8):
            load = sum(units[:, k] for k in range(3) if turns & (1 << k))
            lanes = numpy.maximum(1, self.lanes[:, turns])
            through = numpy.maximum(through, load / (lanes * self.saturation))
        return through, lefts

    def stage_ratios(self, through, lefts):
        """The critical flow ratio of each stage, in the order of junctions and their stages."""
        first, second = self.first, self.second
        return numpy.choose(self.kind, [
            numpy.maximum(through[first], through[second]), numpy.maximum(lefts[first], lefts[second]), through[second],
            numpy.maximum(lefts[first], through[first] - through[second])])

    def saturation_of_junctions(self, ratios):
        """The least x with Σ max(y·C/x, least length) no more than the cycle has room for, by halving."""
        flow = ratios * self.cycle[self.junction]
        low, high = numpy.full(len(self.cycle), 0.01), numpy.full(len(self.cycle), 10.0)
        for _ in range(16):
            middle = (low + high) / 2
            lengths = numpy.maximum(flow / middle[self.junction], self.least)
            fits = numpy.bincount(self.junction, lengths, minlength=len(middle)) <= self.room
            low, high = numpy.where(fits, low, middle), numpy.where(fits, middle, high)
        return high

    def fullness(self, flow):
        """Of each place how full it is, and of each junction its degree of saturation.

        A junction is as full as it is saturated, or as its bays are; without signals, as its flow ratios are near their
        limit.
        """
        through, lefts = self.flow_ratios(flow)
        saturation = self.saturation_of_junctions(self.stage_ratios(through, lefts))
        full = numpy.zeros(self.place_count)
        full[self.junction_places] = saturation
        numpy.maximum.at(full, self.towards[self.signless], (through / self.limit)[self.signless])
        numpy.maximum.at(full, self.towards, self.bays_needed(flow))
        return full, saturation

    def bays_needed(self, flow):
        """Of each link: its lefts in a cycle over what its bay has room for."""
        is_left = self.turn == TURNS.index("left")
        lefts = numpy.bincount(self.from_link[is_left], flow[is_left], minlength=self.link_count)
        return lefts / 3600 * self.cycle_of_place[self.towards] / self.bay
