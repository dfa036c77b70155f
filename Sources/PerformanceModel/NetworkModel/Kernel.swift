/// The innermost loop: every lane of some roads, second by second.
///
/// Time is outermost, so that a queue can block the road behind it and streams can give way to each other. What a
/// stream sees of others is one second old, so the order of the lanes does not matter.
final class Kernel {
    private let stepCount: Int
    private let stepsPerInterval: Int
    private let intervalCount: Int
    private let settings: ModelSettings

    private let roads: Buffer<KernelLayout.Road>
    private let lanes: Buffer<KernelLayout.Lane>
    private let streams: Buffer<KernelLayout.Stream>
    private let foes: Buffer<Int>
    private let targets: Buffer<KernelLayout.Target>
    private let gapShares: Buffer<Double>
    private let shares: Buffer<Double>

    /// Vehicles by stream and step, road and step.
    let departures: Buffer<Double>
    let room: Buffer<Double>
    let entering: Buffer<Double>
    private let entered: Buffer<Double>

    private let queue: Buffer<Double>
    private let inside: Buffer<Double>
    private let sneaking: Buffer<Double>
    private let freedom: Buffer<Double>
    private let throughGap: Buffer<Double>
    private let blockedHead: Buffer<Double>
    private let closedStreams: Buffer<Int>
    private let occupied: Buffer<Double>
    private let backlog: Buffer<Double>
    private let flow: Buffer<Double>
    private let demandInInterval: Buffer<Double>
    private let capacityInInterval: Buffer<Double>

    let queueing: Buffer<Double>
    let arrivals: Buffer<Double>
    let left: Buffer<Double>
    let stops: Buffer<Double>
    let random: Buffer<Double>
    let longestQueue: Buffer<Double>
    let capacity: Buffer<Double>
    let waitingOutside: Buffer<Double>

    init(model: NetworkModel) {
        let layout = model.layout
        stepCount = model.stepCount
        stepsPerInterval = model.stepsPerInterval
        intervalCount = model.intervalCount
        settings = model.settings
        roads = Buffer(layout.roads, or: .init(lanes: 0..<0, lag: 0, lateShare: 0, smoothing: 1))
        lanes = Buffer(layout.lanes, or: .init(streams: 0..<0, storage: 0, dissolvingSteps: 0))
        streams = Buffer(
            layout.streams,
            or: .init(
                saturation: 0, waitingInside: 0, group: -1, turnsOnRed: false, priority: 0..<0, crossing: 0..<0,
                targets: 0..<0))
        foes = Buffer(layout.foes, or: 0)
        targets = Buffer(layout.targets, or: .init(road: 0, share: 0, steps: 1, isAdjacent: false))
        gapShares = Buffer(layout.gapShares, or: 1)
        shares = Buffer(model.streamShares, or: 0)
        func perStream() -> Buffer<Double> { Buffer(model.streams.count, repeating: 0) }
        func perLane() -> Buffer<Double> { Buffer(model.lanes.count, repeating: 0) }
        func perRoad(_ steps: Int = 1) -> Buffer<Double> { Buffer(model.roads.count * steps, repeating: 0) }
        departures = Buffer(model.streams.count * model.stepCount, repeating: 0)
        room = perRoad(model.stepCount)
        entering = perRoad(model.stepCount)
        entered = perRoad(model.stepCount)
        queue = perStream()
        inside = perStream()
        sneaking = perStream()
        freedom = perStream()
        throughGap = perStream()
        blockedHead = perLane()
        closedStreams = Buffer(model.lanes.count, repeating: 0)
        occupied = perLane()
        backlog = perRoad()
        flow = perRoad()
        demandInInterval = perLane()
        capacityInInterval = perLane()
        queueing = perStream()
        arrivals = perStream()
        left = perStream()
        stops = perStream()
        random = perLane()
        longestQueue = perLane()
        capacity = perLane()
        waitingOutside = perRoad()
    }

