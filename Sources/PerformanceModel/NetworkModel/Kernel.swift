/// The innermost loop: every lane of some roads, second by second.
///
/// Time is outermost, so that a queue can block the road behind it and streams can give way to each other. What a
/// stream sees of others is one second old, so the order of the lanes does not matter.
struct Kernel {
    /// Keeps the memory that the pointers lead to.
    let arena = Arena()
    let stepCount: Int
    let stepsPerInterval: Int
    let intervalCount: Int
    let roadCount: Int
    let laneCount: Int
    let streamCount: Int
    let startSteps: Int
    let stepLength: Double
    let settings: ModelSettings
    let claimSmoothing: Double

    let roads: UnsafeMutablePointer<KernelLayout.Road>
    let lanes: UnsafeMutablePointer<KernelLayout.Lane>
    let streams: UnsafeMutablePointer<KernelLayout.Stream>
    let foes: UnsafeMutablePointer<KernelLayout.Foe>
    let targets: UnsafeMutablePointer<KernelLayout.Target>
    let gapShares: UnsafeMutablePointer<Double>
    /// Shares of a road's arrivals by stream, or lane, and interval.
    let shares: UnsafeMutablePointer<Double>
    let laneShares: UnsafeMutablePointer<Double>
    /// Flow that each stream gives way to and that comes from no followed road, veh/s by stream and interval.
    let unfollowed: UnsafeMutablePointer<Double>

    /// Vehicles by stream and step, lane and step, road and step.
    let departures: UnsafeMutablePointer<Double>
    let laneDepartures: UnsafeMutablePointer<Double>
    let room: UnsafeMutablePointer<Double>
    /// What others give way to, by row of ``KernelLayout/Stream/claim`` and step.
    let claims: UnsafeMutablePointer<Double>
    let entering: UnsafeMutablePointer<Double>
    let entered: UnsafeMutablePointer<Double>

    /// State by stream, lane and road.
    let queue: UnsafeMutablePointer<Double>
    let inside: UnsafeMutablePointer<Double>
    let freedom: UnsafeMutablePointer<Double>
    let throughGap: UnsafeMutablePointer<Double>
    /// Vehicles that each stream could send in this second, and those that would clear the junction if green ended with it,
    /// were there always some that wait.
    let offered: UnsafeMutablePointer<Double>
    /// Running mean of the departures that found no queue.
    let freeFlow: UnsafeMutablePointer<Double>
    let clearing: UnsafeMutablePointer<Double>
    let blockedHead: UnsafeMutablePointer<Double>
    let closedStreams: UnsafeMutablePointer<Int>
    let occupied: UnsafeMutablePointer<Double>
    let held: UnsafeMutablePointer<HeldLane>
    let backlog: UnsafeMutablePointer<Double>
    let flow: UnsafeMutablePointer<Double>
    let demandInInterval: UnsafeMutablePointer<Double>
    let capacityInInterval: UnsafeMutablePointer<Double>

    /// Sums over the analysis period by stream, lane and road; of time, in vehicles times steps.
    let queueing: UnsafeMutablePointer<Double>
    let arrivals: UnsafeMutablePointer<Double>
    let left: UnsafeMutablePointer<Double>
    let stops: UnsafeMutablePointer<Double>
    /// Vehicles that each stream could have sent, were there always some that wait, from the step on in which the first can have
    /// come; kept where the lane is no simple one.
    let couldLeave: UnsafeMutablePointer<Double>
    let random: UnsafeMutablePointer<Double>
    let longestQueue: UnsafeMutablePointer<Double>
    let capacity: UnsafeMutablePointer<Double>
    let waitingOutside: UnsafeMutablePointer<Double>

