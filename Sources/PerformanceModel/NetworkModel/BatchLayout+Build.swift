extension BatchLayout {
    /// Lays out a region in which one junction is searched.
    init(region: Region, junction: Int) {
        var builder = BatchLayoutBuilder(region: region, junction: junction)
        self = builder.build()
    }
}

/// Turns a region into the arrays of a ``BatchLayout``.
private struct BatchLayoutBuilder {
    private let region: Region
    private let model: NetworkModel
    private var layout = BatchLayout()
    private var roadNumber: [Int: Int] = [:]
    private var streamNumber: [Int: Int] = [:]
    private var junctionNumber: [Int: Int] = [:]
    private var recordedRoomOfRoad: [Int: Int] = [:]
    private var recordedClaimOfStream: [Int: Int] = [:]
    private var lanes: [Int] = []
    private var streams: [Int] = []

    init(region: Region, junction: Int) {
        self.region = region
        model = region.run.model
        _ = self.junction(junction)
        for road in region.roads {
            roadNumber[road] = roadNumber.count
            for lane in model.layout.roads[road].lanes {
                lanes.append(lane)
                for stream in model.layout.lanes[lane].streams {
                    streamNumber[stream] = streamNumber.count
                    streams.append(stream)
                }
            }
        }
    }

    mutating func build() -> BatchLayout {
        for stream in streams { append(stream) }
        for foe in layout.foes where !foe.source.isRecorded { layout.streams[foe.source.number].isWatched = true }
        for lane in lanes { append(lane: lane) }
        for road in region.roads { append(road: road) }
        appendShares()
        return layout
    }

    /// Makes room for a ring buffer that still holds what was written `steps` before; returns its start and mask.
    private mutating func ring(steps: Int) -> (start: Int, mask: Int) {
        var length = 2
        while length < steps + 1 { length *= 2 }
        layout.ringLength += length
        return (layout.ringLength - length, length - 1)
    }

    private mutating func junction(_ number: Int) -> Int {
        if let known = junctionNumber[number] { return known }
        let before = layout.junctions.last.map { model.rules[$0].groupCount * model.stepCount } ?? 0
        layout.firstGreen.append((layout.firstGreen.last ?? 0) + before)
        layout.junctions.append(number)
        junctionNumber[number] = layout.junctions.count - 1
        return layout.junctions.count - 1
    }

    private mutating func append(_ number: Int) {
        let stream = model.layout.streams[number]
        var value = BatchLayout.Stream.empty
        value.lane = lanes.firstIndex(of: stream.lane)!
        value.saturation = Float(stream.saturation)
        value.headway = Float(1 / stream.saturation)
        value.waitingInside = Float(stream.waitingInside)
        if stream.group >= 0 {
            let group = model.groups[stream.group]
            value.junction = junction(group.junction)
            value.sign = KernelLayout.Signs.of(group: group.number)
            value.isSearched = value.junction == 0
            value.firstGreen = group.number + (value.isSearched ? 0 : layout.firstGreen[value.junction])
            value.greenStride = model.rules[group.junction].groupCount
        }
        value.turnsOnRed = stream.turnsOnRed
        value.givesWay = stream.givesWay
        value.gaps = number * KernelLayout.gapSteps
        value.firstPriority = layout.foes.count
        for foe in stream.priority { append(foe: model.layout.foes[foe]) }
        value.endPriority = layout.foes.count
        value.firstCrossing = layout.foes.count
        for foe in stream.crossing { append(foe: model.layout.foes[foe]) }
        value.endCrossing = layout.foes.count
        value.firstTarget = layout.targets.count
        value.firstBlocker = layout.blockers.count
        for target in model.layout.targets[stream.targets] {
            if let road = roadNumber[target.road], target.steps < model.stepCount {
                layout.targets.append(.init(road: road, share: Float(target.share), steps: target.steps))
            }
            if target.isAdjacent { append(blocker: target.road) }
        }
        value.endTarget = layout.targets.count
        value.endBlocker = layout.blockers.count
        layout.streams.append(value)
    }

