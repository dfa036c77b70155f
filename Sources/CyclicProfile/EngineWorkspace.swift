import CProfileKernel

/// The profiles of one block of candidates, and the loops over them; all memory is taken once.
///
/// Values lie by lane group, then by second, then by candidate. One workspace serves one thread at a time.
final class EngineWorkspace: @unchecked Sendable {
    static let width = EngineLayout.width

    let layout: EngineLayout
    private let memory: AlignedMemory
    /// Floats in the rows of one cycle.
    let cycleRows: Int
    let bins: Int32
    /// Departures of each lane group, in its road's vehicles.
    let departures: UnsafeMutablePointer<Float>
    /// Vehicles in each of those departures: a row for each lane group.
    let scales: UnsafeMutablePointer<Float>
    /// Vehicles that come to each road in a cycle.
    let totals: UnsafeMutablePointer<Float>
    let services: UnsafeMutablePointer<Float>
    /// Sum of each service over the cycle, and after them of each lane group that gives way.
    let serviceSums: UnsafeMutablePointer<Float>
    /// Services of the lane groups of one road that give way.
    let yielded: UnsafeMutablePointer<Float>
    /// Arrivals on the road that was visited last.
    let arrivals: UnsafeMutablePointer<Float>
    private let slotStarts: UnsafeMutablePointer<Float>
    private let slotEnds: UnsafeMutablePointer<Float>
    private let isSlotUsed: UnsafeMutablePointer<Bool>
    private let costs: UnsafeMutablePointer<Float>
    let roads: UnsafeMutablePointer<ProfileRoad>
    let groups: UnsafeMutablePointer<ProfileGroup>
    private let yields: UnsafeMutablePointer<ProfileYield>
    private let yieldRows: UnsafeMutablePointer<Float>
    /// Parts of each lane group that gives way, in ``yields``.
    private let firstYields: UnsafeMutablePointer<Int>
    private let yieldCounts: UnsafeMutablePointer<Int32>
    private let itineraries: UnsafeMutablePointer<Itinerary>
    /// Roads to look at again behind each road, for ``itineraries``.
    private let reached: UnsafeMutablePointer<Int>
    private let isDirty: UnsafeMutablePointer<Bool>
    private let tolerance: Float
    /// Lane groups computed since the last ``begin()``, once for each pass.
    private(set) var visitCount = 0
    /// Operations on each candidate that they took (see ``CyclicNetwork/operations(ofRoad:)``).
    private(set) var operationCount = 0
    /// Roads visited since the last ``begin()``, in the order of their first visit.
    private(set) var visited: [Int] = []
    private let isVisited: UnsafeMutablePointer<Bool>

    /// What a visit of a road touches; plain numbers, so that no visit counts references.
    private struct Itinerary: BitwiseCopyable {
        var firstGroup = 0
        var groupCount = 0
        var firstReached = 0
        var endReached = 0
        var operations = 0
    }

    init(layout: EngineLayout) {
        self.layout = layout
        let network = layout.network
        let width = Self.width
        bins = Int32(network.cycle)
        cycleRows = network.cycle * width
        let memory = AlignedMemory()
        self.memory = memory
        let groupCount = network.groups.count
        departures = memory.floats(groupCount * cycleRows)
        scales = memory.floats(groupCount * width)
        totals = memory.floats(network.roads.count * width)
        services = memory.floats(layout.services.count * cycleRows)
        serviceSums = memory.floats((layout.services.count + groupCount) * width)
        yielded = memory.floats(layout.mostGroups * cycleRows)
        arrivals = memory.floats(cycleRows)
        let slotCount = network.signals.count * network.greensPerGroup
        slotStarts = memory.floats(slotCount * width)
        slotEnds = memory.floats(slotCount * width)
        isSlotUsed = memory.array(slotCount, of: false)
        costs = memory.floats(3 * width)
        roads = memory.array(network.roads.count, of: ProfileRoad())
        groups = memory.array(groupCount, of: ProfileGroup())
        firstYields = memory.array(groupCount, of: 0)
        yieldCounts = memory.array(groupCount, of: 0)
        var yieldCount = 0
        for group in network.groups.indices {
            firstYields[group] = yieldCount
            yieldCounts[group] = Int32(layout.yields[group].count)
            yieldCount += layout.yields[group].count
        }
        yields = memory.array(yieldCount, of: ProfileYield())
        yieldRows = memory.floats(yieldCount * width)
        itineraries = memory.array(network.roads.count, of: Itinerary())
        reached = memory.array(network.roads.reduce(0) { $0 + $1.reaches.count }, of: 0)
        var reachedCount = 0
        for (number, road) in network.roads.enumerated() {
            for (place, next) in road.reaches.enumerated() { reached[reachedCount + place] = next }
            itineraries[number] = Itinerary(
                firstGroup: road.groups.lowerBound, groupCount: road.groups.count, firstReached: reachedCount,
                endReached: reachedCount + road.reaches.count, operations: network.operations(ofRoad: number))
            reachedCount += road.reaches.count
        }
        isDirty = memory.array(network.roads.count, of: false)
        isVisited = memory.array(network.roads.count, of: false)
        tolerance = Float(network.settings.tolerance)
        visited.reserveCapacity(network.roads.count)
        layOut()
    }

