"""The lanes and movements of a made-up city, and who gives way where there are no signals."""

import math
from dataclasses import dataclass, field
from functools import cache

from made_network import paths_meet

STRAIGHT = math.radians(45)  # how far from straight on a through movement may be
ARTERIAL_BEND = math.radians(25)  # how much further than other legs an arterial may be off and still go on
LOCAL_BAY_SHARE = 0.35
LEAST_LENGTH_WITH_BAY = 110  # m
BAY_LENGTHS = range(45, 105, 5)  # m


@dataclass(slots=True)
class Movement:
    """Traffic from one leg of a place to another; foes are numbers of movements of the city."""

    place: int
    source: int  # leg
    target: int
    from_link: int
    to_link: int
    turn: str
    lanes: list
    group: str = None
    foes: list = field(default_factory=list)
    gives_way: list = field(default_factory=list)


class Roads:
    """Streets with their lanes, kerb first, as the turns that their traffic may make (R, T, L), and all movements."""

    def __init__(self, streets, random):
        self.streets, self.random = streets, random
        self.legs = streets.legs()
        self.marks = [["T"] * int(streets.lanes[link // 2]) for link in range(2 * len(streets.ends))]
        self.bays = {}  # link: length of its left-turn bay, m
        self.partners = [{} for _ in self.legs]  # of each place: leg: the leg that lies opposite
        self.movements, self.movements_at = [], []
        for place, control in enumerate(streets.control):
            start = len(self.movements)
            if control != "boundary":
                self.add_movements(place)
            self.movements_at.append(range(start, len(self.movements)))
            if control == "priority":
                self.rule_by_signs(place)

    def inbound(self, place, leg):
        """The link by which traffic comes from a leg; the one back has the number with the last bit changed."""
        street = self.legs[place][leg][1]
        return 2 * street + int(self.streets.ends[street, 0] == place)

    def is_arterial(self, place, leg):
        return bool(self.streets.arterial[self.legs[place][leg][1]])

    def leg_name(self, place, leg):
        return self.streets.names[self.legs[place][leg][2]]

    def add_movements(self, place):
        count = len(self.legs[place])
        arterials = [self.is_arterial(place, leg) for leg in range(count)]
        turns = turns_between([angle for angle, _, _ in self.legs[place]], arterials)
        self.partners[place] = {source: target for (source, target), turn in turns.items()
                                if turn == "through" and turns[target, source] == "through"}
        start, table = len(self.movements), meetings(count)
        for source in range(count):
            link = self.inbound(place, source)
            self.mark_lanes(place, source, link, {turns[source, k][0].upper() for k in range(count) if k != source})
            for target in range(count):
                if target != source:
                    turn = turns[source, target]
                    lanes = [lane for lane, marks in enumerate(self.marks[link]) if turn[0].upper() in marks]
                    self.movements.append(
                        Movement(place, source, target, link, self.inbound(place, target) ^ 1, turn, lanes))
        for one, movement in enumerate(self.movements[start:]):
            movement.foes = [start + other for other in table[one]]

    def mark_lanes(self, place, leg, link, turns):
        draw, reach = self.random.random(), self.random.choice(BAY_LENGTHS)
        is_wanted = self.is_arterial(place, leg) or draw < LOCAL_BAY_SHARE
        has_bay = (is_wanted and "L" in turns and len(turns) > 1 and self.streets.control[place] == "signals"
                   and float(self.streets.lengths[link // 2]) >= LEAST_LENGTH_WITH_BAY)
        if has_bay:
            self.bays[link] = min(reach, 5 * int(self.streets.lengths[link // 2] / 10))
        self.marks[link] = marked_lanes(turns, int(self.streets.lanes[link // 2]), has_bay)

    def rule_by_signs(self, place):
        """Minor roads give way to the major one, lefts to those who come the other way, others by the order of legs."""
        legs, partners = range(len(self.legs[place])), self.partners[place]
        weight = [int(self.streets.lanes[self.legs[place][leg][1]]) + 3 * self.is_arterial(place, leg) for leg in legs]
        pairs = sorted(partners.items()) or [(a, b) for a in legs for b in legs if a < b]
        major = max(pairs, key=lambda pair: weight[pair[0]] + weight[pair[1]])
        rank = [0 if leg in major else 1 + leg for leg in legs]

        def yields(one, other):
            if rank[one.source] == rank[other.source] or partners.get(one.source) == other.source:
                return one.turn == "left" and other.turn != "left"
            return rank[one.source] > rank[other.source]

        for number in self.movements_at[place]:
            movement = self.movements[number]
            movement.gives_way = [foe for foe in movement.foes if yields(movement, self.movements[foe])]


def turns_between(angles, arterials):
    """The turn from each leg to each other, by their angles counter-clockwise; at most one of each leg goes through."""
    turns = {}
    for source, start in enumerate(angles):
        ways = {target: (end - start) % math.tau for target, end in enumerate(angles) if target != source}

        def bend(target):
            return abs(ways[target] - math.pi)

        both = [arterials[source] and arterial for arterial in arterials]
        straight = min(ways, key=lambda target: bend(target) - ARTERIAL_BEND * both[target])
        goes_on = bend(straight) <= STRAIGHT
        middle = ways[straight] if goes_on else math.pi
        for target, way in ways.items():
            is_through = goes_on and target == straight
            turns[source, target] = "through" if is_through else "right" if way < middle else "left"
    return turns


@cache
def meetings(legs):
    """Of each movement of a place, in the order of legs, the numbers of those whose paths meet its own."""
    paths = [(source, target) for source in range(legs) for target in range(legs) if target != source]
    return [[k for k, other in enumerate(paths) if paths_meet(path, other)] for path in paths]


def marked_lanes(turns, lanes, has_bay):
    if turns == {"R", "L"}:
        total = lanes + has_bay
        return ["RL"] if total == 1 else ["R"] + ["L"] * (total - 1)
    if "T" not in turns:
        return ["".join(turns)] * lanes
    marks = ["T"] * lanes
    if "L" in turns and not has_bay:
        marks[-1] += "L"
    if "R" in turns:
        marks[0] = "R" + marks[0]
    return marks + ["L"] * has_bay