    private mutating func append(foe: KernelLayout.Foe) {
        layout.foes.append(.init(source: source(ofClaim: foe.stream), weight: Float(foe.weight)))
    }

    private mutating func source(ofClaim stream: Int) -> BatchLayout.Source {
        if let number = streamNumber[stream] { return .init(number: number, isRecorded: false) }
        if let known = recordedClaimOfStream[stream] { return .init(number: known, isRecorded: true) }
        let row = region.run.claims + model.layout.streams[stream].claim * model.stepCount
        recordedClaimOfStream[stream] = layout.recordedClaims.count
        layout.recordedClaims.append(before(row, first: 0) { $0 })
        return .init(number: layout.recordedClaims.count - 1, isRecorded: true)
    }

    private mutating func append(blocker road: Int) {
        if let number = roadNumber[road] {
            layout.blockers.append(.init(number: number, isRecorded: false))
            return
        }
        if recordedRoomOfRoad[road] == nil {
            let row = before(region.run.room + road * model.stepCount, first: 1) { min(1, $0) }
            // A road that is never full blocks nobody.
            recordedRoomOfRoad[road] = row.contains { $0 < 1 } ? layout.recordedRoom.count : -1
            if recordedRoomOfRoad[road] != -1 { layout.recordedRoom.append(row) }
        }
        let row = recordedRoomOfRoad[road]!
        if row >= 0 { layout.blockers.append(.init(number: row, isRecorded: true)) }
    }

    /// A recorded row as it was one second before.
    private func before(
        _ row: UnsafeMutablePointer<Double>, first: Float, _ value: (Double) -> Double
    ) -> [Float] {
        (0..<model.stepCount).map { $0 == 0 ? first : Float(value(row[$0 - 1])) }
    }

    private mutating func append(lane number: Int) {
        let lane = model.layout.lanes[number]
        var value = BatchLayout.Lane.empty
        value.firstStream = streamNumber[lane.streams.lowerBound]!
        value.endStream = value.firstStream + lane.streams.count
        value.storage = Float(lane.storage)
        value.dissolvingSteps = lane.dissolvingSteps
        value.reachedFrom = lane.reachedFrom
        value.randomSpread = lane.randomSpread
        (value.departures, value.departuresMask) = ring(steps: lane.dissolvingSteps + 1)
        value.isSimple = lane.isSimple
        if let signs = lane.signs {
            value.countsRed =
                lane.streams.count > 1
                && layout.streams[value.firstStream..<value.endStream].contains { $0.isWatched }
            value.junction = junction(signs.junction)
            value.signs = signs.groups
        }
        layout.lanes.append(value)
    }

    private mutating func append(road number: Int) {
        let road = model.layout.roads[number]
        var value = BatchLayout.Road.empty
        value.firstLane = layout.roads.last?.endLane ?? 0
        value.endLane = value.firstLane + road.lanes.count
        value.lag = road.lag
        value.lateShare = Float(road.lateShare)
        value.smoothing = Float(road.smoothing)
        value.passingShare = Float(road.passingShare)
        value.outsideWeight = Float(1 + road.overflowWeight)
        (value.entered, value.enteredMask) = ring(steps: road.lag + 1)
        let own = roadNumber[number]!
        if let longest = layout.targets.filter({ $0.road == own }).map(\.steps).max() {
            (value.sent, value.sentMask) = ring(steps: longest)
        }
        layout.roads.append(value)
    }

    private mutating func appendShares() {
        for interval in 0..<model.intervalCount {
            for stream in streams {
                layout.shares.append(Float(model.streamShares[stream * model.intervalCount + interval]))
                layout.unfollowed.append(Float(model.unfollowedFoes[stream * model.intervalCount + interval]))
            }
            for lane in lanes {
                let share = model.layout.lanes[lane].streams.reduce(0) {
                    $0 + model.streamShares[$1 * model.intervalCount + interval]
                }
                layout.laneShares.append(Float(share))
            }
        }
    }
}
