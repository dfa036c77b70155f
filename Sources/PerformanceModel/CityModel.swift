import Parallel
import SignalModel

/// What plans cost in a network of any size: a great one is simulated piece by piece.
///
/// Each piece is simulated with the junctions next to it, so that platoons come to it as they do in the whole; what comes from
/// beyond those comes evenly, from the start of the period, and all of it: queues beyond hold nothing back. In a jammed city of
/// long journeys that makes delay greater (by a fifth on a made-up one of 1,000 junctions).
public struct CityModel: Sendable {
    private let parts: NetworkParts
    private let pieces: [[Int]]
    private let settings: ModelSettings

    /// Prepares to simulate a network with its demand.
    ///
    /// - Parameters:
    ///   - greatestWhole: Most junctions of a network that is simulated as a whole.
    ///   - greatestPiece: Most junctions of a piece, without those next to it.
    /// - Precondition: The network and the flows have no problems (`problems()` is empty).
    public init(
        network: Network, flows: Flows, settings: ModelSettings = .init(), greatestWhole: Int = 1200,
        greatestPiece: Int = 100
    ) {
        parts = NetworkParts(network: network, flows: flows)
        self.settings = settings
        pieces =
            network.junctions.count <= greatestWhole
            ? [Array(network.junctions.indices)]
            : SubareaPartition(network: network, couplings: parts.couplings, greatest: greatestPiece).subareas
    }

    /// What a plan costs, movement by movement.
    public func performance(of plan: Plan, threads: Int = 2) -> NetworkPerformance {
        guard pieces.count > 1 else {
            return NetworkModel(network: parts.network, flows: parts.flows, settings: settings).performance(of: plan)
        }
        let timings = plan.timings
        let found = parallelMap(count: pieces.count, threads: threads) { performance(of: timings, inPiece: $0) }
        var known = Set<MovementID>()
        let figures = found.joined().filter { known.insert($0.movement).inserted }
        let positions = Dictionary(
            parts.network.movements.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        let vehicles =
            parts.flows.sources.reduce(0) { $0 + $1.flowPerHour.reduce(0, +) } * parts.flows.intervalLength / 3600
        return NetworkPerformance(
            definition: NetworkPerformance.definition
                + "; simulated in \(pieces.count) pieces, to which all comes that was sent there",
            vehicles: vehicles,
            delay: vehicles > 0 ? figures.reduce(0) { $0 + $1.delay * $1.vehicles } / vehicles : 0,
            movements: figures.sorted { positions[$0.movement] ?? 0 < positions[$1.movement] ?? 0 })
    }

    /// Figures of the movements at the junctions of a piece, and at the nodes without signals around them.
    private func performance(
        of timings: [JunctionID: JunctionPlan], inPiece number: Int
    ) -> [NetworkPerformance.MovementFigures] {
        let own = Set(pieces[number])
        let near = Set(
            parts.couplings.filter { own.contains($0.from) || own.contains($0.to) }.flatMap { [$0.from, $0.to] }
        ).union(own)
        let (network, flows) = parts.part(of: near.sorted())
        let foreign = Set(near.subtracting(own).flatMap { parts.network.junctions[$0].nodes })
        let left = Set(network.movements.filter { foreign.contains($0.node) }.map(\.id))
        let plan = Plan(
            network: network.name, name: "piece", junctions: network.junctions.compactMap { timings[$0.id] })
        return NetworkModel(network: network, flows: flows, settings: settings).performance(of: plan).movements
            .filter { !left.contains($0.movement) }
    }
}
