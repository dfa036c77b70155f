"""The documents of a made-up city, piece by piece: one line of text for each entry of a list."""

import json
import math

import numpy

from city_capacity import TURNS
from city_junctions import LEAST_GREEN, RED_AMBER, greens_of
from made_network import (
    LEAST_WALK, PATH_LENGTH, TURNING_SPEED, WALKING_SPEED, YELLOW, groups_at, lane_connections, plan_document)

INTERVAL = 300  # s
# Hundredths of the hour's flow in each interval, of trips towards the centre and away from it.
PROFILES = numpy.array([[80, 88, 96, 106, 114, 120, 116, 110, 102, 96, 90, 82],
                        [86, 90, 94, 98, 102, 106, 110, 114, 112, 106, 96, 86]])
NO_ERROR = [0] * PROFILES.shape[1]
WALKERS = range(30, 260, 10)  # persons/h
# What is left of a program's fit when it has been in use for long: by what factor stages are too short or too long.
MISFIT = 0.65, 1.5


def pieces(kind, content):
    """The text of a document whose lists are taken entry by entry, fields in the order of the alphabet."""
    content = {"format": f"greenband-{kind}", "version": 1, **content}
    yield "{"
    for number, name in enumerate(sorted(content)):
        yield f"{',' if number else ''}\n{json.dumps(name)}:"
        value = content[name]
        if isinstance(value, (str, int, float, dict)):
            yield text(value)
            continue
        yield "["
        for position, entry in enumerate(value):
            yield (",\n" if position else "\n") + text(entry)
        yield "]"
    yield "\n}\n"


