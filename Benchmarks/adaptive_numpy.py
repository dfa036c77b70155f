"""The search of the adaptive control in NumPy: vectorised over all schedules that are extended in a second.

The same forward dynamic programme over (second, stage), in single precision, from the arrays that the benchmark program writes
(`SearchProblem`); it must find the same costs.
"""

import numpy as np

NEVER = np.float32(1e9)
F = np.float32


class Search:
    def __init__(self, problem):
        p = problem
        self.p = p
        array = lambda name, kind=F: np.array(p[name], dtype=kind)
        self.arrivals, self.weights, self.stop_costs = array("arrivals"), array("weights"), array("stopCosts")
        self.streams, self.starts = array("streams", np.int64), array("laneStarts", np.int64)
        self.group, self.headway = array("groupOfStream", np.int64), array("headways")
        self.exit, self.rooms = array("exitOfStream", np.int64), array("rooms")
        self.inside = array("waitsInside", bool)
        self.stages, self.settled = array("stages", bool), array("settled", np.int64)
        self.change = array("changeStarts").reshape(len(p["stages"]), len(p["stages"]), -1)
        self.lanes, self.horizon = len(self.starts) - 1, p["horizon"]
        self.weight_sums = np.concatenate([[F(0)], np.cumsum(self.weights, dtype=F)])
        self.arrival_sums = np.concatenate([[F(0)], np.cumsum(self.weights * self.arrivals, dtype=F)])
        self.stop_sums = np.concatenate([[F(0)], np.cumsum(self.stop_costs, dtype=F)])
        seconds = np.arange(self.horizon + 1, dtype=F)
        self.arrived = np.stack([
            self.starts[lane] + np.searchsorted(
                self.arrivals[self.starts[lane]:self.starts[lane + 1]], seconds, side="right")
            for lane in range(self.lanes)]) if self.lanes else np.zeros((0, self.horizon + 1), np.int64)

    def run(self):
        """The least cost after each first stage."""
        p, horizon, stages = self.p, self.horizon, len(self.stages)
        costs = np.full((horizon + 1, stages), np.inf, F)
        totals = costs.copy()
        roots = np.zeros((horizon + 1, stages), np.int64)
        heads = np.zeros((horizon + 1, stages, self.lanes), np.int64)
        readies = np.zeros((horizon + 1, stages, self.lanes), F)
        used = np.zeros((horizon + 1, stages, len(self.rooms)), F)
        best = np.full(stages, np.inf, F)
        follows = (lambda new, old: p["successor"][old] == new) if p.get("successor") else (lambda new, old: True)
        for second in range(horizon):
            moves = []
            if second == 0:
                heads[0, 0] = self.starts[:-1]
                costs[0, 0] = 0
                for action in p["firstActions"]:
                    moves.append((0, action["stage"], action["end"], action["opens"], action["closes"], action["stage"]))
            else:
                finite = np.sort(totals[second][np.isfinite(totals[second])])
                bound = np.unique(finite)[:p["beam"]].max() if second % p["step"] == 0 and len(finite) else -1
                for stage in p["candidates"]:
                    if not np.isfinite(costs[second, stage]):
                        continue
                    here = self.stages[stage]
                    moves.append((stage, stage, second + 1, np.where(here, F(-1000), NEVER), np.where(here, NEVER, -NEVER),
                                  roots[second, stage]))
                    if totals[second, stage] > bound:
                        continue
                    for new in p["candidates"]:
                        if new == stage or not follows(new, stage):
                            continue
                        after = self.stages[new]
                        opens = np.where(here, F(-1000), np.where(after, second + self.change[stage, new], NEVER))
                        closes = np.where(after, NEVER, np.where(here, F(second + p["endGain"]), -NEVER))
                        moves.append((stage, new, min(horizon, second + self.settled[stage, new]), opens, closes,
                                      roots[second, stage]))
            if not moves:
                continue
            source = np.array([move[0] for move in moves])
            end = np.array([move[2] for move in moves])
            cost, new_heads, new_readies, new_used = self.discharge(
                heads[second, source], readies[second, source], used[second, source],
                np.array([move[3] for move in moves], F), np.array([move[4] for move in moves], F), F(second), end)
            cost = costs[second, source] + cost
            total = cost + self.waiting(new_heads, end)
            for number, (_, stage, until, _, _, root) in enumerate(moves):
                if until == horizon:
                    best[root] = min(best[root], total[number])
                if total[number] < totals[until, stage]:
                    totals[until, stage], costs[until, stage] = total[number], cost[number]
                    roots[until, stage] = root
                    heads[until, stage], readies[until, stage] = new_heads[number], new_readies[number]
                    used[until, stage] = new_used[number]
        return best

    def discharge(self, heads, readies, used, opens, closes, begin, end):
        """Lets every lane of every schedule discharge; a vehicle of all schedules at a time."""
        heads, readies, used = heads.copy(), readies.copy(), used.copy()
        count = len(heads)
        cost = np.zeros(count, F)
        until = end.astype(F)
        departures = {}
        for lane in self.p["lanesByPriority"]:
            last = self.starts[lane + 1]
            rows = np.flatnonzero(heads[:, lane] < last)
            is_inside = np.zeros(count, bool)
            departures[lane] = []
            while len(rows):
                head = heads[rows, lane]
                stream = self.streams[head]
                group = self.group[stream]
                opening, closing = opens[rows, group], closes[rows, group]
                arrival = self.arrivals[head]
                time = np.maximum(np.maximum(arrival, readies[rows, lane]), opening + F(self.p["startDelay"]))
                time = np.maximum(time, begin)
                limit = np.minimum(closing, until[rows])
                goes = (closing > begin) & (opening < until[rows]) & (time < limit)
                exits = self.exit[stream]
                narrow = (exits >= 0) & (self.rooms[exits] < NEVER) if len(self.rooms) else np.zeros(len(rows), bool)
                if narrow.any():
                    free = (used[rows, exits] + 1 - self.rooms[exits]) / F(self.p["exitRelief"])
                    time = np.where(narrow, np.maximum(time, free), time)
                    goes &= time < limit
                for kind in np.unique(stream[goes]):
                    if not self.p["priorities"][kind]:
                        continue
                    these = np.flatnonzero(goes & (stream == kind))
                    gap = self.gap(kind, time[these], rows[these], heads, readies, opens, closes, begin, limit[these],
                                   departures)
                    blocked = gap >= limit[these]
                    stays = blocked & ~((closing[these] < until[rows[these]]) & ~is_inside[rows[these]] & self.inside[kind])
                    is_inside[rows[these[blocked & ~stays]]] = True
                    time[these] = np.where(blocked, closing[these], gap)
                    goes[these[stays]] = False
                rows, head, stream, time, arrival = rows[goes], head[goes], stream[goes], time[goes], arrival[goes]
                if not len(rows):
                    break
                delay = time - arrival
                cost[rows] += self.weights[head] * delay
                cost[rows] += np.where(delay > F(self.p["stopDelay"]), self.stop_costs[head], F(0))
                readies[rows, lane] = time + self.headway[stream]
                departures[lane].append((rows, stream, time))
                exits = self.exit[stream]
                if len(self.rooms):
                    np.add.at(used, (rows[exits >= 0], exits[exits >= 0]), F(1))
                heads[rows, lane] += 1
                rows = rows[heads[rows, lane] < last]
        return cost, heads, readies, used

    def gap(self, kind, time, rows, heads, readies, opens, closes, begin, limit, departures):
        """The first gap in the streams that go first, for one stream of several schedules."""
        time = time.copy()
        before, after = F(self.p["gapBefore"]), F(self.p["gapAfter"])
        foes = []
        for foe in self.p["priorities"][kind]:
            group, lane = self.group[foe], self.p["laneOfStream"][foe]
            green = (closes[rows, group] > begin) & (opens[rows, group] < limit)
            for others, streams, times in departures.get(lane, []):
                passage = np.full(len(heads), -NEVER, F)
                passage[others[streams == foe]] = times[streams == foe]
                foes.append(np.where(green, passage[rows], -NEVER))
            head = heads[rows, lane]
            there = head < self.starts[lane + 1]
            head = np.where(there, head, 0)
            if not len(self.arrivals):
                continue
            passage = np.maximum(np.maximum(self.arrivals[head], readies[rows, lane]), opens[rows, group])
            comes = green & there & (self.streams[head] == foe) & (passage < closes[rows, group])
            foes.append(np.where(comes, passage, -NEVER))
        while True:
            moved = np.zeros(len(rows), bool)
            for passage in foes:
                blocks = (time < limit) & (passage > time - after) & (passage < time + before) & (passage + after > time)
                time = np.where(blocks, passage + after, time)
                moved |= blocks
            if not (moved & (time < limit)).any():
                return time

    def waiting(self, heads, end):
        """Cost so far of all who have arrived and not departed."""
        lanes = np.arange(self.lanes)[None, :]
        arrived = self.arrived[lanes, end[:, None]]
        standing = self.arrived[lanes, np.maximum(0, end - int(self.p["stopDelay"]))[:, None]]
        delay = end[:, None].astype(F) * (self.weight_sums[arrived] - self.weight_sums[heads]) - (
            self.arrival_sums[arrived] - self.arrival_sums[heads])
        stops = self.stop_sums[standing] - self.stop_sums[heads]
        return (np.where(arrived > heads, delay + np.where(standing > heads, stops, F(0)), F(0))).sum(axis=1, dtype=F)
