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
    let slotStarts: UnsafeMutablePointer<Float>
    let slotEnds: UnsafeMutablePointer<Float>
    let isSlotUsed: UnsafeMutablePointer<Bool>
    let costs: UnsafeMutablePointer<Float>
    let roads: UnsafeMutablePointer<ProfileRoad>
    let groups: UnsafeMutablePointer<ProfileGroup>
    let yields: UnsafeMutablePointer<ProfileYield>
    let yieldRows: UnsafeMutablePointer<Float>
    /// Parts of each lane group that gives way, in ``yields``.
    let firstYields: UnsafeMutablePointer<Int>
    let yieldCounts: UnsafeMutablePointer<Int32>
    let itineraries: UnsafeMutablePointer<Itinerary>
    /// Roads to look at again behind each road, for ``itineraries``.
    let reached: UnsafeMutablePointer<Int>
    let isDirty: UnsafeMutablePointer<Bool>
    let tolerance: Float
    /// Lane groups computed since the last ``begin()``, once for each pass.
    var visitCount = 0
    /// Operations on each candidate that they took (see ``CyclicNetwork/operations(ofRoad:)``).
    var operationCount = 0
    /// Roads visited since the last ``begin()``, in the order of their first visit.
    var visited: [Int] = []
    let isVisited: UnsafeMutablePointer<Bool>

    /// What a visit of a road touches; plain numbers, so that no visit counts references.
    struct Itinerary: BitwiseCopyable {
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
}