def text(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


class NetworkDocument:
    def __init__(self, name, roads, junctions, demand, random):
        self.name, self.roads, self.junctions, self.random = name, roads, junctions, random
        self.streets = roads.streets
        self.link_names = [self.streets.link_name(link) for link in range(len(roads.marks))]
        names = self.streets.names
        self.movement_names = []
        for movement in roads.movements:
            legs = roads.legs[movement.place]
            self.movement_names.append(
                f"{names[legs[movement.source][2]]}>{names[movement.place]}>{names[legs[movement.target][2]]}")
        capacity = demand.capacity
        self.ratios = capacity.stage_ratios(*capacity.flow_ratios(demand.flow.sum(axis=0)))

    def content(self):
        return {"name": self.name, "drivingSide": "right",
                "vehicles": {"length_m": 5, "minimumGap_m": 2.5, "timeHeadway_s": 1}, "nodes": self.nodes(),
                "links": self.links(), "movements": self.movements(), "junctions": self.junction_entries(),
                "detectors": []}

    def nodes(self):
        for name, control, (x, y) in zip(self.streets.names, self.streets.control, self.streets.places.tolist()):
            yield {"id": name, "control": control, "position": {"x": x, "y": y}}

    def links(self):
        places, names = self.streets.places.tolist(), self.streets.names
        for link, name in enumerate(self.link_names):
            length, speed = (float(values[link // 2]) for values in (self.streets.lengths, self.streets.speed))
            start, end = self.streets.link_ends(link)
            bay = self.roads.bays.get(link)
            count = len(self.roads.marks[link])
            yield {
                "id": name, "from": names[start], "to": names[end], "length_m": length,
                "lanes": [{"id": f"{name}_{lane}", "length_m": bay if bay and lane == count - 1 else length,
                           "freeFlowSpeed_mps": speed, "use": "general"} for lane in range(count)],
                "shape": [{"x": places[place][0], "y": places[place][1]} for place in (start, end)]}

    def movements(self):
        for place, numbers in enumerate(self.roads.movements_at):
            signal = 0
            for number in numbers:
                movement = self.roads.movements[number]
                entry = {
                    "id": self.movement_names[number], "node": self.streets.names[place], "turn": movement.turn,
                    "from": self.link_names[movement.from_link], "to": self.link_names[movement.to_link],
                    "connections": [], "foes": [self.movement_names[foe] for foe in movement.foes],
                    "givesWayTo": [self.movement_names[foe] for foe in movement.gives_way],
                    "waitingInside": 1 if movement.turn == "left" and movement.group else 0}
                into = int(self.streets.lanes[movement.to_link // 2])
                for lane, to in lane_connections(movement.turn, movement.lanes, into):
                    connection = {
                        "from": f"{entry['from']}_{lane}", "to": f"{entry['to']}_{to}",
                        "length_m": PATH_LENGTH[movement.turn], "speed_mps": TURNING_SPEED[movement.turn]}
                    if movement.group:
                        connection["signalIndex"] = signal
                        signal += 1
                    entry["connections"].append(connection)
                if movement.group:
                    entry["signalGroup"] = movement.group
                yield entry

    def junction_entries(self):
        first = 0
        for junction in self.junctions:
            count = len(junction.least)
            yield self.junction_entry(junction, self.ratios[first:first + count].tolist())
            first += count

    def junction_entry(self, junction, ratios):
        name = self.streets.names[junction.place]
        signal = sum(len(self.roads.movements[number].lanes) for number in self.roads.movements_at[junction.place])
        groups = []
        for group in junction.groups:
            kind = group.split(":")[1]
            entry = {"id": group, "kind": "vehicle", "yellow_s": YELLOW, "redAmber_s": RED_AMBER,
                     "leastGreen_s": LEAST_GREEN[kind], "turnOnRed": False}
            if kind == "walk":
                leg, length = junction.crossings[group]
                link = self.roads.inbound(junction.place, leg)
                entry |= {"kind": "pedestrian", "yellow_s": 0, "redAmber_s": 0, "crossing": {
                    "length_m": length, "walkingSpeed_mps": WALKING_SPEED, "leastWalk_s": LEAST_WALK,
                    "crosses": [self.link_names[link], self.link_names[link ^ 1]], "signalIndices": [signal]}}
                signal += 1
            groups.append(entry)
        low, high = MISFIT
        weights = [max(ratio, 0.03) * (low + (high - low) * self.random.random()) for ratio in ratios]
        greens, seconds = greens_of(junction, weights)
        stages = [{"id": str(number + 1), "groups": groups_at(second, greens, junction.cycle, junction.groups)}
                  for number, second in enumerate(seconds)]
        offset = 5 * self.random.randrange(junction.cycle // 5)
        return {
            "id": name, "nodes": [name], "signalGroups": groups, "signalCount": signal, "stages": stages,
            "intergreens": [{"ending": ending, "starting": starting, "intergreen_s": seconds}
                            for (ending, starting), seconds in junction.intergreens.items()],
            "permittedConflicts": [{"yielding": yielding, "priority": priority}
                                   for yielding, priority in junction.permitted],
            "programs": [{"id": "present", "kind": "fixed", "sequence": [stage["id"] for stage in stages],
                          "plan": plan_document(name, junction.cycle, offset, greens, junction.groups)}]}


class FlowsDocument:
    def __init__(self, network, demand, random):
        self.network, self.demand, self.random = network, demand, random
        turning = numpy.bincount(3 * demand.capacity.from_link + demand.capacity.turn, demand.flow.sum(axis=0),
                                 minlength=3 * demand.link_count).reshape(-1, 3)
        self.turning = turning.tolist()

    def content(self):
        return {"start_s": 0, "intervalLength_s": INTERVAL, "intervalCount": PROFILES.shape[1],
                "sources": self.sources(), "movements": self.movements(), "crossings": self.crossings()}

    def sources(self):
        for link in numpy.nonzero(self.demand.sources.sum(axis=0))[0].tolist():
            yield {"link": self.network.link_names[link], "flow_vehPerHour": profile(self.demand.sources[:, link])}

    def movements(self):
        for link, shares in self.lane_shares():
            for number in link:
                movement = self.network.roads.movements[number]
                yield {"movement": self.network.movement_names[number],
                       "flow_vehPerHour": profile(self.demand.flow[:, number]), "standardError_vehPerHour": NO_ERROR,
                       "laneShares": shares[movement.turn]}

    def lane_shares(self):
        """Movements out of each link, and the shares of their lanes for each turn."""
        movements = self.network.roads.movements
        start = 0
        while start < len(movements):
            link, end = movements[start].from_link, start
            while end < len(movements) and movements[end].from_link == link:
                end += 1
            lanes = {movement.turn: movement.lanes for movement in movements[start:end]}
            yield range(start, end), even_shares(lanes, dict(zip(TURNS, self.turning[link])),
                                                 len(self.network.roads.marks[link]))
            start = end

    def crossings(self):
        for junction in self.network.junctions:
            for walk in junction.groups:
                if walk in junction.crossings:
                    people = self.random.choice(WALKERS)
                    yield {"junction": self.network.streets.names[junction.place], "group": walk,
                           "flow_personsPerHour": profile([people, 0])}


def profile(flows):
    """Flows of both classes in each interval, veh/h to the hundredth."""
    inward, outward = (int(flow) for flow in flows)
    return [hundredths / 100 for hundredths in (inward * PROFILES[0] + outward * PROFILES[1]).tolist()]


def even_shares(lanes, flows, count):
    """Shares that use all lanes as equally as the marks allow, turning traffic choosing before the rest."""
    load, shares = [0.0] * count, {}
    for turn in ("right", "left", "through"):
        if turn not in lanes:
            continue
        flow, mine = flows[turn], lanes[turn]
        if flow <= 0:
            added = [1 / len(mine)] * len(mine)
            flow = 1
        else:
            level = level_of(sorted(load[lane] for lane in mine), flow)
            added = [max(0.0, level - load[lane]) for lane in mine]
            for lane, value in zip(mine, added):
                load[lane] += value
        rounded = [math.floor(1e4 * value / flow) / 1e4 for value in added]
        fullest = max(range(len(mine)), key=lambda k: rounded[k])
        rounded[fullest] = round(1 - sum(rounded[:fullest] + rounded[fullest + 1:]), 4)
        shares[turn] = rounded
    return shares


def level_of(loads, flow):
    """The level to which a flow fills lanes of given loads, the emptiest first."""
    for used in range(1, len(loads) + 1):
        level = (flow + sum(loads[:used])) / used
        if used == len(loads) or level <= loads[used]:
            return level
