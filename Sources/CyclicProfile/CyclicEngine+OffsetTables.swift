import CProfileKernel

extension CyclicEngine {
    /// What every road between two signalised junctions costs for all differences of their offsets at once.
    ///
    /// The departures upstream and the greens downstream are those that have settled under the plan. Only what comes from
    /// the upstream junction is shifted; what comes to the road from other junctions or from outside stays. Delay is the
    /// uniform one: a shift does not change how many come, so the incremental delay is the same for all shifts and left out.
    /// Lane groups that give way keep the gaps that they have under the plan.
    ///
    /// - Parameters:
    ///   - greens: The plan.
    ///   - secondsPerStop: What one stop counts for, s; by default what the network's settings say.
    /// - Returns: Roads in the network's order; a road that several junctions lead to has a table for each.
    public func offsetTables(of greens: CyclicGreens, secondsPerStop: Double? = nil) -> [OffsetTable] {
        let workspace = settled(greens)
        let weight = secondsPerStop ?? network.settings.secondsPerStop
        let origins = network.origins
        return network.roads.indices.flatMap { road -> [OffsetTable] in
            guard let downstream = network.roads[road].junction else { return [] }
            let upstream = Set(network.roads[road].sources.compactMap { origins[$0.group] }).subtracting([downstream])
            guard !upstream.isEmpty else { return [] }
            let profile = workspace.profile(of: road)
            return upstream.sorted().map { junction in
                let shifting = workspace.arrivals(on: road) { origins[$0] == junction }
                let costs = workspace.costs(
                    ofShifting: shifting, within: profile, on: road, secondsPerStop: Float(weight))
                return OffsetTable(
                    link: network.roads[road].link, upstream: junction, feederCount: upstream.count,
                    downstream: downstream, costs: costs)
            }
        }
    }
}

extension CyclicNetwork {
    /// Junction that the vehicles of each lane group come from when they leave it: its own, or where no signal rules it the
    /// one that all of them come from; nil where there is none such.
    var origins: [Int?] {
        /// Nil where it is still open, and then nil where there is none.
        var found: [Int??] = groups.map { group in
            roads[group.road].junction.map { .some(.some($0)) } ?? nil
        }
        for _ in roads {
            var isChanged = false
            for (number, road) in roads.enumerated() where road.junction == nil {
                let before = roads[number].sources.map { found[$0.group] }
                guard !before.contains(where: { $0 == nil }) else { continue }
                let junctions = Set(before.map { $0! })
                let origin: Int? = junctions.count == 1 && road.externalFlow == 0 ? junctions.first! : nil
                for group in road.groups where found[group] == nil {
                    found[group] = .some(origin)
                    isChanged = true
                }
            }
            if !isChanged { break }
        }
        return found.map { $0 ?? nil }
    }
}

extension EngineWorkspace {
    /// Arrivals on a road and what its lane groups can serve, of one candidate.
    struct RoadProfile {
        var arrivals: [Float]
        /// For each lane group, the road's vehicles that can leave in each second.
        var capacities: [[Float]]
        /// For each lane group, vehicles in each of the road's vehicles.
        var scales: [Float]
    }

    /// The settled profile of a road for the first candidate.
    func profile(of road: Int) -> RoadProfile {
        visitAgain(road)
        let members = layout.network.roads[road].groups
        return RoadProfile(
            arrivals: firstCandidate(of: arrivals),
            capacities: members.map { number in
                let rate = groups[number].saturation / groups[number].scales[0]
                return firstCandidate(of: groups[number].service).map { $0 * rate }
            },
            scales: members.map { groups[$0].scales[0] })
    }

    /// Arrivals on a road from some lane groups upstream alone, for the first candidate.
    func arrivals(on road: Int, from isChosen: (Int) -> Bool) -> [Float] {
        let sources = layout.network.roads[road].sources.indices.filter {
            isChosen(layout.network.roads[road].sources[$0].group)
        }
        let cycle = layout.network.cycle
        let spread = layout.spreads[road]
        var mixed = Array(repeating: Float(0), count: cycle + 1)
        for place in sources {
            let source = roads[road].sources[place]
            let scale = source.share * source.scales[0]
            // One second more in front: what is due late in the first second.
            for second in 0...cycle {
                let departed = modulo(second - 1 - Int(source.lag), cycle)
                mixed[second] += scale * source.departures[departed * Self.width]
            }
        }
        var flow = Float(0)
        var arrivals = (0..<cycle).map { second in
            let due = (1 - spread.lateShare) * mixed[second + 1] + spread.lateShare * mixed[second]
            flow += spread.smoothing * (due - flow)
            return flow
        }
        let underWay = flow * spread.closure
        for second in 0..<cycle { arrivals[second] += spread.decay[second] * underWay }
        return arrivals
    }

    /// Cost of the lane groups of a road for every shift of a part of its arrivals, vehicle-seconds per cycle.
    func costs(
        ofShifting shifting: [Float], within profile: RoadProfile, on road: Int, secondsPerStop: Float
    ) -> [Double] {
        let cycle = layout.network.cycle
        let padded = (cycle + Self.width - 1) / Self.width * Self.width
        // In reverse and more than twice over: the shifts of one second then lie side by side.
        let reversed = (0..<cycle + padded).map { shifting[modulo(cycle - 1 - $0, cycle)] }
        let fixed = zip(profile.arrivals, shifting).map { max(0, $0 - $1) }
        var queued = Array(repeating: Float(0), count: padded)
        var stopped = queued
        var costs = Array(repeating: 0.0, count: cycle)
        for (capacity, scale) in zip(profile.capacities, profile.scales) {
            greenband_profile_shift(bins, reversed, fixed, capacity, Int32(padded), &queued, &stopped)
            for shift in 0..<cycle {
                costs[shift] += Double(scale * (queued[shift] + secondsPerStop * stopped[shift]))
            }
        }
        return costs
    }

    private func firstCandidate(of rows: UnsafePointer<Float>) -> [Float] {
        (0..<layout.network.cycle).map { rows[$0 * Self.width] }
    }
}
