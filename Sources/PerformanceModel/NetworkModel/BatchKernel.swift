/// ``Kernel`` for a batch of candidate timings of one junction at once, in single precision.
///
/// It simulates a region second by second like the scalar kernel, function by function, with the candidates side by side
/// in every value. History is kept only as far back as it is looked at, so that all that is touched stays in the cache.
struct BatchKernel {
    /// Candidates in a batch.
    static let width = BatchValues.scalarCount

    struct RoadState {
        var backlog = BatchValues.zero
        var flow = BatchValues.zero
    }

    struct LaneState {
        var occupied = BatchValues.zero
        var demandInInterval = BatchValues.zero
        var capacityInInterval = BatchValues.zero
        var blockedHead = BatchValues.zero
        var heldArrived = BatchValues.zero
        var heldWaited = BatchValues.zero
        /// What has come since a candidate's signals of the lane all turned red, as ``HeldLane/arrived`` counts it, and
        /// whether they were red in the second before; kept where ``BatchLayout/Lane/countsRed`` says so.
        var cameInRed = BatchValues.zero
        var wasRed = BatchMask(repeating: false)
    }

    struct StreamState {
        var queue = BatchValues.zero
        var inside = BatchValues.zero
        var freedom = BatchValues(repeating: 1)
        /// Whether some waited before this second, and ``Kernel/freeFlow``; kept where others give way to it.
        var stood = BatchMask(repeating: false)
        var freeFlow = BatchValues.zero
        var throughGap = BatchValues.zero
        /// ``Kernel/offered`` and ``Kernel/clearing``; kept where it gives way.
        var offered = BatchValues.zero
        var clearing = BatchValues.zero
        /// The stream is among those that could not go when the head of the lane was last looked at.
        var isClosed = BatchMask(repeating: false)
    }

    /// What one interval of the demand says, by stream or lane.
    struct Interval {
        let shares: UnsafeMutablePointer<Float>
        let laneShares: UnsafeMutablePointer<Float>
        let unfollowed: UnsafeMutablePointer<Float>
    }

    let stepCount: Int
    let stepsPerInterval: Int
    let roadCount: Int
    let laneCount: Int
    let streamCount: Int
    let ringLength: Int
    let startSteps: Int
    let claimSmoothing: Float
    /// In steps.
    let lossPerStop: Float

    let roads: UnsafeMutablePointer<BatchLayout.Road>
    let lanes: UnsafeMutablePointer<BatchLayout.Lane>
    let streams: UnsafeMutablePointer<BatchLayout.Stream>
    let foes: UnsafeMutablePointer<BatchLayout.Foe>
    let targets: UnsafeMutablePointer<BatchLayout.Target>
    let blockers: UnsafeMutablePointer<BatchLayout.Source>
    let gapShares: UnsafeMutablePointer<Float>
    let shares: UnsafeMutablePointer<Float>
    let laneShares: UnsafeMutablePointer<Float>
    let unfollowed: UnsafeMutablePointer<Float>
    let recordedRoom: UnsafeMutablePointer<Float>
    let recordedClaims: UnsafeMutablePointer<Float>
    /// What comes to each road from outside the region, by second.
    let entering: UnsafeMutablePointer<Float>
    let greens: BatchGreens

    /// Memory of all state that is kept for each candidate, and the number of values in it.
    let state: UnsafeMutableRawPointer
    let stateCount: Int
    let rings: UnsafeMutablePointer<BatchValues>
    /// Room of each road up to what any flow needs, in this second and the one before, by the parity of the second.
    let rooms: UnsafeMutablePointer<BatchValues>
    /// What left by each stream, likewise.
    let leaving: UnsafeMutablePointer<BatchValues>
    /// What others give way to, likewise.
    let claims: UnsafeMutablePointer<BatchValues>
    let roadStates: UnsafeMutablePointer<RoadState>
    let laneStates: UnsafeMutablePointer<LaneState>
    let streamStates: UnsafeMutablePointer<StreamState>
    /// Seconds for which a lane has been red for all candidates, and whether it could discharge for one of them in the
    /// second before.
    let heldSteps: UnsafeMutablePointer<Float>
    let wasOpen: UnsafeMutablePointer<Bool>

