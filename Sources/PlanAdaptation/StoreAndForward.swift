import LinearAlgebra
import PerformanceModel
import SignalModel

/// A district as links that are emptied and filled in proportion to greens (store and forward, Gazis and Potts 1963), in the
/// form of Diakaki, Papageorgiou and Aboudolas (2002): x(k+1) = x(k) + B·Δg(k).
///
/// x are the vehicles on the approaches of the junctions, Δg the changes of the greens of all stages, s. With the saturation
/// flows S that movements have in a stage, in proportion to their flows on each lane, a second more of it takes
/// T/C·S vehicles from the approach of each movement in a control interval T, and brings them to the approach that it leads
/// to, directly or over nodes without signals.
struct StoreAndForward {
    /// Positions of the approaches, ascending.
    let approaches: [Int]
    /// Vehicles that each approach has room for.
    let storages: [Double]
    /// B, approaches × stages of all junctions one after another, vehicles per second of green.
    let input: Matrix

    /// Lays out a district.
    ///
    /// - Parameters:
    ///   - flows: Flows, of which the mean tells the turning and lane shares.
    ///   - plans: Timings of all junctions.
    ///   - interval: Control interval T, s.
    init(network: Network, flows: Flows, plans: [StagePlan], rules: [JunctionRules], interval: Double) {
        let index = NetworkIndex(network)
        let turns = TurningShares(network: network, index: index, flows: flows)
        approaches = network.links.indices.filter { turns.isApproach($0) }
        let place = Dictionary(approaches.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        storages = approaches.map { link in
            let lanes = network.links[link].vehicleLanes
            return max(1, lanes.reduce(0) { $0 + $1.length } / network.vehicles.spacing)
        }
        let firstStage = plans.indices.map { junction in plans[..<junction].reduce(0) { $0 + $1.stages.count } }
        var input = Matrix(rows: approaches.count, columns: plans.reduce(0) { $0 + $1.stages.count })
        for (number, movement) in network.movements.enumerated() {
            guard let junction = index.junctionOfNode[movement.node], let from = index.links[movement.from],
                let group = movement.signalGroup.flatMap({ rules[junction].indexOfGroup[$0] })
            else { continue }
            let perSecond =
                turns.saturationFlow(of: number) * interval / Double(plans[junction].cycle(under: rules[junction]))
            let reached = index.links[movement.to].map { turns.reached(from: $0) } ?? [:]
            for (stage, timed) in plans[junction].stages.enumerated() where timed.groups.contains(group) {
                let column = firstStage[junction] + stage
                if let row = place[from] { input[row, column] -= perSecond }
                for (link, share) in reached.sorted(by: { $0.key < $1.key }) {
                    if let row = place[link] { input[row, column] += share * perSecond }
                }
            }
        }
        self.input = input
    }
}
