import LinearAlgebra
import SignalModel

/// Flows with what is known of their quality.
public struct FlowEstimate: Sendable {
    /// The demand.
    public var flows: Flows
    /// Detectors that were left out, and why.
    public var faults: [DetectorHealth]
}

/// Estimates the demand of every movement from lane counts.
///
/// Node by node, the flows of the lane connections are the non-negative weighted least-squares solution of: stop-line
/// counts of the lanes they leave, entry counts of the links they enter, entry counts of the links they come from, and
/// weak priors on the turns (Cremer and Keller 1987 give the constrained form). Weights are the inverse of the count,
/// its variance under Poisson arrivals. The whole period is solved first; intervals follow the entry counts, which show
/// demand even where a queue does not clear, in the mix that the stop lines show.
public struct FlowEstimator {
    private let network: Network
    private let index: NetworkIndex
    private let table: CountTable
    private let faulty: Set<DetectorID>
    private let detectors: [LaneID: [DetectorPurpose: DetectorID]]
    private let intervals: Int
    /// Nodes at which traffic enters and leaves the network.
    private let boundary: Set<NodeID>

    /// Estimates the flows of a network from counts.
    ///
    /// - Throws: ``FlowEstimationError`` when the counts allow no estimate at all.
    public static func estimate(
        network: Network, counts: Counts, settings: FlowEstimationSettings = .init()
    ) throws(FlowEstimationError) -> FlowEstimate {
        let table = try CountTable(network: network, counts: counts, settings: settings)
        guard !table.counts.isEmpty else { throw .noKnownDetector }
        let faults = DetectorCheck(table: table, network: network).faults(counts)
        let estimator = FlowEstimator(network: network, table: table, faulty: Set(faults.map(\.detector)))
        return FlowEstimate(flows: estimator.flows(), faults: faults)
    }

    private init(network: Network, table: CountTable, faulty: Set<DetectorID>) {
        self.network = network
        index = NetworkIndex(network)
        self.table = table
        self.faulty = faulty
        intervals = table.intervalCount
        boundary = Set(network.nodes.filter { $0.control == .boundary }.map(\.id))
        var detectors: [LaneID: [DetectorPurpose: DetectorID]] = [:]
        for detector in network.detectors where !faulty.contains(detector.id) {
            detectors[detector.lane, default: [:]][detector.purpose] = detector.id
        }
        // On a lane too short for two detectors the one at its entry is as good as one at the stop line.
        for link in network.links {
            for lane in link.lanes where lane.length < 30 && detectors[lane.id]?[.stopLine] == nil {
                let entry = detectors[lane.id]?[.entry]
                detectors[lane.id]?[.stopLine] = entry
            }
        }
        self.detectors = detectors
    }

    /// Counts of a lane by interval; nil where no sound detector is.
    private func laneCounts(_ lane: LaneID, _ purpose: DetectorPurpose) -> [Double]? {
        detectors[lane]?[purpose].flatMap { table.filled($0) }
    }

    /// Counts of a link by interval; nil unless every lane for vehicles is counted at its entry.
    private func entryCounts(_ link: Int) -> [Double]? {
        let lanes = network.links[link].lanes.filter { $0.use == .general || $0.use == .bus }
        guard !lanes.isEmpty else { return nil }
        var sum = Array(repeating: 0.0, count: intervals)
        var stop = sum
        var hasEntry = true
        var hasStop = true
        for lane in lanes {
            if let counts = laneCounts(lane.id, .entry) { sum = zip(sum, counts).map(+) } else { hasEntry = false }
            if let counts = laneCounts(lane.id, .stopLine) { stop = zip(stop, counts).map(+) } else { hasStop = false }
        }
        return hasEntry ? sum : hasStop ? stop : nil
    }