    /// Points the loops' descriptions at the memory.
    private func layOut() {
        let network = layout.network
        let width = Self.width
        let weights = memory.floats(layout.mostSources * width)
        let rates = memory.floats(layout.mostGroups * width)
        let results = memory.floats(2 * network.groups.count * width)
        for (number, road) in network.roads.enumerated() {
            let spread = layout.spreads[number]
            let sources = memory.array(road.sources.count, of: ProfileSource())
            for (place, source) in road.sources.enumerated() {
                sources[place] = ProfileSource(
                    departures: departures + source.group * cycleRows, scales: scales + source.group * width,
                    totals: totals + network.groups[source.group].road * width, share: Float(source.share),
                    lag: Int32((source.seconds + spread.wholeLag) % network.cycle))
            }
            let decay = memory.floats(network.cycle)
            for second in 0..<network.cycle { decay[second] = spread.decay[second] }
            roads[number] = ProfileRoad(
                sourceCount: Int32(road.sources.count), sources: sources, weights: weights,
                inflow: Float(road.externalFlow) + EngineLayout.leastInflow, smoothing: spread.smoothing,
                lateShare: spread.lateShare, decay: decay, closure: spread.closure, totals: totals + number * width)
            for (place, number) in road.groups.enumerated() {
                let group = network.groups[number]
                let service = layout.serviceOfGroup[number]
                groups[number] = ProfileGroup(
                    service: service.map { services + $0 * cycleRows } ?? yielded + place * cycleRows,
                    serviceSums: serviceSums + (service ?? layout.services.count + number) * width,
                    saturation: Float(group.saturationFlow), share: Float(group.share),
                    departures: departures + number * cycleRows, scales: scales + number * width,
                    rates: rates + place * width, queued: results + 2 * number * width,
                    stopped: results + (2 * number + 1) * width, changed: 0)
                for (place, yield) in layout.yields[number].enumerated() {
                    layOut(yield, at: firstYields[number] + place)
                }
            }
        }
    }

    private func layOut(_ yield: EngineLayout.Yield, at place: Int) {
        let width = Self.width
        let foes = memory.array(yield.part.foes.count, of: ProfileFoe())
        for (number, foe) in yield.part.foes.enumerated() {
            foes[number] = ProfileFoe(
                departures: departures + foe.group * cycleRows, scales: scales + foe.group * width,
                share: Float(foe.share))
        }
        yields[place] = ProfileYield(
            green: services + yield.green * cycleRows, foeCount: Int32(yield.part.foes.count), foes: foes,
            gap: Float(yield.part.gap / 4), least: yieldRows + place * width)
    }

    // MARK: Candidates

    /// Starts from the flows of the demand, spread evenly over the cycle, wherever a first pass looks at departures before it has
    /// computed them.
    func clear() {
        let network = layout.network
        for (number, road) in network.roads.enumerated() {
            let flow = Float(road.demand) + EngineLayout.leastInflow
            (totals + number * Self.width).update(repeating: flow * Float(network.cycle), count: Self.width)
        }
        for group in network.groups.indices {
            (scales + group * Self.width).update(repeating: Float(network.groups[group].share), count: Self.width)
        }
        for group in layout.lookedAhead {
            let flow = Float(network.roads[network.groups[group].road].demand) + EngineLayout.leastInflow
            (departures + group * cycleRows).update(repeating: flow, count: cycleRows)
        }
    }

    /// Writes when all stop lines are served, or those of one junction.
    ///
    /// - Parameter candidates: As many as a block is wide, or fewer: the first then stands for the missing ones.
    func serve(_ candidates: ArraySlice<CyclicGreens>, junction: Int? = nil) {
        let slots = layout.network.greensPerGroup
        let signals = junction.map { layout.network.signalsOfJunction[$0] } ?? layout.network.signals.indices
        gather(candidates, slots: signals.lowerBound * slots..<signals.upperBound * slots)
        if let junction {
            for service in layout.servicesOfJunction[junction] { serve(service) }
            serveYields(candidates, junction: junction)
        } else {
            for service in layout.services.indices { serve(service) }
            for road in layout.network.roads.indices { serveYields(candidates, of: road) }
        }
    }

    /// Notes what those that give way at a junction can do at the end of green.
    func serveYields(_ candidates: ArraySlice<CyclicGreens>, junction: Int) {
        for road in layout.roadsOfJunction[junction] { serveYields(candidates, of: road) }
    }

    /// Turns the greens of some slots round, candidates side by side.
    private func gather(_ candidates: ArraySlice<CyclicGreens>, slots: Range<Int>) {
        for slot in slots { isSlotUsed[slot] = false }
        for place in 0..<Self.width {
            let candidate = candidates[candidates.startIndex + (place < candidates.count ? place : 0)]
            candidate.starts.withUnsafeBufferPointer { starts in
                candidate.lengths.withUnsafeBufferPointer { lengths in
                    for slot in slots {
                        slotStarts[slot * Self.width + place] = starts[slot]
                        slotEnds[slot * Self.width + place] = starts[slot] + lengths[slot]
                        if lengths[slot] > 0 { isSlotUsed[slot] = true }
                    }
                }
            }
        }
    }