    /// Simulates some roads over the whole analysis period; ``entering`` holds what comes to them from elsewhere.
    func run(roads numbers: [Int], greens: UnsafeMutablePointer<Double>) {
        numbers.withUnsafeBufferPointer { numbers in
            for road in numbers { clear(road) }
            for interval in 0..<intervalCount {
                for road in numbers { beginInterval(road) }
                let first = interval * stepsPerInterval
                for step in first..<first + stepsPerInterval {
                    for road in numbers {
                        let arriving = admit(road, step, interval)
                        for lane in roads.base[road].lanes {
                            discharge(lane, arriving, step, interval, greens)
                        }
                    }
                }
                for road in numbers { endInterval(road) }
            }
        }
    }

    /// Delay on some roads, vehicle-seconds.
    func delay(onRoads numbers: [Int]) -> Double {
        var sum = 0.0
        for road in numbers {
            sum += waitingOutside.base[road]
            for lane in roads.base[road].lanes {
                sum += random.base[lane]
                for stream in lanes.base[lane].streams {
                    sum += queueing.base[stream] + stops.base[stream] * settings.lossPerStop
                }
            }
        }
        return sum
    }

    /// Vehicles before the entries, under way, in queues and inside junctions at the end of a run of the whole network.
    func remaining() -> Double {
        var sum = 0.0
        for road in 0..<roads.count {
            sum += backlog.base[road]
            for step in 0..<stepCount { sum += entered.base[road * stepCount + step] }
            for lane in roads.base[road].lanes {
                for stream in lanes.base[lane].streams {
                    sum += queue.base[stream] + inside.base[stream] - arrivals.base[stream]
                }
            }
        }
        return sum
    }

    private func clear(_ road: Int) {
        backlog.base[road] = 0
        flow.base[road] = 0
        waitingOutside.base[road] = 0
        for lane in roads.base[road].lanes {
            blockedHead.base[lane] = 0
            closedStreams.base[lane] = 0
            occupied.base[lane] = 0
            random.base[lane] = 0
            longestQueue.base[lane] = 0
            capacity.base[lane] = 0
            for stream in lanes.base[lane].streams {
                queue.base[stream] = 0
                inside.base[stream] = 0
                sneaking.base[stream] = 0
                queueing.base[stream] = 0
                arrivals.base[stream] = 0
                left.base[stream] = 0
                stops.base[stream] = 0
                freedom.base[stream] = 1
            }
        }
    }

    private func beginInterval(_ road: Int) {
        for lane in roads.base[road].lanes {
            var waiting = 0.0
            for stream in lanes.base[lane].streams { waiting += queue.base[stream] }
            demandInInterval.base[lane] = waiting
            capacityInInterval.base[lane] = 0
        }
    }

    /// Random delay of the interval: the incremental delay of HCM 2010 eq. 18-45 less its deterministic part, which
    /// the queue itself shows.
    private func endInterval(_ road: Int) {
        let period = Double(stepsPerInterval)
        for lane in roads.base[road].lanes {
            let demand = demandInInterval.base[lane]
            let offered = capacityInInterval.base[lane]
            capacity.base[lane] += offered
            guard demand > 0 else { continue }
            let room = max(offered, 0.1)
            let excess = demand / room - 1
            let spread = 8 * settings.randomness * (excess + 1) / room
            let perVehicle = period / 4 * ((excess * excess + spread).squareRoot() - abs(excess))
            random.base[lane] += perVehicle * min(demand, room)
        }
    }