    init(region: Region, layout: BatchLayout, table: GreenTable, arena: Arena) {
        let model = region.run.model
        stepCount = model.stepCount
        stepsPerInterval = model.stepsPerInterval
        startSteps = model.layout.startSteps
        claimSmoothing = Float(model.layout.claimSmoothing)
        lossPerStop = Float(model.settings.lossPerStop / model.stepLength)
        roadCount = layout.roads.count
        laneCount = layout.lanes.count
        streamCount = layout.streams.count
        ringLength = layout.ringLength
        roads = arena.array(layout.roads, or: .empty)
        lanes = arena.array(layout.lanes, or: .empty)
        streams = arena.array(layout.streams, or: .empty)
        foes = arena.array(layout.foes, or: .empty)
        targets = arena.array(layout.targets, or: .empty)
        blockers = arena.array(layout.blockers, or: .empty)
        gapShares = arena.array(model.layout.gapShares.map { Float($0) }, or: 1)
        shares = arena.array(layout.shares, or: 0)
        laneShares = arena.array(layout.laneShares, or: 0)
        unfollowed = arena.array(layout.unfollowed, or: 0)
        recordedRoom = arena.array(layout.recordedRoom.flatMap { $0 }, or: 1)
        recordedClaims = arena.array(layout.recordedClaims.flatMap { $0 }, or: 0)
        entering = arena.array(roadCount * stepCount, of: 0)
        for place in 0..<roadCount * stepCount { entering[place] = Float(region.entering[place]) }
        greens = BatchGreens(layout: layout, table: table, arena: arena)
        let counts = (
            roads: roadCount * Self.valueCount(of: RoadState.self),
            lanes: laneCount * Self.valueCount(of: LaneState.self),
            streams: streamCount * Self.valueCount(of: StreamState.self)
        )
        stateCount = ringLength + 2 * roadCount + 4 * streamCount + counts.roads + counts.lanes + counts.streams
        rings = arena.array(stateCount, of: .zero)
        state = UnsafeMutableRawPointer(rings)
        rooms = rings + ringLength
        leaving = rooms + 2 * roadCount
        claims = leaving + 2 * streamCount
        let first = claims + 2 * streamCount
        roadStates = UnsafeMutableRawPointer(first).bindMemory(to: RoadState.self, capacity: roadCount)
        laneStates = UnsafeMutableRawPointer(first + counts.roads).bindMemory(to: LaneState.self, capacity: laneCount)
        streamStates = UnsafeMutableRawPointer(first + counts.roads + counts.lanes)
            .bindMemory(to: StreamState.self, capacity: streamCount)
        heldSteps = arena.array(laneCount, of: 0)
        wasOpen = arena.array(laneCount, of: true)
    }

    /// Values in the state of one road, lane or stream, each for a whole batch.
    private static func valueCount<State>(of type: State.Type) -> Int {
        MemoryLayout<State>.stride / MemoryLayout<BatchValues>.stride
    }

    /// Simulates the region over one interval of the demand; intervals follow each other from a ``clear()`` on.
    ///
    /// - Returns: What each candidate costs in it, vehicles times steps.
    @inline(never)
    func run(interval: Int) -> BatchValues {
        var cost = BatchValues.zero
        beginInterval()
        let demand = Interval(
            shares: shares + interval * streamCount, laneShares: laneShares + interval * laneCount,
            unfollowed: unfollowed + interval * streamCount)
        var step = interval * stepsPerInterval
        let end = step + stepsPerInterval
        while step < end {
            var road = 0
            while road < roadCount {
                let arriving = admit(road, step, demand, &cost)
                var lane = roads[road].firstLane
                let endLane = roads[road].endLane
                while lane < endLane {
                    advance(lane, arriving, step, demand, &cost)
                    lane += 1
                }
                road += 1
            }
            step += 1
        }
        for lane in 0..<laneCount { release(lane, demand, &cost) }
        endInterval(&cost)
        return cost
    }

    /// One second of one lane.
    @inline(__always)
    private func advance(
        _ lane: Int, _ arriving: BatchValues, _ step: Int, _ demand: Interval, _ cost: inout BatchValues
    ) {
        let layout = lanes + lane
        if layout.pointee.isSimple {
            dischargeSimple(lane, arriving, step, demand, &cost)
            return
        }
        let junction = layout.pointee.junction
        let isOpen =
            junction < 0 || greens.openForSome[junction * stepCount + step] & layout.pointee.signs != 0
        if !isOpen && !wasOpen[lane] {
            hold(lane, arriving * demand.laneShares[lane], step)
            return
        }
        release(lane, demand, &cost)
        wasOpen[lane] = isOpen
        discharge(lane, arriving, step, demand, &cost)
    }

