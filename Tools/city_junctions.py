"""The signals of a made-up city: groups, the rules between them, and the stages that each junction runs.

Groups are named by the place that their traffic comes from: J5:through for all movements that have no group of their
own, J5:left for protected lefts, J5:walk for the crossing of that leg.
"""

from dataclasses import dataclass

from made_network import (
    LEAST_WALK, PATH_LENGTH, changes_between, stage_greens, vehicle_intergreen, vehicle_to_walk_intergreen, walk_green,
    walk_intergreen)

LANE_WIDTH = 3.25  # m
RED_AMBER = 1  # s
LEAST_GREEN = {"through": 8, "left": 6, "walk": LEAST_WALK}  # s
MOST_STAGES = 4
CROSSING_SHARE = 0.55  # of the junctions have crossings
LEG_CROSSING_SHARE = 0.6  # of their legs
LONGEST_CROSSING = 20.0  # m; wider roads would have an island in the middle
LOCAL_CYCLES, MIXED_CYCLES, ARTERIAL_CYCLES = (60, 65, 70, 75), (80, 90), (100, 110)  # s
GREATEST_CYCLE = 120  # s


@dataclass(slots=True)
class Part:
    """Legs that have their green together, one or two, those with protected lefts, and the stages that they take."""

    legs: list
    lefts: list
    stages: list


@dataclass(slots=True)
class Junction:
    """The rules of a controller and the stages that it runs; times in s."""

    place: int
    parts: list
    groups: list
    crossings: dict  # group: (leg, length in m)
    intergreens: dict  # (ending, starting)
    permitted: list  # (yielding, priority)
    cycle: int
    least: list  # length of each stage
    lost: int  # between stages, in a cycle

    @property
    def stages(self):
        return [stage for part in self.parts for stage in part.stages]


def design_junctions(roads):
    """Junctions under signals; notes in the movements which group rules them and whom they give way to."""
    return [design(place, roads) for place, control in enumerate(roads.streets.control) if control == "signals"]


def design(place, roads):
    parts = choose_parts(place, roads)
    while True:
        apart, permitted = rules_between(place, roads, parts)
        broken = next((part for part in parts if len(part.legs) == 2 and any(
            frozenset((a, b)) in apart for stage in part.stages for a in stage for b in stage if a < b)), None)
        if broken is None:
            break
        at = parts.index(broken)
        parts[at:at + 1] = [part_of(place, roads, [leg], False) for leg in broken.legs]
    crossings = choose_crossings(place, roads)
    arterial_legs = sum(roads.is_arterial(place, leg) for leg in range(len(roads.legs[place])))
    cycle = roads.random.choice(
        LOCAL_CYCLES if arterial_legs == 0 else MIXED_CYCLES if arterial_legs < 3 else ARTERIAL_CYCLES)
    while True:
        junction = with_rules(place, roads, parts, crossings, apart, permitted, cycle)
        missed = missed_walks(junction)
        if not missed:
            return junction
        crossings = {walk: value for walk, value in crossings.items() if walk not in missed}


