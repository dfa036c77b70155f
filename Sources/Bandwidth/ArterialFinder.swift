import SignalModel

/// Finds the arterials of a network: chains of signalised junctions that through movements connect.
///
/// Streets that go both ways come before one-way ones, longer before shorter, and those with more traffic before those
/// with less; each junction is in at most one. The same network and flows give the same arterials.
public struct ArterialFinder: Sendable {
    /// A through movement at a junction with what follows it.
    struct Through: Sendable {
        var junction: Int
        var flow: Double
        /// Through movement at the next junction that the same traffic comes to, and the way there.
        var next: (movement: Int, leg: ArterialChain.Leg)?
    }

    /// One junction of a candidate: its outbound movement and that of the other direction.
    struct Place: Sendable, Equatable {
        var junction: Int
        var outbound: Int
        var inbound: Int?
    }

    let network: Network
    let index: NetworkIndex
    let flows: [Int: Double]
    private(set) var throughs: [Int: Through] = [:]
    /// Through movements in the network's order.
    private var order: [Int] = []
    /// The same by junction.
    private var throughsAt: [Int: [Int]] = [:]

    /// Prepares the search.
    ///
    /// - Parameter flows: Demand, for order and ratios; its mean over the intervals counts.
    public init(network: Network, flows: Flows) {
        self.network = network
        index = NetworkIndex(network)
        let index = index
        self.flows = Dictionary(
            flows.movements.compactMap { flow in
                let mean = flow.flowPerHour.reduce(0, +) / Double(max(1, flow.flowPerHour.count))
                return index.movements[flow.movement].map { ($0, mean) }
            }, uniquingKeysWith: { first, _ in first })
        for number in network.movements.indices {
            let movement = network.movements[number]
            guard movement.turn == .through, movement.signalGroup != nil, isDriven(movement),
                let junction = index.junctionOfNode[movement.node]
            else { continue }
            throughs[number] = Through(junction: junction, flow: self.flows[number] ?? 0, next: next(after: number))
        }
        order = throughs.keys.sorted()
        for number in order {
            if let junction = throughs[number]?.junction { throughsAt[junction, default: []].append(number) }
        }
    }

    /// The arterials, in the order in which they were chosen.
    ///
    /// - Parameter leastJunctions: Junctions that make a street an arterial, at least 2.
    public func arterials(leastJunctions: Int = 2) -> [ArterialChain] {
        precondition(leastJunctions >= 2)
        var used = Set<Int>()
        var found: [ArterialChain] = []
        for isTwoWay in [true, false] {
            var candidates = order.map { candidate(from: $0, isTwoWay: isTwoWay, used: used) }
            while let best = best(of: candidates), best.count >= leastJunctions {
                let taken = Set(best.map(\.junction))
                used.formUnion(taken)
                found.append(chain(best))
                // A candidate that no junction was taken from is still the best from its start.
                for number in candidates.indices where candidates[number].touches(taken) {
                    candidates[number] = candidate(from: order[number], isTwoWay: isTwoWay, used: used)
                }
            }
        }
        return found
    }

    /// A street from one through movement on.
    private struct Candidate {
        var places: [Place]
        var flow: Double

        func touches(_ junctions: Set<Int>) -> Bool { places.contains { junctions.contains($0.junction) } }
    }

    private func candidate(from start: Int, isTwoWay: Bool, used: Set<Int>) -> Candidate {
        let places = isTwoWay ? twoWay(from: start, used: used) : oneWay(from: start, used: used)
        return Candidate(
            places: places, flow: places.reduce(0) { $0 + flow($1.outbound) + ($1.inbound.map(flow) ?? 0) })
    }

    /// The longest chain of junctions; of those the one with most traffic, then the first.
    private func best(of candidates: [Candidate]) -> [Place]? {
        var best: Candidate?
        for candidate in candidates where candidate.places.count >= 2 {
            let isBetter =
                best.map { (candidate.places.count, candidate.flow) > ($0.places.count, $0.flow) } ?? true
            if isBetter { best = candidate }
        }
        return best?.places
    }

    private func oneWay(from start: Int, used: Set<Int>) -> [Place] {
        var places: [Place] = []
        var seen = used
        var current: Int? = start
        while let movement = current, let through = throughs[movement], seen.insert(through.junction).inserted {
            places.append(Place(junction: through.junction, outbound: movement, inbound: nil))
            current = through.next?.movement
        }
        return places
    }

    /// Junctions along a movement as long as another movement comes back from each of them to the one before.
    private func twoWay(from start: Int, used: Set<Int>) -> [Place] {
        guard let first = throughs[start], !used.contains(first.junction) else { return [] }
        var outbound = [start]
        var junctions = [first.junction]
        var seen = used.union(junctions)
        while let next = throughs[outbound[outbound.count - 1]]?.next?.movement, let through = throughs[next],
            seen.insert(through.junction).inserted
        {
            outbound.append(next)
            junctions.append(through.junction)
        }
        // The way back that comes furthest is sought from the far end on; shorter streets are tried where there is none.
        for count in stride(from: junctions.count, through: 2, by: -1) {
            if let inbound = wayBack(junctions.prefix(count)) {
                return (0..<count).map {
                    Place(junction: junctions[$0], outbound: outbound[$0], inbound: inbound[count - 1 - $0])
                }
            }
        }
        return []
    }

    /// Through movements from the last of some junctions to the first, with most traffic; nil where there are none.
    private func wayBack(_ junctions: ArraySlice<Int>) -> [Int]? {
        var best: (movements: [Int], flow: Double)?
        guard let last = junctions.last else { return nil }
        for start in throughsAt[last] ?? [] {
            var movements = [start]
            for junction in junctions.dropLast().reversed() {
                guard let next = throughs[movements[movements.count - 1]]?.next?.movement,
                    throughs[next]?.junction == junction
                else { break }
                movements.append(next)
            }
            guard movements.count == junctions.count else { continue }
            let flow = movements.reduce(0) { $0 + self.flow($1) }
            if flow > best?.flow ?? -1 { best = (movements, flow) }
        }
        return best?.movements
    }

    private func flow(_ movement: Int) -> Double { throughs[movement]?.flow ?? 0 }

    /// The chain with the direction of more traffic outbound.
    private func chain(_ places: [Place]) -> ArterialChain {
        let ahead = places.map(\.outbound)
        let back = places.compactMap(\.inbound)
        let flows = [ahead, back].map { $0.reduce(0) { $0 + flow($1) } / Double(places.count) }
        guard back.count == places.count else {
            return ArterialChain(
                stops: stops(ahead, nil), outbound: legs(ahead), outboundFlowPerHour: flows[0], inboundFlowPerHour: 0)
        }
        let isTurned = flows[1] > flows[0]
        let outbound = isTurned ? back.reversed() : ahead
        let inbound = isTurned ? ahead.reversed() : back
        return ArterialChain(
            stops: stops(outbound, inbound), outbound: legs(outbound), inbound: legs(inbound.reversed()).reversed(),
            outboundFlowPerHour: max(flows[0], flows[1]), inboundFlowPerHour: min(flows[0], flows[1]))
    }

    private func stops(_ outbound: [Int], _ inbound: [Int]?) -> [ArterialChain.Stop] {
        outbound.enumerated().map { position, movement in
            ArterialChain.Stop(
                junction: network.junctions[throughs[movement]!.junction].id, outbound: network.movements[movement].id,
                inbound: inbound.map { network.movements[$0[position]].id })
        }
    }

    private func legs(_ movements: [Int]) -> [ArterialChain.Leg] {
        movements.dropLast().map { throughs[$0]!.next!.leg }
    }
}