    /// Lets vehicles into a road as far as there is room; returns how many reach the stop line in the step.
    @inline(__always)
    private func admit(
        _ number: Int, _ step: Int, _ demand: Interval, _ cost: inout BatchValues
    ) -> BatchValues {
        let road = roads + number
        var limit = BatchValues(repeating: 1e9)
        var open = BatchValues.zero
        var lane = road.pointee.firstLane
        while lane < road.pointee.endLane {
            let layout = lanes + lane
            let freed = (step - 1 - layout.pointee.dissolvingSteps) & layout.pointee.departuresMask
            let occupied = laneStates[lane].occupied - rings[layout.pointee.departures + freed]
            laneStates[lane].occupied = occupied
            let share = demand.laneShares[lane]
            let free = (layout.pointee.storage - occupied).greatest(.zero)
            if share > 0.02 { limit = limit.least(free * (1 / share)) }
            if road.pointee.passingShare > 0 { open += free.least(BatchValues(repeating: share)) }
            lane += 1
        }
        if road.pointee.passingShare > 0 { limit += (open - limit).greatest(.zero) * road.pointee.passingShare }
        rooms[2 * number + step & 1] = limit.least(BatchValues(repeating: 1))
        var wanting = roadStates[number].backlog + entering[number * stepCount + step]
        if road.pointee.sent >= 0 {
            let place = road.pointee.sent + step & road.pointee.sentMask
            wanting += rings[place]
            rings[place] = .zero
        }
        let enters = wanting.least(limit)
        let waits = wanting - enters
        roadStates[number].backlog = waits
        cost += waits * road.pointee.outsideWeight
        let entered = rings + road.pointee.entered
        entered[step & road.pointee.enteredMask] = enters
        lane = road.pointee.firstLane
        while lane < road.pointee.endLane {
            laneStates[lane].occupied += enters * demand.laneShares[lane]
            lane += 1
        }
        // Robertson's recursion (1969) behind a lag that need not be a whole number of steps.
        let arrived = step - road.pointee.lag
        let platoon =
            entered[arrived & road.pointee.enteredMask] * (1 - road.pointee.lateShare)
            + entered[(arrived - 1) & road.pointee.enteredMask] * road.pointee.lateShare
        let before = roadStates[number].flow
        let next = before + road.pointee.smoothing * (platoon - before)
        // The tail of a platoon must end before its numbers become so small that the processor slows down on them.
        let flow = next.only(where: next .>= 1e-9)
        roadStates[number].flow = flow
        return flow
    }

    /// Vehicles pass the node and come to the roads behind it.
    @inline(__always)
    func pass(_ stream: Int, _ vehicles: BatchValues, _ step: Int) {
        leaving[2 * stream + step & 1] = vehicles
        var number = streams[stream].firstTarget
        let end = streams[stream].endTarget
        while number < end {
            let road = roads + targets[number].road
            let arrives = (step + targets[number].steps) & road.pointee.sentMask
            rings[road.pointee.sent + arrives] += vehicles * targets[number].share
            number += 1
        }
    }

    /// Serves a lane of one stream that gives way to nobody.
    @inline(__always)
    private func dischargeSimple(
        _ lane: Int, _ arriving: BatchValues, _ step: Int, _ demand: Interval, _ cost: inout BatchValues
    ) {
        let stream = lanes[lane].firstStream
        let arrived = arriving * demand.shares[stream]
        let rate = room(behind: stream, step, of: green(of: stream, step) * streams[stream].saturation)
        laneStates[lane].capacityInInterval += rate
        laneStates[lane].demandInInterval += arrived
        let before = streamStates[stream].queue
        let waiting = before + arrived
        let leaves = waiting.least(rate)
        let remains = waiting - leaves
        streamStates[stream].queue = remains
        rings[lanes[lane].departures + step & lanes[lane].departuresMask] = leaves
        pass(stream, leaves, step)
        if streams[stream].isWatched { claim(stream, leaves, flows: (rate .> 0) .& (before .== 0), step) }
        // Who finds a queue, or no green, stops.
        let stops = arrived.only(where: (before .> 0.5) .| (rate .== 0))
        cost += remains + stops * lossPerStop
    }

    /// Share of a second in which a stream has green; 1 where no signal rules it.
    @inline(__always)
    func green(of stream: Int, _ step: Int) -> BatchValues {
        let layout = streams + stream
        let place = layout.pointee.firstGreen + step * layout.pointee.greenStride
        if layout.pointee.isSearched { return greens.searched[place] }
        if layout.pointee.junction < 0 { return BatchValues(repeating: 1) }
        return BatchValues(repeating: greens.recorded[place])
    }

    /// A rate or share of a stream as far as the roads right behind the node have room.
    @inline(__always)
    func room(behind stream: Int, _ step: Int, of rate: BatchValues) -> BatchValues {
        var rate = rate
        var number = streams[stream].firstBlocker
        let end = streams[stream].endBlocker
        while number < end {
            let source = blockers[number]
            if source.isRecorded {
                rate *= recordedRoom[source.number * stepCount + step]
            } else {
                rate *= rooms[2 * source.number + (step + 1) & 1]
            }
            number += 1
        }
        return rate
    }
}