def choose_crossings(place, roads):
    """Groups of people with the legs that they cross, and how far that is, m."""
    crossings = {}
    if roads.random.random() < CROSSING_SHARE:
        for leg in range(len(roads.legs[place])):
            link = roads.inbound(place, leg)
            length = LANE_WIDTH * (len(roads.marks[link]) + int(roads.streets.lanes[link // 2])) + 0.5
            if roads.random.random() < LEG_CROSSING_SHARE and length <= LONGEST_CROSSING:
                crossings[f"{roads.leg_name(place, leg)}:walk"] = (leg, length)
    return crossings


def choose_parts(place, roads):
    """Opposite legs together, arterials with protected lefts while there are stages enough, other legs alone."""
    legs, partners = range(len(roads.legs[place])), roads.partners[place]
    pairs = sorted((pair for pair in partners.items() if pair[0] < pair[1]),
                   key=lambda pair: -sum(roads.is_arterial(place, leg) for leg in pair))
    alone = [leg for leg in legs if leg not in partners]
    parts, spare = [], MOST_STAGES - len(pairs) - len(alone)
    for pair in pairs:
        is_protected = spare > 0 and all(roads.is_arterial(place, leg) for leg in pair)
        parts.append(part_of(place, roads, list(pair), is_protected))
        spare -= len(parts[-1].stages) - 1
    return parts + [part_of(place, roads, [leg], False) for leg in alone]


def part_of(place, roads, legs, is_protected):
    names = {leg: roads.leg_name(place, leg) for leg in legs}
    lefts = [leg for leg in legs if is_protected and roads.marks[roads.inbound(place, leg)][-1] == "L"]
    stages = [[f"{names[leg]}:through" for leg in legs]]
    if len(lefts) == 2:
        stages.append([f"{names[leg]}:left" for leg in lefts])
    elif lefts:
        stages.append([f"{names[lefts[0]]}:through", f"{names[lefts[0]]}:left"])
    return Part(legs, lefts, stages)


def rules_between(place, roads, parts):
    """Pairs of groups of vehicles that must not be green together, and those of which one gives way to the other."""
    lefts = {leg for part in parts for leg in part.lefts}
    opposite = {a: b for part in parts if len(part.legs) == 2 for a, b in (part.legs, part.legs[::-1])}
    here = [roads.movements[number] for number in roads.movements_at[place]]
    for movement in here:
        kind = "left" if movement.turn == "left" and movement.source in lefts else "through"
        movement.group = f"{roads.leg_name(place, movement.source)}:{kind}"
        movement.gives_way = []

    def is_opposed(one, other):
        return (one.turn == "left" and other.turn != "left" and one.source not in lefts
                and opposite.get(one.source) == other.source)

    apart, permitted = set(), set()
    for movement in here:
        for number in movement.foes:
            foe = roads.movements[number]
            if is_opposed(movement, foe):
                movement.gives_way.append(number)
                permitted.add((movement.group, foe.group))
            elif not is_opposed(foe, movement):
                apart.add(frozenset((movement.group, foe.group)))
    return apart, permitted


def with_rules(place, roads, parts, crossings, apart, permitted, cycle):
    here = [roads.movements[number] for number in roads.movements_at[place]]
    vehicle_groups = {movement.group for movement in here}
    order = {"through": 0, "left": 1, "walk": 2}
    groups = sorted([*vehicle_groups, *crossings],
                    key=lambda group: (order[group.split(":")[1]], int(group[1:].split(":")[0]), group))
    walk_apart, walk_permitted = set(), set()
    for walk, (leg, _) in crossings.items():
        for movement in here:
            if movement.source == leg or (movement.target == leg and (
                    movement.turn == "through" or movement.group.endswith("left"))):
                walk_apart.add((movement.group, walk))
            elif movement.target == leg:
                walk_permitted.add((movement.group, walk))
    intergreens = {}
    for pair in apart:
        for ending, starting in (tuple(pair), tuple(pair)[::-1]):
            intergreens[ending, starting] = vehicle_intergreen(path_of(ending), RED_AMBER)
    for group, walk in walk_apart:
        leg, length = crossings[walk]
        is_at_line = group.split(":")[0] == roads.leg_name(place, leg)
        intergreens[group, walk] = vehicle_to_walk_intergreen(6 if is_at_line else path_of(group))
        intergreens[walk, group] = walk_intergreen(length)
    number = {group: position for position, group in enumerate(groups)}

    def in_order(pairs):
        return sorted(pairs, key=lambda pair: (number[pair[0]], number[pair[1]]))

    permitted = in_order(pair for pair in permitted | walk_permitted if pair not in intergreens)
    intergreens = {pair: intergreens[pair] for pair in in_order(intergreens)}
    stages = [stage for part in parts for stage in part.stages]
    changes = changes_between(stages, intergreens)
    least = least_stages(stages, changes, crossings, intergreens)
    need = sum(changes) + sum(least)
    while cycle < min(need * 1.15, GREATEST_CYCLE):
        cycle += 5
    return Junction(place, parts, groups, crossings, intergreens, permitted, cycle, least, sum(changes))


def path_of(group):
    return PATH_LENGTH["left" if group.endswith("left") else "through"]


def least_stages(stages, changes, crossings, intergreens):
    """Lengths that give every group its least green, and people time to begin and to finish beside the traffic."""
    least = []
    for number, stage in enumerate(stages):
        others = {group for other in (stages[number - 1], stages[(number + 1) % len(stages)]) for group in other}
        lengths = [LEAST_GREEN[group.split(":")[1]] for group in stage if group not in others or len(stages) == 1]
        least.append(max(lengths, default=LEAST_GREEN["left"]))
    for walk, (_, length) in crossings.items():
        able = [k for k, stage in enumerate(stages) if all((group, walk) not in intergreens for group in stage)]
        if able:
            best = max(able, key=lambda k: least[k])
            least[best] = max(least[best], LEAST_WALK + 2 + walk_intergreen(length) - changes[best])
    return least


def missed_walks(junction):
    """Crossings that get too little green, or the longest where the cycle is too short for all."""
    room = junction.cycle - junction.lost
    if room < sum(junction.least):
        return [max(junction.crossings, key=lambda walk: junction.crossings[walk][1])]
    greens, _ = greens_of(junction, junction.least)
    return [walk for walk in junction.crossings if greens[walk][0][1] < LEAST_WALK]


def greens_of(junction, weights):
    """Greens of all groups, and a second of each stage; every stage gets its least length and a share of the rest."""
    room = junction.cycle - junction.lost
    lengths = share_out(room, junction.least, weights)
    greens, seconds = stage_greens(junction.stages, lengths, junction.cycle, junction.intergreens)
    for walk in junction.crossings:
        greens[walk] = [walk_green(walk, greens, junction.cycle, junction.intergreens)]
    return greens, seconds


def share_out(room, least, weights):
    """Whole lengths in proportion to weights, none below its least, that sum to the room."""
    lengths, open_stages = list(least), list(range(len(least)))
    while open_stages:
        left = room - sum(lengths[k] for k in range(len(least)) if k not in open_stages)
        total = sum(weights[k] for k in open_stages)
        wanted = {k: int(left * weights[k] / total) if total > 0 else left // len(open_stages) for k in open_stages}
        short = [k for k in open_stages if wanted[k] < least[k]]
        if not short:
            for k in open_stages:
                lengths[k] = wanted[k]
            break
        open_stages = [k for k in open_stages if k not in short]
    lengths[max(range(len(least)), key=lambda k: weights[k])] += room - sum(lengths)
    return lengths
