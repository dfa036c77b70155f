import LinearAlgebra
import SignalModel

extension FlowEstimator {
    /// How much smaller the variance of a loop's count of the period is than that of random arrivals.
    ///
    /// Loops miss or double a vehicle in fifty or so, and some are still on their way at either end of the period.
    private static let loopPrecision = 12.0

    /// Residual of a count of the period, in units of its spread, that shows that drivers come to other lanes behind the
    /// junction than those that they head for.
    private static let greatestResidual = 1.5

    /// Solves one node for the whole period.
    func solve(
        _ movements: [Int], entries: [CountProfile?], into totals: inout [[Double]], variances: inout [Double],
        departures: inout [[[Double]]], sources: inout [Double]
    ) {
        var unknowns: [(movement: Int, connection: Int)] = []
        for movement in movements {
            for connection in network.movements[movement].connections.indices {
                unknowns.append((movement, connection))
            }
        }
        let passages = unknowns.map { passage(of: network.movements[$0.movement], connection($0)) }
        var variables: [Range<Int>] = []
        for passage in passages {
            let first = variables.last?.upperBound ?? 0
            variables.append(first..<(first + passage.shapes.count))
        }
        let incoming = Set(movements.compactMap { index.links[network.movements[$0].from] }).sorted()
        let outgoing = Set(movements.compactMap { index.links[network.movements[$0].to] }).sorted()
        let firstSource = variables.last?.upperBound ?? 0
        let firstSink = firstSource + outgoing.count
        let size = firstSink + incoming.count
        var rows = EquationRows(columns: size)
        func all(_ members: [Int]) -> [(Int, Double)] { members.flatMap { variables[$0].map { ($0, 1) } } }
        // Beliefs that a variable is zero, with their spread.
        var beliefs: [(variable: Int, spread: Double)] = []
        var entering: [Int: Double] = [:]
        for (position, link) in incoming.enumerated() {
            let members = unknowns.indices.filter { index.links[network.movements[unknowns[$0].movement].from] == link }
            var stopTotal = 0.0
            var everyLane = true
            for lane in network.links[link].lanes {
                let own = members.filter { connection(unknowns[$0]).from == lane.id }
                guard !own.isEmpty else { continue }
                guard let profile = laneProfile(lane.id, .stopLine) else {
                    everyLane = false
                    continue
                }
                let total = profile.total
                stopTotal += total
                rows.measure(all(own), total, variance: profile.variance(max(1, total) / Self.loopPrecision))
            }
            if let profile = entries[link] {
                let total = profile.total
                entering[link] = total
                // A queue that never clears shows at the entry, not at the stop line.
                let level =
                    everyLane && stopTotal > 0
                    ? min(total + beginningBehindEntry(of: link), stopTotal) : total
                rows.measure(
                    all(members) + [(firstSink + position, 1)], level, variance: profile.variance(max(1, level)))
            }
            let outflow = entering[link] ?? 0
            beliefs.append(
                (
                    firstSink + position,
                    isBoundary(network.links[link].to) ? 1e3 + outflow : Self.leastUnexpected(outflow)
                ))
        }
        for (position, link) in outgoing.enumerated() {
            let members = unknowns.indices.filter { index.links[network.movements[unknowns[$0].movement].to] == link }
            if let profile = entries[link] {
                let total = profile.total
                rows.measure(
                    all(members) + [(firstSource + position, 1)], total,
                    variance: profile.variance(max(1, total) / Self.loopPrecision))
                beliefs.append(
                    (
                        firstSource + position,
                        isBoundary(network.links[link].from) ? 1e3 + total : Self.leastUnexpected(total)
                    ))
            } else {
                beliefs.append((firstSource + position, 1))
            }
        }
        let counted = rows
        addPriors(unknowns, entering: entering) { rows.measure(all([$0]), $1, variance: $2) }
        let (base, baseRight) = rows.normal()
        var normal = base
        var solution = baseRight
        // Whether the lanes of each link are followed together, as drivers change lanes there.
        var isMixed = Set<Int>()
        for isLast in [false, true] {
            var traces: [(link: Int, rows: EquationRows)] = []
            for (position, link) in outgoing.enumerated() where !isBoundary(network.links[link].from) {
                let lanes = network.links[link].vehicleLanes
                for group in isMixed.contains(link) ? [lanes.map(\.id)] : lanes.map({ [$0.id] }) {
                    let feeding = unknowns.indices.filter { group.contains(connection(unknowns[$0]).to) }
                    let trace = follow(
                        into: group, feeding.map { passages[$0] }, variables: feeding.map { variables[$0] },
                        source: firstSource + position, sourceTotal: entries[link]?.total ?? 0, columns: size)
                    if let trace { traces.append((link, trace)) }
                }
            }
            let traced = traces.map { $0.rows.normal() }
            var dispersions = traces.map { _ in 1.0 }
            var spreads = beliefs.map(\.spread)
            // Few links are entered or left between junctions, but those by many: the belief gives way where the
            // counts speak against it (Daubechies, DeVore, Fornasier and Güntürk 2010, equation 1.7).
            for _ in 0..<4 {
                normal = base
                var right = baseRight
                for (trace, dispersion) in zip(traced, dispersions) {
                    normal.add(trace.matrix, times: 1 / dispersion)
                    for column in right.indices { right[column] += trace.right[column] / dispersion }
                }
                for variable in 0..<size { normal[variable, variable] += 1e-9 }
                for (belief, spread) in zip(beliefs, spreads) {
                    normal[belief.variable, belief.variable] += 1 / (spread * spread)
                }
                guard let better = try? nonNegativeLeastSquares(normal: normal, right: right) else { return }
                solution = better
                spreads = beliefs.map { max($0.spread, solution[$0.variable]) }
                dispersions = traces.map { max(Self.leastDispersion, $0.rows.dispersion(at: solution)) }
            }
            // The solution stands for the links that it was made with.
            if isLast { break }
            let isMissed = counted.greatestResidual(at: solution) > Self.greatestResidual
            let scattered = zip(traces, dispersions).filter { isMissed || $1 > Self.greatestDispersion }
            isMixed = Set(scattered.map(\.0.link).filter { lanes(of: $0) > 1 })
            if isMixed.isEmpty { break }
        }
        depart(
            unknowns, passages: passages, flows: variables.map { $0.map { solution[$0] } }, mixed: isMixed,
            into: &departures)
        let covariance = try? inverse(positiveDefinite: normal)
        for movement in movements { variances[movement] = 0 }
        for (number, unknown) in unknowns.enumerated() {
            totals[unknown.movement][unknown.connection] = variables[number].reduce(0) { $0 + solution[$1] }
        }
        if let covariance {
            for movement in movements {
                let own = all(unknowns.indices.filter { unknowns[$0].movement == movement }).map(\.0)
                for row in own { for column in own { variances[movement] += covariance[row, column] } }
                variances[movement] = max(0, variances[movement])
            }
        }
        for (position, link) in outgoing.enumerated() { sources[link] = solution[firstSource + position] }
    }

