import LinearAlgebra
import SignalModel

extension FlowEstimator {
    /// Solves one node for the whole period.
    func solve(
        _ movements: [Int], entries: [CountProfile?], into totals: inout [[Double]], errors: inout [[Double]],
        sources: inout [Double]
    ) {
        var unknowns: [(movement: Int, connection: Int)] = []
        for movement in movements {
            for connection in network.movements[movement].connections.indices {
                unknowns.append((movement, connection))
            }
        }
        let incoming = Set(movements.compactMap { index.links[network.movements[$0].from] }).sorted()
        let outgoing = Set(movements.compactMap { index.links[network.movements[$0].to] }).sorted()
        let firstSource = unknowns.count
        let firstSink = firstSource + outgoing.count
        let size = firstSink + incoming.count
        var rows: [(coefficients: [(Int, Double)], value: Double, weight: Double)] = []
        func measure(_ coefficients: [(Int, Double)], _ value: Double, variance: Double) {
            rows.append((coefficients, value, 1 / variance))
        }
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
                measure(own.map { ($0, 1) }, total, variance: profile.variance(max(1, total) / 4))
            }
            if let profile = entries[link] {
                let total = profile.total
                entering[link] = total
                // A queue that never clears shows at the entry, not at the stop line.
                let level = everyLane && stopTotal > 0 ? min(total, stopTotal) : total
                measure(
                    members.map { ($0, 1) } + [(firstSink + position, 1)], level,
                    variance: profile.variance(max(1, level)))
            }
            let outflow = entering[link] ?? 0
            beliefs.append(
                (firstSink + position, isBoundary(network.links[link].to) ? 1e3 + outflow : 5 + 0.05 * outflow))
        }
        for (position, link) in outgoing.enumerated() {
            let members = unknowns.indices.filter { index.links[network.movements[unknowns[$0].movement].to] == link }
            if let profile = entries[link] {
                let total = profile.total
                measure(
                    members.map { ($0, 1) } + [(firstSource + position, 1)], total,
                    variance: profile.variance(max(1, total) / 4))
                beliefs.append(
                    (firstSource + position, isBoundary(network.links[link].from) ? 1e3 + total : 5 + 0.1 * total))
            } else {
                beliefs.append((firstSource + position, 1))
            }
        }
        for link in outgoing where !isBoundary(network.links[link].from) { follow(unknowns, into: link, measure) }
        addPriors(unknowns, entering: entering, measure)
        var matrix = Matrix(rows: rows.count, columns: size)
        for (row, content) in rows.enumerated() {
            for (column, coefficient) in content.coefficients { matrix[row, column] += coefficient }
        }
        var normal = normalMatrix(matrix, weights: rows.map(\.weight))
        var right = Array(repeating: 0.0, count: size)
        for content in rows {
            for (column, coefficient) in content.coefficients {
                right[column] += coefficient * content.weight * content.value
            }
        }
        let evidence = (0..<size).map { normal[$0, $0] }
        var spreads = beliefs.map(\.spread)
        var solution = right
        // Few links are entered or left between junctions, but those by many: the belief gives way where the counts
        // speak against it (Daubechies, DeVore, Fornasier and Güntürk 2010, equation 1.7).
        for _ in 0..<4 {
            for variable in 0..<size { normal[variable, variable] = evidence[variable] + 1e-9 }
            for (belief, spread) in zip(beliefs, spreads) {
                normal[belief.variable, belief.variable] += 1 / (spread * spread)
            }
            guard let better = try? nonNegativeLeastSquares(normal: normal, right: right) else { return }
            solution = better
            spreads = beliefs.map { max($0.spread, solution[$0.variable]) }
        }
        let covariance = try? inverse(positiveDefinite: normal)
        for (variable, unknown) in unknowns.enumerated() {
            totals[unknown.movement][unknown.connection] = solution[variable]
            errors[unknown.movement][unknown.connection] = covariance?[variable, variable] ?? 0
        }
        for (position, link) in outgoing.enumerated() { sources[link] = solution[firstSource + position] }
    }

    private func isBoundary(_ node: NodeID) -> Bool { boundary.contains(node) }

    private func connection(_ unknown: (movement: Int, connection: Int)) -> LaneConnection {
        network.movements[unknown.movement].connections[unknown.connection]
    }

    /// What enters a lane follows what leaves the lanes that feed it, reading by reading.
    ///
    /// Lanes that discharge at different times can be told apart (Cremer and Keller 1987, equation 2 with constant
    /// shares), and so can turns that come to different lanes.
    private func follow(
        _ unknowns: [(movement: Int, connection: Int)], into link: Int,
        _ measure: ([(Int, Double)], Double, _ variance: Double) -> Void
    ) {
        for lane in network.links[link].lanes where lane.use == .general || lane.use == .bus {
            guard let entering = detectors[lane.id]?[.entry].flatMap({ table.fine[$0] }) else { continue }
            let variables = unknowns.indices.filter { connection(unknowns[$0]).to == lane.id }
            let shapes = variables.compactMap { variable in
                fineShape(of: network.movements[unknowns[variable].movement], connection(unknowns[variable]))
            }
            guard shapes.count == variables.count else { continue }
            // Only the changes count here: the level is what the totals say, and an error in the lag would lower it.
            let present = entering.compactMap { $0 }
            let mean = present.reduce(0, +) / Double(present.count)
            for (step, counted) in entering.enumerated() {
                guard let counted else { continue }
                let here = shapes.compactMap { $0[step] }
                guard here.count == variables.count else { continue }
                let terms = zip(variables, here).map { ($0, $1 - 1 / Double(entering.count)) }
                measure(terms, counted - mean, 6.25 * max(1, counted))
            }
        }
    }

    /// Readings at the entries of a link, summed over its lanes; nil where one is missing.
    private func fineEntries(_ link: Int) -> [Double?]? {
        var sum: [Double?]?
        for lane in network.links[link].lanes where lane.use == .general || lane.use == .bus {
            guard let counts = detectors[lane.id]?[.entry].flatMap({ table.fine[$0] }) else { return nil }
            sum =
                sum.map { zip($0, counts).map { one, other in one.flatMap { one in other.map { one + $0 } } } }
                ?? counts
        }
        return sum
    }

    /// Share of the vehicles of a connection that come to the detectors behind it in each reading; nil where a reading
    /// is missing that it takes to tell.
    private func fineShape(of movement: Movement, _ connection: LaneConnection) -> [Double?]? {
        guard let from = index.links[movement.from] else { return nil }
        var counts = detectors[connection.from]?[.stopLine].flatMap { table.fine[$0] }
        var lag = (connection.length + 15) / max(3, connection.speed)
        if counts == nil {
            counts = fineEntries(from)
            lag += network.links[from].length / max(1, network.links[from].freeFlowSpeed)
        }
        guard let counts else { return nil }
        let present = counts.compactMap { $0 }
        guard !present.isEmpty else { return nil }
        let total = present.reduce(0, +) * Double(counts.count) / Double(present.count)
        guard total > 0 else { return counts }
        let whole = Int(lag / table.fineLength)
        let part = lag / table.fineLength - Double(whole)
        return counts.indices.map { step in
            guard let now = step >= whole ? counts[step - whole] : 0,
                let before = step > whole ? counts[step - whole - 1] : 0
            else { return nil }
            return (now * (1 - part) + before * part) / total
        }
    }

    /// Weak beliefs for what the counts leave open: most go through, hardly anybody turns back.
    private func addPriors(
        _ unknowns: [(movement: Int, connection: Int)], entering: [Int: Double],
        _ measure: ([(Int, Double)], Double, _ variance: Double) -> Void
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
                measure([(member, 1)], expected, spread * spread)
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
