import CyclicProfile

/// A laid-out network in the words of a document, for programs in other languages that compute the same.
struct Outline: Encodable {
    struct Road: Encodable {
        var groups: [Int]
        var sources: [CyclicNetwork.Source]
        var externalFlow: Double
        var demand: Double
        var smoothing: Double
        var lag: Double
        var reaches: [Int]
    }

    struct Group: Encodable {
        var share: Double
        var saturationFlow: Double
        var parts: [CyclicNetwork.Part]
    }

    var cycle: Int
    var greensPerGroup: Int
    var leastServed = CyclicReference.leastServed
    var tolerance: Double
    var greatestPassCount: Int
    var randomness: Double
    var analysisPeriod: Double
    var roads: [Road]
    var groups: [Group]
    var order: [Int]

    init(_ network: CyclicNetwork) {
        cycle = network.cycle
        greensPerGroup = network.greensPerGroup
        tolerance = network.settings.tolerance
        greatestPassCount = network.settings.greatestPassCount
        randomness = network.settings.randomness
        analysisPeriod = network.settings.analysisPeriod
        roads = network.roads.map { road in
            Road(
                groups: Array(road.groups), sources: road.sources, externalFlow: road.externalFlow,
                demand: road.demand, smoothing: road.dispersion.smoothing, lag: road.dispersion.lag,
                reaches: road.reaches)
        }
        groups = network.groups.map {
            Group(share: $0.share, saturationFlow: $0.saturationFlow, parts: $0.parts)
        }
        order = network.order
    }
}

/// Greens of candidates, as ``CyclicGreens`` holds them.
struct GreensOutline: Encodable {
    var starts: [[Float]]
    var lengths: [[Float]]

    init(_ candidates: [CyclicGreens]) {
        starts = candidates.map(\.starts)
        lengths = candidates.map(\.lengths)
    }
}