    /// Lets vehicles into a road as far as there is room; returns the flow that reaches the stop line, veh/s.
    @inline(__always)
    private func admit(_ number: Int, _ step: Int, _ interval: Int) -> Double {
        let road = roads.base[number]
        var limit = 1e9
        for lane in road.lanes {
            let constants = lanes.base[lane]
            let freed = step - 1 - constants.dissolvingSteps
            var share = 0.0
            for stream in constants.streams {
                share += shares.base[stream * intervalCount + interval]
                if freed >= 0 { occupied.base[lane] -= departures.base[stream * stepCount + freed] }
            }
            if share > 0.02 { limit = min(limit, max(0, constants.storage - occupied.base[lane]) / share) }
        }
        let row = number * stepCount
        room.base[row + step] = limit
        let wanting = backlog.base[number] + entering.base[row + step]
        let enters = min(wanting, limit)
        backlog.base[number] = wanting - enters
        waitingOutside.base[number] += wanting - enters
        entered.base[row + step] = enters
        for lane in road.lanes {
            for stream in lanes.base[lane].streams {
                occupied.base[lane] += enters * shares.base[stream * intervalCount + interval]
            }
        }
        // Robertson's recursion (1969) behind a lag that need not be a whole number of steps.
        let arrived = step - road.lag
        var platoon = 0.0
        if arrived >= 0 { platoon = entered.base[row + arrived] * (1 - road.lateShare) }
        if arrived > 0 { platoon += entered.base[row + arrived - 1] * road.lateShare }
        flow.base[number] += road.smoothing * (platoon - flow.base[number])
        return flow.base[number]
    }

    /// Serves the queue of one lane for one second.
    @inline(__always)
    private func discharge(
        _ lane: Int, _ arriving: Double, _ step: Int, _ interval: Int, _ greens: UnsafeMutablePointer<Double>
    ) {
        let members = lanes.base[lane].streams
        var waiting = 0.0
        var openShare = 0.0
        var closedShare = 0.0
        var service = 0.0
        var closed = 0
        for stream in members {
            let share = shares.base[stream * intervalCount + interval]
            let arrived = arriving * share
            // Who finds a queue, or no green, stops.
            if queue.base[stream] > 0.5 || freedom.base[stream] == 0 { stops.base[stream] += arrived }
            queue.base[stream] += arrived
            arrivals.base[stream] += arrived
            demandInInterval.base[lane] += arrived
            waiting += queue.base[stream]
            let free = freedom(of: stream, step, greens)
            freedom.base[stream] = free
            let weight = share > 0 ? share : (queue.base[stream] > 1e-9 ? 1e-3 : 0)
            if free > 1e-3 {
                openShare += weight
                service += weight / (streams.base[stream].saturation * free)
            } else {
                closedShare += weight
                closed |= 1 << (stream - members.lowerBound)
            }
        }
        var rate = openShare > 0 ? openShare / service : 0
        if closedShare < 1e-3 * openShare {
            blockedHead.base[lane] = 0
            closedStreams.base[lane] = 0
        } else if openShare > 0 {
            if closedStreams.base[lane] != closed {
                changeClosedStreams(lane, to: closed, closedShare: closedShare / (openShare + closedShare), interval)
            }
            rate *= 1 - blockedHead.base[lane]
        }
        capacityInInterval.base[lane] += rate
        let served = serve(lane, rate: rate, openShare: openShare, step, interval)
        if closedShare >= 1e-3 * openShare, openShare > 0, served > 0 {
            // Every vehicle that leaves brings another to the head, which may be one that cannot go.
            let headIsFree = 1 - blockedHead.base[lane]
            let attempts = min(1, served / max(headIsFree, 1e-6))
            blockedHead.base[lane] = 1 - headIsFree * (1 - closedShare / (openShare + closedShare) * attempts)
        }
        if waiting > longestQueue.base[lane] { longestQueue.base[lane] = waiting }
    }

    /// The streams that cannot go have changed: the head may now be free, or a free head may be blocked.
    private func changeClosedStreams(_ lane: Int, to closed: Int, closedShare: Double, _ interval: Int) {
        let before = closedStreams.base[lane]
        let first = lanes.base[lane].streams.lowerBound
        var still = 0.0
        var all = 0.0
        for stream in lanes.base[lane].streams where before & (1 << (stream - first)) != 0 {
            let share = shares.base[stream * intervalCount + interval]
            all += share
            if closed & (1 << (stream - first)) != 0 { still += share }
        }
        let remains = all > 0 ? blockedHead.base[lane] * still / all : 0
        blockedHead.base[lane] = 1 - (1 - remains) * (1 - closedShare)
        closedStreams.base[lane] = closed
    }