    init(model: NetworkModel) {
        let layout = model.layout
        stepCount = model.stepCount
        stepsPerInterval = model.stepsPerInterval
        intervalCount = model.intervalCount
        startSteps = layout.startSteps
        stepLength = model.stepLength
        settings = model.settings
        claimSmoothing = layout.claimSmoothing
        roadCount = model.roads.count
        laneCount = model.lanes.count
        streamCount = model.streams.count
        let arena = arena
        roads = arena.array(layout.roads, or: .empty)
        lanes = arena.array(layout.lanes, or: .empty)
        streams = arena.array(layout.streams, or: .empty)
        foes = arena.array(layout.foes, or: .empty)
        targets = arena.array(layout.targets, or: .empty)
        gapShares = arena.array(layout.gapShares, or: 1)
        shares = arena.array(model.streamShares, or: 0)
        unfollowed = arena.array(model.unfollowedFoes, or: 0)
        laneShares = arena.array(
            model.lanes.flatMap { lane in
                (0..<model.intervalCount).map { interval in
                    lane.streams.reduce(0) { $0 + model.streamShares[$1 * model.intervalCount + interval] }
                }
            }, or: 0)
        let (streamCount, laneCount, roadCount, stepCount) = (streamCount, laneCount, roadCount, stepCount)
        func perStream() -> UnsafeMutablePointer<Double> { arena.array(streamCount, of: 0) }
        func perLane() -> UnsafeMutablePointer<Double> { arena.array(laneCount, of: 0) }
        func perRoad(_ steps: Int = 1) -> UnsafeMutablePointer<Double> { arena.array(roadCount * steps, of: 0) }
        departures = arena.array(streamCount * stepCount, of: 0)
        laneDepartures = arena.array(laneCount * stepCount, of: 0)
        claims = arena.array(layout.claimCount * stepCount, of: 0)
        room = perRoad(stepCount)
        entering = perRoad(stepCount)
        entered = perRoad(stepCount)
        queue = perStream()
        inside = perStream()
        freedom = perStream()
        throughGap = perStream()
        offered = perStream()
        freeFlow = perStream()
        clearing = perStream()
        blockedHead = perLane()
        closedStreams = arena.array(laneCount, of: 0)
        occupied = perLane()
        held = arena.array(laneCount, of: HeldLane())
        backlog = perRoad()
        flow = perRoad()
        demandInInterval = perLane()
        capacityInInterval = perLane()
        queueing = perStream()
        arrivals = perStream()
        left = perStream()
        stops = perStream()
        couldLeave = perStream()
        random = perLane()
        longestQueue = perLane()
        capacity = perLane()
        waitingOutside = perRoad()
    }

    /// Simulates some roads over the whole analysis period; ``entering`` holds what comes to them from elsewhere.
    ///
    /// - Parameter goesOn: Asked after every interval with its number; the run ends early when it says no.
    /// - Returns: Whether the run went on to the end.
    @discardableResult
    func run(
        roads numbers: [Int], greens table: GreenTable, goesOn: (Int) -> Bool = { _ in true }
    ) -> Bool {
        let (greens, signs) = (table.shares, table.signs)
        return numbers.withUnsafeBufferPointer { numbers in
            for road in numbers { clear(road) }
            for interval in 0..<intervalCount {
                for road in numbers { beginInterval(road) }
                let first = interval * stepsPerInterval
                for step in first..<first + stepsPerInterval {
                    for road in numbers {
                        let arriving = admit(road, step, interval)
                        for lane in roads[road].lanes {
                            if lanes[lane].isSimple {
                                dischargeSimple(lane, arriving, step, interval, greens)
                                continue
                            }
                            let isOpen =
                                lanes[lane].signs.map { signs[$0.junction * stepCount + step] & $0.groups != 0 }
                                ?? true
                            if !isOpen && !held[lane].wasOpen {
                                hold(lane, arriving * laneShares[lane * intervalCount + interval])
                                continue
                            }
                            release(lane, interval)
                            held[lane].wasOpen = isOpen
                            discharge(lane, arriving, step, interval, greens)
                        }
                    }
                }
                for road in numbers {
                    for lane in roads[road].lanes { release(lane, interval) }
                    endInterval(road)
                }
                guard goesOn(interval) else { return false }
            }
            return true
        }
    }