    private func serve(_ service: Int) {
        let rows = services + service * cycleRows
        let sums = serviceSums + service * Self.width
        let slots = layout.network.greensPerGroup
        var isFirst = true
        for part in layout.services[service].parts {
            guard let signal = part.signal else {
                if isFirst {
                    rows.update(repeating: 0, count: cycleRows)
                    sums.update(repeating: 0, count: Self.width)
                }
                for place in 0..<cycleRows { rows[place] += part.share }
                for place in 0..<Self.width { sums[place] += part.share * Float(bins) }
                isFirst = false
                continue
            }
            // The first slot is written even where nobody uses it.
            for slot in signal * slots..<(signal + 1) * slots where isFirst || isSlotUsed[slot] {
                greenband_profile_green(
                    bins, part.share, slotStarts + slot * Self.width, slotEnds + slot * Self.width, isFirst ? 1 : 0,
                    rows, sums)
                isFirst = false
            }
        }
    }

    private func serveYields(_ candidates: ArraySlice<CyclicGreens>, of road: Int) {
        for number in layout.network.roads[road].groups {
            for (place, yield) in layout.yields[number].enumerated() {
                let row = yieldRows + (firstYields[number] + place) * Self.width
                let served = layout.network.groups[number].saturationFlow * yield.part.share
                var lane = 0
                for candidate in candidates {
                    let greens = yield.part.signal.map(candidate.greens(of:)) ?? (count: 1, seconds: Double(bins))
                    let most = served * greens.seconds
                    row[lane] = most > 0 ? Float(min(1, yield.part.sneakers * Double(greens.count) / most)) : 0
                    lane += 1
                }
                while lane < Self.width {
                    row[lane] = row[0]
                    lane += 1
                }
            }
        }
    }

    // MARK: Passes

    /// Forgets what was visited.
    func begin() {
        visitCount = 0
        operationCount = 0
        for road in visited { isVisited[road] = false }
        visited.removeAll(keepingCapacity: true)
    }

    /// Visits all roads, and again those behind a change, until departures have settled.
    func settleAll() {
        begin()
        for road in layout.network.order { visit(road, isFirst: true) }
        settle { _ in true }
    }

    /// Visits some roads, and those behind a change, until departures have settled; none that `isAllowed` denies.
    func settle(from start: [Int] = [], where isAllowed: (Int) -> Bool) {
        for road in start { isDirty[road] = true }
        for _ in 0..<layout.network.settings.greatestPassCount {
            var isSettled = true
            for road in layout.network.order where isDirty[road] {
                isDirty[road] = false
                guard isAllowed(road) else { continue }
                isSettled = false
                visit(road, isFirst: false)
            }
            if isSettled { break }
        }
        isDirty.update(repeating: false, count: layout.network.roads.count)
    }

    /// Computes a road once more, so that its arrivals and the services of those that give way can be read.
    func visitAgain(_ road: Int) { visit(road, isFirst: false) }

    private func visit(_ road: Int, isFirst: Bool) {
        let itinerary = itineraries[road]
        isDirty[road] = false
        var place = 0
        while place < itinerary.groupCount {
            let group = itinerary.firstGroup + place
            if yieldCounts[group] > 0 {
                greenband_profile_yield(
                    bins, yieldCounts[group], yields + firstYields[group], yielded + place * cycleRows,
                    serviceSums + (layout.services.count + group) * Self.width)
            }
            place += 1
        }
        greenband_profile_visit(
            bins, roads + road, Int32(itinerary.groupCount), groups + itinerary.firstGroup,
            Float(CyclicReference.leastServed), arrivals, isFirst ? 1 : 0)
        visitCount += itinerary.groupCount
        operationCount += itinerary.operations
        if !isVisited[road] {
            isVisited[road] = true
            visited.append(road)
        }
        var changed: Float = 0
        for group in itinerary.firstGroup..<itinerary.firstGroup + itinerary.groupCount {
            changed = max(changed, groups[group].changed)
        }
        guard changed > tolerance else { return }
        for number in itinerary.firstReached..<itinerary.endReached { isDirty[reached[number]] = true }
    }

    // MARK: Results

    /// What some roads cost, by candidate, added to `sums`.
    func addCosts(of members: some Sequence<Int>, to sums: inout [CyclicPerformance]) {
        costs.update(repeating: 0, count: 3 * Self.width)
        let settings = layout.network.settings
        for road in members {
            for group in layout.network.roads[road].groups {
                greenband_profile_cost(
                    bins, groups + group, totals + road * Self.width, Float(CyclicReference.leastServed),
                    Float(settings.randomness), Float(settings.analysisPeriod), costs, costs + Self.width,
                    costs + 2 * Self.width)
            }
        }
        for candidate in sums.indices {
            sums[candidate].uniformDelay += Double(costs[candidate])
            sums[candidate].incrementalDelay += Double(costs[Self.width + candidate])
            sums[candidate].stops += Double(costs[2 * Self.width + candidate])
        }
    }
}
