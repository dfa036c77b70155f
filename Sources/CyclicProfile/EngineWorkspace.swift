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
    private let costs: UnsafeMutablePointer<Float>
    let roads: UnsafeMutablePointer<ProfileRoad>
    let groups: UnsafeMutablePointer<ProfileGroup>
    private let yields: UnsafeMutablePointer<ProfileYield>
    private let yieldRows: UnsafeMutablePointer<Float>
    private let firstYield: [Int]
    private var isDirty: [Bool]
    /// Lane groups computed since the last ``begin()``, once for each pass.
    private(set) var visitCount = 0
    /// Operations on each candidate that they took (see ``CyclicNetwork/operations(ofRoad:)``).
    private(set) var operationCount = 0
    private let operationsOfRoad: [Int]
    /// Roads visited since the last ``begin()``, in the order of their first visit.
    private(set) var visited: [Int] = []
    private var isVisited: [Bool]

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
        slotStarts = memory.floats(width)
        slotEnds = memory.floats(width)
        costs = memory.floats(3 * width)
        roads = memory.array(network.roads.count, of: ProfileRoad())
        groups = memory.array(groupCount, of: ProfileGroup())
        var first = 0
        firstYield = layout.yields.map { parts in
            first += parts.count
            return first - parts.count
        }
        yields = memory.array(first, of: ProfileYield())
        yieldRows = memory.floats(first * width)
        isDirty = Array(repeating: false, count: network.roads.count)
        isVisited = isDirty
        visited.reserveCapacity(network.roads.count)
        operationsOfRoad = network.roads.indices.map { network.operations(ofRoad: $0) }
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
                    layOut(yield, at: firstYield[number] + place)
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
            share: Float(yield.part.share), gap: Float(yield.part.gap / 4), least: yieldRows + place * width)
    }

    // MARK: Candidates

    /// Starts every profile from the flows of the demand, spread evenly over the cycle.
    func clear() {
        let network = layout.network
        for (number, road) in network.roads.enumerated() {
            let flow = Float(road.demand) + EngineLayout.leastInflow
            (totals + number * Self.width).update(repeating: flow * Float(network.cycle), count: Self.width)
            for group in road.groups {
                (departures + group * cycleRows).update(repeating: flow, count: cycleRows)
                (scales + group * Self.width).update(repeating: Float(network.groups[group].share), count: Self.width)
            }
        }
    }

    /// Writes when all stop lines are served, or those of one junction.
    ///
    /// - Parameter candidates: As many as a block is wide, or fewer: the first then stands for the missing ones.
    func serve(_ candidates: ArraySlice<CyclicGreens>, junction: Int? = nil) {
        if let junction {
            for service in layout.servicesOfJunction[junction] { serve(candidates, service: service) }
            serveYields(candidates, junction: junction)
        } else {
            for service in layout.services.indices { serve(candidates, service: service) }
            for road in layout.network.roads.indices { serveYields(candidates, of: road) }
        }
    }

    /// Notes what those that give way at a junction can do at the end of green.
    func serveYields(_ candidates: ArraySlice<CyclicGreens>, junction: Int) {
        for road in layout.roadsOfJunction[junction] { serveYields(candidates, of: road) }
    }

    private func serve(_ candidates: ArraySlice<CyclicGreens>, service: Int) {
        let rows = services + service * cycleRows
        let sums = serviceSums + service * Self.width
        rows.update(repeating: 0, count: cycleRows)
        sums.update(repeating: 0, count: Self.width)
        for part in layout.services[service].parts {
            guard let signal = part.signal else {
                for place in 0..<cycleRows { rows[place] += part.share }
                for place in 0..<Self.width { sums[place] += part.share * Float(bins) }
                continue
            }
            let slots = layout.network.greensPerGroup
            for slot in signal * slots..<(signal + 1) * slots where gather(candidates, slot: slot) {
                greenband_profile_green(bins, part.share, slotStarts, slotEnds, rows)
                for place in 0..<Self.width { sums[place] += part.share * (slotEnds[place] - slotStarts[place]) }
            }
        }
    }

    /// Fills starts and ends of one slot of the greens; false where it is empty for all candidates.
    private func gather(_ candidates: ArraySlice<CyclicGreens>, slot: Int) -> Bool {
        var isUsed = false
        var place = 0
        for candidate in candidates {
            let start = candidate.starts[slot]
            let length = candidate.lengths[slot]
            isUsed = isUsed || length > 0
            slotStarts[place] = start
            slotEnds[place] = start + length
            place += 1
        }
        while place < Self.width {
            slotStarts[place] = slotStarts[0]
            slotEnds[place] = slotEnds[0]
            place += 1
        }
        return isUsed
    }

    private func serveYields(_ candidates: ArraySlice<CyclicGreens>, of road: Int) {
        for number in layout.network.roads[road].groups {
            for (place, yield) in layout.yields[number].enumerated() {
                let row = yieldRows + (firstYield[number] + place) * Self.width
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
        for road in isDirty.indices { isDirty[road] = false }
    }

    /// Computes a road once more, so that its arrivals and the services of those that give way can be read.
    func visitAgain(_ road: Int) { visit(road, isFirst: false) }

    private func visit(_ road: Int, isFirst: Bool) {
        let members = layout.network.roads[road].groups
        isDirty[road] = false
        for (place, group) in members.enumerated() where !layout.yields[group].isEmpty {
            greenband_profile_yield(
                bins, Int32(layout.yields[group].count), yields + firstYield[group], yielded + place * cycleRows,
                serviceSums + (layout.services.count + group) * Self.width)
        }
        greenband_profile_visit(
            bins, roads + road, Int32(members.count), groups + members.lowerBound, Float(CyclicReference.leastServed),
            arrivals, isFirst ? 1 : 0)
        visitCount += members.count
        operationCount += operationsOfRoad[road]
        if !isVisited[road] {
            isVisited[road] = true
            visited.append(road)
        }
        let tolerance = Float(layout.network.settings.tolerance)
        if members.contains(where: { groups[$0].changed > tolerance }) {
            for next in layout.network.roads[road].reaches { isDirty[next] = true }
        }
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