    /// Lets vehicles into a road as far as there is room; returns how many reach the stop line in the step.
    @inline(__always)
    private func admit(_ number: Int, _ step: Int, _ interval: Int) -> Double {
        let range = roads[number].lanes
        var limit = 1e9
        let passing = roads[number].passingShare
        var open = 0.0
        for lane in range {
            let freed = step - 1 - lanes[lane].dissolvingSteps
            if freed >= 0 { occupied[lane] -= laneDepartures[lane * stepCount + freed] }
            let share = laneShares[lane * intervalCount + interval]
            let free = lanes[lane].storage - occupied[lane]
            if free < limit * share, share > 0.02 { limit = max(0, free) / share }
            if passing > 0 { open += min(max(0, free), share) }
        }
        if open > limit { limit += (open - limit) * passing }
        let row = number * stepCount
        room[row + step] = limit
        let wanting = backlog[number] + entering[row + step]
        let enters = min(wanting, limit)
        backlog[number] = wanting - enters
        waitingOutside[number] += wanting - enters
        entered[row + step] = enters
        if enters > 0 {
            for lane in range { occupied[lane] += enters * laneShares[lane * intervalCount + interval] }
        }
        // Robertson's recursion (1969) behind a lag that need not be a whole number of steps.
        let arrived = step - roads[number].lag
        var platoon = 0.0
        if arrived >= 0 { platoon = entered[row + arrived] * (1 - roads[number].lateShare) }
        if arrived > 0 { platoon += entered[row + arrived - 1] * roads[number].lateShare }
        let next = flow[number] + roads[number].smoothing * (platoon - flow[number])
        // The tail of a platoon must end before its numbers become so small that the processor slows down on them.
        flow[number] = next < 1e-9 ? 0 : next
        return flow[number]
    }

    /// Vehicles pass the node and come to the roads behind it.
    @inline(__always)
    func pass(_ stream: Int, _ vehicles: Double, _ step: Int) {
        departures[stream * stepCount + step] += vehicles
        left[stream] += vehicles
        for number in streams[stream].targets {
            let arrives = step + targets[number].steps
            if arrives < stepCount {
                entering[targets[number].road * stepCount + arrives] += vehicles * targets[number].share
            }
        }
    }

    /// Serves a lane of one stream that gives way to nobody.
    @inline(__always)
    private func dischargeSimple(
        _ lane: Int, _ arriving: Double, _ step: Int, _ interval: Int, _ greens: UnsafeMutablePointer<Double>
    ) {
        let stream = lanes[lane].streams.lowerBound
        let arrived = arriving * shares[stream * intervalCount + interval]
        let group = streams[stream].group
        var rate = streams[stream].saturation * (group < 0 ? 1 : greens[group * stepCount + step])
        if step > 0 {
            for target in streams[stream].targets where targets[target].isAdjacent {
                rate *= min(1, room[targets[target].road * stepCount + step - 1])
            }
        }
        capacityInInterval[lane] += rate
        let waiting = queue[stream] + arrived
        let leaves = min(waiting, rate)
        let remains = waiting - leaves
        laneDepartures[lane * stepCount + step] = leaves
        if leaves > 0 { pass(stream, leaves, step) }
        if streams[stream].claim >= 0 { claim(stream, step, flows: rate > 0 && queue[stream] == 0) }
        if waiting > 0 {
            demandInInterval[lane] += arrived
            arrivals[stream] += arrived
            // Who finds a queue, or no green, stops.
            if queue[stream] > 0.5 || rate == 0 { stops[stream] += arrived }
            queue[stream] = remains
            queueing[stream] += remains
            if waiting > longestQueue[lane] { longestQueue[lane] = waiting }
        }
    }
}