    /// Share of this second in which the head of a stream could leave its lane.
    @inline(__always)
    private func freedom(of stream: Int, _ step: Int, _ greens: UnsafeMutablePointer<Double>) -> Double {
        let constants = streams.base[stream]
        departures.base[stream * stepCount + step] = 0
        throughGap.base[stream] = .infinity
        var go = constants.group < 0 ? 1 : greens[constants.group * stepCount + step]
        let onRed = go == 0 && constants.turnsOnRed
        if onRed { go = 1 }
        guard go > 0 else {
            clearJunction(stream, step)
            return 0
        }
        let priority = onRed ? constants.crossing : constants.priority
        if !priority.isEmpty, step > 0 {
            var against = 0.0
            for foe in priority { against += departures.base[foes.base[foe] * stepCount + step - 1] }
            let entry = min(KernelLayout.gapSteps - 1, Int(against / KernelLayout.gapResolution))
            let gap = gapShares.base[stream * KernelLayout.gapSteps + entry] * go
            if onRed {
                go = gap
            } else {
                sneaking.base[stream] = gap < 0.5 ? settings.clearingInYellow : 0
                // Those inside the junction take the gaps first; the lane is free while there is room behind them.
                let usable = constants.saturation * gap
                let leaves = min(inside.base[stream], usable)
                inside.base[stream] -= leaves
                if leaves > 0 { pass(stream, leaves, step) }
                throughGap.base[stream] = usable - leaves
                let place = max(0, constants.waitingInside - inside.base[stream])
                go = min(go, (usable - leaves + place) / constants.saturation)
            }
        }
        for target in constants.targets where targets.base[target].isAdjacent && step > 0 {
            go *= min(1, room.base[targets.base[target].road * stepCount + step - 1])
        }
        return go
    }

    /// At the end of green, those inside the junction leave, and the yellow lets another follow them.
    @inline(__always)
    private func clearJunction(_ stream: Int, _ step: Int) {
        guard inside.base[stream] + sneaking.base[stream] > 0 else { return }
        let follows = min(queue.base[stream], sneaking.base[stream])
        queue.base[stream] -= follows
        pass(stream, inside.base[stream] + follows, step)
        inside.base[stream] = 0
        sneaking.base[stream] = 0
    }

    /// Lets vehicles leave a lane at a rate, in the mix in which they wait; returns how many left.
    @inline(__always)
    private func serve(_ lane: Int, rate: Double, openShare: Double, _ step: Int, _ interval: Int) -> Double {
        var openQueue = 0.0
        for stream in lanes.base[lane].streams where freedom.base[stream] > 1e-3 { openQueue += queue.base[stream] }
        let part = openQueue > 0 ? min(1, rate / openQueue) : 0
        for stream in lanes.base[lane].streams {
            let arrived = queue.base[stream]
            if part > 0, freedom.base[stream] > 1e-3 {
                let leaves = arrived * part
                queue.base[stream] -= leaves
                let through = min(leaves, throughGap.base[stream])
                inside.base[stream] += leaves - through
                pass(stream, through, step)
            }
            queueing.base[stream] += queue.base[stream] + inside.base[stream]
        }
        return openQueue * part
    }

    /// Vehicles pass the node and come to the roads behind it.
    @inline(__always)
    private func pass(_ stream: Int, _ vehicles: Double, _ step: Int) {
        departures.base[stream * stepCount + step] += vehicles
        left.base[stream] += vehicles
        for number in streams.base[stream].targets {
            let target = targets.base[number]
            let arrives = step + target.steps
            if arrives < stepCount { entering.base[target.road * stepCount + arrives] += vehicles * target.share }
        }
    }
}
