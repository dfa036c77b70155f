"""The cyclic flow profile model in NumPy: the same passes over the same roads as the engine, in single precision.

Written as one would who wants it fast: vectorised over candidates, which are the last and contiguous dimension, and over
the lane groups of a road; in place, with buffers made once; only the two recursions go second by second.
"""

import numpy as np

FLOAT = np.float32


class Peer:
    """Evaluates blocks of `width` candidates on an outlined network (what `ProfileBenchmark` describes)."""

    def __init__(self, outline, width):
        self.outline, self.width = outline, width
        self.cycle = cycle = outline["cycle"]
        self.roads, self.groups = outline["roads"], outline["groups"]
        self.seconds = np.arange(cycle, dtype=FLOAT)[:, None]
        most = max(len(road["groups"]) for road in self.roads)
        self.place = {}
        for number, road in enumerate(self.roads):
            for column, group in enumerate(road["groups"]):
                self.place[group] = (number, column)
        self.departures = [np.empty((cycle, len(road["groups"]), width), FLOAT) for road in self.roads]
        self.services = [np.empty((cycle, len(road["groups"]), width), FLOAT) for road in self.roads]
        self.service_sums = [np.empty((len(road["groups"]), width), FLOAT) for road in self.roads]
        self.scales = [np.empty((len(road["groups"]), width), FLOAT) for road in self.roads]
        self.queued = [np.empty((len(road["groups"]), width), FLOAT) for road in self.roads]
        self.stopped = [np.empty((len(road["groups"]), width), FLOAT) for road in self.roads]
        self.totals = np.empty((len(self.roads), width), FLOAT)
        self.mixed, self.due, self.scratch = (np.empty((cycle, width), FLOAT) for _ in range(3))
        self.row = np.empty(width, FLOAT)
        self.gain, self.remain, self.go = (np.empty(cycle * most * width, FLOAT) for _ in range(3))
        self.shapes = {count: (cycle, count, width) for count in range(1, most + 1)}
        self.yields = {number for number, group in enumerate(self.groups) if any(part["foes"] for part in group["parts"])}
        self.spreads = [self.spread(road) for road in self.roads]

    def spread(self, road):
        memory = 1 - road["smoothing"]
        decay = memory ** np.arange(1, self.cycle + 1)
        felt = int((decay >= 1e-9).sum())
        return {
            "memory": FLOAT(memory), "closure": FLOAT(1 / (1 - decay[-1])), "decay": decay[:felt, None].astype(FLOAT),
            "lag": int(road["lag"]), "late": road["lag"] - int(road["lag"]),
        }

    def green(self, signal, starts, lengths):
        """Share of each second in which a signal group is green, and how often and how long it is in all."""
        cycle, slots = self.cycle, self.outline["greensPerGroup"]
        shares = np.zeros((cycle, self.width), FLOAT)
        if signal is None:
            shares += 1
            return shares, np.ones(self.width, FLOAT), np.full(self.width, cycle, FLOAT)
        columns = range(signal * slots, signal * slots + slots)
        for column in columns:
            start, length = starts[:, column], lengths[:, column]
            if not length.any():
                continue
            end = start + length
            over = (end > cycle).astype(FLOAT)
            started = np.clip(self.seconds + (1 - start), 0, 1)
            started -= np.clip(self.seconds + (1 - (end - over * FLOAT(cycle))), 0, 1)
            started += over
            shares += started
        own = lengths[:, list(columns)]
        return shares, (own > 0).sum(1).astype(FLOAT), own.sum(1)

    def serve(self, starts, lengths):
        """Writes when all stop lines are served."""
        cache = {}
        self.greens, self.least = {}, {}
        for number, group in enumerate(self.groups):
            road, column = self.place[number]
            for part in group["parts"]:
                signal = part.get("signal")
                if signal not in cache:
                    cache[signal] = self.green(signal, starts, lengths)
            if number in self.yields:
                for position, part in enumerate(group["parts"]):
                    shares, count, seconds = cache[part.get("signal")]
                    served = np.maximum(group["saturationFlow"] * part["share"] * seconds, 1e-9).astype(FLOAT)
                    self.greens[number, position] = shares
                    self.least[number, position] = np.minimum(1, part["sneakers"] * count / served).astype(FLOAT)
                continue
            service = self.services[road][:, column]
            service[:] = 0
            self.service_sums[road][column] = 0
            for part in group["parts"]:
                shares, _, seconds = cache[part.get("signal")]
                service += FLOAT(part["share"]) * shares
                self.service_sums[road][column] += FLOAT(part["share"]) * seconds

    def clear(self):
        for number, road in enumerate(self.roads):
            flow = FLOAT(road["demand"] + 1e-12)
            self.departures[number][:] = flow
            self.totals[number] = flow * self.cycle
            for column, group in enumerate(road["groups"]):
                self.scales[number][column] = self.groups[group]["share"]

    def give_way(self, number):
        """The service of a lane group that gives way."""
        road, column = self.place[number]
        service = self.services[road][:, column]
        service[:] = 0
        for position, part in enumerate(self.groups[number]["parts"]):
            open_share = self.scratch
            open_share[:] = 1
            for foe in part["foes"]:
                other, place = self.place[foe["group"]]
                np.multiply(self.scales[other][place], FLOAT(part["gap"] / 4 * foe["share"]), out=self.row)
                np.multiply(self.departures[other][:, place], self.row, out=self.due)
                open_share -= self.due
            np.maximum(open_share, 0, out=open_share)
            np.multiply(open_share, open_share, out=open_share)
            np.multiply(open_share, open_share, out=open_share)
            np.maximum(open_share, self.least[number, position], out=open_share)
            open_share *= self.greens[number, position]
            open_share *= FLOAT(part["share"])
            service += open_share
        service.sum(0, out=self.service_sums[road][column])

    def visit(self, number, first):
        """Computes a road anew; returns whether its departures have changed."""
        road, spread, cycle = self.roads[number], self.spreads[number], self.cycle
        for group in road["groups"]:
            if group in self.yields:
                self.give_way(group)
        mixed, due, scratch, total = self.mixed, self.due, self.scratch, self.totals[number]
        smoothing = road["smoothing"]
        inflow = road["externalFlow"] + 1e-12
        mixed.fill(inflow)
        total.fill(inflow * cycle)
        for source in road["sources"]:
            other, place = self.place[source["group"]]
            lag = (source["seconds"] + spread["lag"]) % cycle
            np.multiply(self.scales[other][place], FLOAT(source["share"]), out=self.row)
            np.multiply(self.departures[other][:, place], self.row, out=scratch)
            mixed[lag:] += scratch[:cycle - lag]
            if lag:
                mixed[:lag] += scratch[cycle - lag:]
            self.row *= self.totals[other]
            total += self.row
        np.multiply(mixed, FLOAT(smoothing * (1 - spread["late"])), out=due)
        if spread["late"]:
            np.multiply(mixed, FLOAT(smoothing * spread["late"]), out=scratch)
            due[1:] += scratch[:-1]
            due[0] += scratch[-1]
        flow, memory, row = due[0], spread["memory"], self.row
        for second in range(1, cycle):
            np.multiply(flow, memory, out=row)
            flow = due[second]
            flow += row
        np.multiply(due[-1], spread["closure"], out=row)
        felt = len(spread["decay"])
        np.multiply(spread["decay"], row, out=scratch[:felt])
        due[:felt] += scratch[:felt]
        return self.queue(number, due[:, None, :], first)

    def queue(self, number, come, first):
        road, cycle = self.roads[number], self.cycle
        count = len(road["groups"])
        shape = self.shapes[count]
        size = cycle * count * self.width
        gain, remain, go = (buffer[:size].reshape(shape) for buffer in (self.gain, self.remain, self.go))
        shares = np.array([self.groups[group]["share"] for group in road["groups"]], FLOAT)[:, None]
        saturation = np.array([self.groups[group]["saturationFlow"] for group in road["groups"]], FLOAT)[:, None]
        demand = shares * self.totals[number]
        capacity = np.maximum(saturation * self.service_sums[number], FLOAT(self.outline["leastServed"]) * demand)
        scales = shares * (np.minimum(capacity, demand) / demand)
        shift = np.abs(scales - self.scales[number]) * self.totals[number] / FLOAT(cycle)
        self.scales[number][:] = scales
        np.multiply(self.services[number], saturation / scales, out=gain)
        np.subtract(come, gain, out=gain)
        queue = np.zeros(shape[1:], FLOAT)
        for second in range(cycle):
            np.add(queue, gain[second], out=queue)
            np.maximum(queue, 0, out=queue)
        before = queue
        for second in range(cycle):
            after = remain[second]
            np.add(before, gain[second], out=after)
            np.maximum(after, 0, out=after)
            before = after
        np.add(come[1:], remain[:-1], out=go[1:])
        np.add(come[0], queue, out=go[0])
        go -= remain
        remain.sum(0, out=self.queued[number])
        np.minimum(come, remain, out=gain)
        gain.sum(0, out=self.stopped[number])
        departures = self.departures[number]
        if first:
            departures[:] = go
            return True
        np.subtract(go, departures, out=gain)
        np.multiply(gain, gain, out=gain)
        change = np.sqrt(gain.sum(0)) * scales
        departures[:] = go
        return max(change.max(), shift.max()) > self.outline["tolerance"]

    def evaluate(self, starts, lengths):
        """Costs of each candidate (uniform and incremental delay, stops), and the link-bins that they took."""
        self.serve(starts, lengths)
        self.clear()
        dirty, bins = set(), 0
        for number in self.outline["order"]:
            dirty.discard(number)
            bins += len(self.roads[number]["groups"])
            if self.visit(number, True):
                dirty.update(self.roads[number]["reaches"])
        for _ in range(self.outline["greatestPassCount"]):
            if not dirty:
                break
            for number in self.outline["order"]:
                if number in dirty:
                    dirty.discard(number)
                    bins += len(self.roads[number]["groups"])
                    if self.visit(number, False):
                        dirty.update(self.roads[number]["reaches"])
        return self.costs(), bins * self.cycle * self.width

    def costs(self):
        sums = np.zeros((3, self.width))
        period, randomness = self.outline["analysisPeriod"], self.outline["randomness"]
        for number, group in enumerate(self.groups):
            road, column = self.place[number]
            demand = group["share"] * self.totals[road].astype(float)
            capacity = np.maximum(
                group["saturationFlow"] * self.service_sums[road][column], self.outline["leastServed"] * demand)
            excess = demand / capacity - 1
            spread = 8 * randomness * (excess + 1) / (capacity * period / self.cycle)
            sums[0] += self.queued[road][column] * self.scales[road][column]
            sums[1] += demand * period / 4 * (excess + np.sqrt(excess * excess + spread))
            sums[2] += self.stopped[road][column] * self.scales[road][column]
        return sums.T