    private func flows() -> Flows {
        let entries = network.links.indices.map(entryCounts)
        var movementTotals = network.movements.map { Array(repeating: 0.0, count: $0.connections.count) }
        var errors = network.movements.map { Array(repeating: 0.0, count: $0.connections.count) }
        var sourceTotals = Array(repeating: 0.0, count: network.links.count)
        for node in movementsByNode() {
            solve(node, entries: entries, into: &movementTotals, errors: &errors, sources: &sourceTotals)
        }
        for link in network.links.indices where index.movementsTo[link].isEmpty {
            sourceTotals[link] =
                entries[link]?.reduce(0, +)
                ?? index.movementsFrom[link].reduce(0) {
                    $0 + movementTotals[$1].reduce(0, +)
                }
        }
        return profile(
            entries: entries, totals: movementTotals, errors: errors, sources: sourceTotals)
    }

    private func movementsByNode() -> [[Int]] {
        var order: [NodeID] = []
        var members: [NodeID: [Int]] = [:]
        for (number, movement) in network.movements.enumerated() {
            if members[movement.node] == nil { order.append(movement.node) }
            members[movement.node, default: []].append(number)
        }
        return order.map { members[$0]! }
    }

    /// Solves one node for the whole period.
    private func solve(
        _ movements: [Int], entries: [[Double]?], into totals: inout [[Double]], errors: inout [[Double]],
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
        func measure(_ coefficients: [(Int, Double)], _ value: Double, spread: Double) {
            rows.append((coefficients, value, 1 / (spread * spread)))
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
                guard let counts = laneCounts(lane.id, .stopLine) else {
                    everyLane = false
                    continue
                }
                let total = counts.reduce(0, +)
                stopTotal += total
                measure(own.map { ($0, 1) }, total, spread: max(1, total.squareRoot()) * 0.5)
            }
            if let counts = entries[link] {
                let total = counts.reduce(0, +)
                entering[link] = total
                // A queue that never clears shows at the entry, not at the stop line.
                let level = everyLane && stopTotal > 0 ? min(total, stopTotal) : total
                measure(
                    members.map { ($0, 1) } + [(firstSink + position, 1)], level, spread: max(1, level.squareRoot()))
            }
            let outflow = entering[link] ?? 0
            beliefs.append(
                (firstSink + position, isBoundary(network.links[link].to) ? 1e3 + outflow : 5 + 0.05 * outflow))
        }
        for (position, link) in outgoing.enumerated() {
            let members = unknowns.indices.filter { index.links[network.movements[unknowns[$0].movement].to] == link }
            if let counts = entries[link] {
                let total = counts.reduce(0, +)
                measure(
                    members.map { ($0, 1) } + [(firstSource + position, 1)], total,
                    spread: max(1, total.squareRoot()) * 0.5)
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
        _ measure: ([(Int, Double)], Double, _ spread: Double) -> Void
    ) {
        for lane in network.links[link].lanes where lane.use == .general || lane.use == .bus {
            guard let entering = detectors[lane.id]?[.entry].flatMap({ table.fine[$0] }) else { continue }
            var feeders: [(variable: Int, shape: [Double])] = []
            for (variable, unknown) in unknowns.enumerated() where connection(unknown).to == lane.id {
                let movement = network.movements[unknown.movement]
                guard let shape = fineShape(of: movement, connection(unknown)) else { return }
                feeders.append((variable, shape))
            }
            // Only the changes count here: the level is what the totals say, and an error in the lag would lower it.
            let mean = entering.reduce(0, +) / Double(entering.count)
            for (step, counted) in entering.enumerated() {
                let terms = feeders.map { ($0.variable, $0.shape[step] - 1 / Double(entering.count)) }
                measure(terms, counted - mean, 2.5 * max(1, counted.squareRoot()))
            }
        }
    }

    /// Readings at the entries of a link, summed over its lanes; nil unless all are there.
    private func fineEntries(_ link: Int) -> [Double]? {
        var sum: [Double]?
        for lane in network.links[link].lanes where lane.use == .general || lane.use == .bus {
            guard let counts = detectors[lane.id]?[.entry].flatMap({ table.fine[$0] }) else { return nil }
            sum = sum.map { zip($0, counts).map(+) } ?? counts
        }
        return sum
    }

    /// Share of the vehicles of a connection that come to the detectors behind it in each reading.
    private func fineShape(of movement: Movement, _ connection: LaneConnection) -> [Double]? {
        guard let from = index.links[movement.from] else { return nil }
        var counts = detectors[connection.from]?[.stopLine].flatMap { table.fine[$0] }
        var lag = (connection.length + 15) / max(3, connection.speed)
        if counts == nil {
            counts = fineEntries(from)
            lag += network.links[from].length / max(1, network.links[from].freeFlowSpeed)
        }
        guard let counts else { return nil }
        let total = counts.reduce(0, +)
        guard total > 0 else { return counts }
        let whole = Int(lag / table.fineLength)
        let part = lag / table.fineLength - Double(whole)
        return counts.indices.map { step in
            let now = step >= whole ? counts[step - whole] : 0
            let before = step > whole ? counts[step - whole - 1] : 0
            return (now * (1 - part) + before * part) / total
        }
    }

    /// Weak beliefs for what the counts leave open: most go through, hardly anybody turns back.
    private func addPriors(
        _ unknowns: [(movement: Int, connection: Int)], entering: [Int: Double],
        _ measure: ([(Int, Double)], Double, _ spread: Double) -> Void
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
                measure([(member, 1)], expected, spread)
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

    /// Spreads the totals over the intervals.
    private func profile(
        entries: [[Double]?], totals: [[Double]], errors: [[Double]], sources: [Double]
    ) -> Flows {
        let perHour = 3600 / table.intervalLength
        var movementFlows: [MovementFlow] = []
        for (link, value) in network.links.enumerated() where !index.movementsFrom[link].isEmpty {
            let members = index.movementsFrom[link]
            let leaving = members.reduce(0) { $0 + totals[$1].reduce(0, +) }
            let level = demandLevel(link: link, leaving: leaving, entries: entries)
            let unserved = unservedByLane(of: value, unserved: level.reduce(0, +) - leaving)
            let shares = laneShapes(of: value, members: members, totals: totals, unserved: unserved)
            var vehicles = shares.map { zip($0, level).map { $0 * $1 } }
            if unserved.isEmpty {
                balance(&vehicles, rows: members.map { totals[$0].reduce(0, +) }, columns: level)
            }
            for (position, movement) in members.enumerated() {
                let total = totals[movement].reduce(0, +)
                let flow = vehicles[position].map { $0 * perHour }
                let variance = errors[movement].reduce(0, +)
                let relative = total > 0 ? variance.squareRoot() / total : 0
                let spread = flow.map { flow in
                    // Error of the share, and the Poisson error of the interval's own count.
                    let poisson = (flow / perHour).squareRoot() * perHour
                    return (flow * relative * flow * relative + poisson * poisson).squareRoot()
                }
                let count = totals[movement].count
                movementFlows.append(
                    MovementFlow(
                        movement: network.movements[movement].id, flowPerHour: flow, standardErrorPerHour: spread,
                        laneShares: total > 0
                            ? totals[movement].map { $0 / total } : Array(repeating: 1 / Double(count), count: count)))
            }
        }
        var sourceFlows: [LinkFlow] = []
        for (link, total) in sources.enumerated() where total > 0.5 {
            let shape = entries[link] ?? Array(repeating: total / Double(intervals), count: intervals)
            let sum = shape.reduce(0, +)
            guard sum > 0 else { continue }
            sourceFlows.append(
                LinkFlow(
                    link: network.links[link].id, flowPerHour: shape.map { $0 / sum * total * perHour }))
        }
        return Flows(
            start: table.start, intervalLength: table.intervalLength, intervalCount: intervals, sources: sourceFlows,
            movements: movementFlows)
    }

    /// Scales rows and columns in turn until their sums are as given, columns exactly (Furness 1965).
    private func balance(_ values: inout [[Double]], rows: [Double], columns: [Double]) {
        for _ in 0..<20 {
            for row in values.indices {
                let sum = values[row].reduce(0, +)
                if sum > 0 { values[row] = values[row].map { $0 * rows[row] / sum } }
            }
            for column in columns.indices {
                let sum = values.reduce(0) { $0 + $1[column] }
                guard sum > 0 else { continue }
                for row in values.indices { values[row][column] *= columns[column] / sum }
            }
        }
    }

    /// Vehicles that want to leave a link in each interval: its entry counts where there are any.
    private func demandLevel(link: Int, leaving: Double, entries: [[Double]?]) -> [Double] {
        guard let counts = entries[link] else {
            return Array(repeating: leaving / Double(intervals), count: intervals)
        }
        let total = counts.reduce(0, +)
        guard total > 0 else { return Array(repeating: 0, count: intervals) }
        // Where as much leaves as enters, what ends on the link is left out; where a queue grows, all of it is demand.
        let stop = network.links[link].lanes.compactMap { laneCounts($0.id, .stopLine) }
        let isQueueing = !stop.isEmpty && leaving < 0.93 * total
        let scale = isQueueing ? 1 : min(1, leaving / total)
        return counts.map { $0 * scale }
    }

    /// Demand that has not come to the stop line, by lane: it stands in the lanes whose stop lines are covered longest.
    private func unservedByLane(of link: Link, unserved: Double) -> [LaneID: Double] {
        guard unserved > 0 else { return [:] }
        let weights = link.lanes.map { lane in
            let covered = detectors[lane.id]?[.stopLine].flatMap { table.occupancy[$0] } ?? 0
            return max(0, covered - 0.3)
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return [:] }
        return Dictionary(
            zip(link.lanes, weights).map { ($0.id, unserved * $1 / sum) }, uniquingKeysWith: { first, _ in first })
    }

    /// Share of each movement among those that leave a link, by interval, from the lanes' stop-line counts.
    private func laneShapes(
        of link: Link, members: [Int], totals: [[Double]], unserved: [LaneID: Double]
    ) -> [[Double]] {
        var result = members.map { _ in Array(repeating: 0.0, count: intervals) }
        for lane in link.lanes {
            var laneTotal = 0.0
            for movement in members {
                for (number, connection) in network.movements[movement].connections.enumerated()
                where connection.from == lane.id { laneTotal += totals[movement][number] }
            }
            guard laneTotal > 0 else { continue }
            let counts = laneCounts(lane.id, .stopLine)
            let counted = counts?.reduce(0, +) ?? 0
            let waiting = (unserved[lane.id] ?? 0) / Double(intervals)
            let mean = laneTotal / Double(intervals)
            for interval in 0..<intervals {
                var level = mean
                if let counts, counted > 0 {
                    // Behind a queue the mix at the stop line lags and is levelled; elsewhere it is the demand's own.
                    let reach = Int((unserved.isEmpty ? 300 : 900) / table.intervalLength - 1) / 2
                    let near = max(0, interval - reach)...min(intervals - 1, interval + reach)
                    let local = near.reduce(0) { $0 + counts[$1] } / Double(near.count) * laneTotal / counted
                    let weight = local * Double(near.count)
                    let pull = unserved.isEmpty ? 0.5 : 10
                    level = (local * weight + mean * pull) / (weight + pull)
                }
                for (position, movement) in members.enumerated() {
                    for (number, connection) in network.movements[movement].connections.enumerated()
                    where connection.from == lane.id {
                        result[position][interval] += (level + waiting) * totals[movement][number] / laneTotal
                    }
                }
            }
        }
        for interval in 0..<intervals {
            let sum = result.reduce(0) { $0 + $1[interval] }
            for position in members.indices {
                result[position][interval] = sum > 0 ? result[position][interval] / sum : 1 / Double(members.count)
            }
        }
        return result
    }
}