    private func lanes(of link: Int) -> Int {
        network.links[link].vehicleLanes.count
    }

    private func isBoundary(_ node: NodeID) -> Bool { boundary.contains(node) }

    func connection(_ unknown: (movement: Int, connection: Int)) -> LaneConnection {
        network.movements[unknown.movement].connections[unknown.connection]
    }

    /// Weak beliefs for what the counts leave open: most go through, hardly anybody turns back.
    private func addPriors(
        _ unknowns: [(movement: Int, connection: Int)], entering: [Int: Double],
        _ believe: (_ unknown: Int, _ expected: Double, _ variance: Double) -> Void
    ) {
        let byLink = Dictionary(grouping: unknowns.indices) { network.movements[unknowns[$0].movement].from }
        for (link, members) in byLink.sorted(by: { $0.key < $1.key }) {
            let weights = members.map { weight(of: network.movements[unknowns[$0].movement].turn) }
            let sum = weights.reduce(0, +)
            let position = index.links[link]
            let ends = position.map { isBoundary(network.links[$0].to) } ?? false
            let total = ends ? 0 : position.flatMap { entering[$0] } ?? 0
            for (member, weight) in zip(members, weights) {
                let expected = total * weight / sum
                // Hardly anybody turns back, and that is known well; the other turns are not.
                let spread =
                    network.movements[unknowns[member].movement].turn == .uTurn
                    ? max(2, 0.1 * total) : max(5, 0.5 * total)
                believe(member, expected, spread * spread)
            }
        }
    }

    private func weight(of turn: Turn) -> Double {
        switch turn {
        case .through: 0.7
        case .right: 0.15
        case .left: 0.15
        case .uTurn: 0.002
        }
    }
}
