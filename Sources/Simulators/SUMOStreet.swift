import Comparison
import Formats
import SignalModel

/// What must be known of a network to tell where SUMO's vehicles lost their time.
struct SUMOStreet: Sendable {
    /// Length of each lane, m.
    let laneLengths: [LaneID: Double]
    private let links: [String: Link]
    private let movements: [Pair: (position: Int, movement: Movement)]
    /// Greatest speed of the vehicles, m/s.
    private let greatestSpeed: Double

    private struct Pair: Hashable {
        var from: String
        var to: String
    }

    init(_ network: Network) {
        laneLengths = Dictionary(
            network.links.flatMap(\.lanes).map { ($0.id, $0.length) }, uniquingKeysWith: { first, _ in first })
        links = Dictionary(network.links.map { ($0.id.text, $0) }, uniquingKeysWith: { first, _ in first })
        movements = Dictionary(
            network.movements.enumerated().map { (Pair(from: $1.from.text, to: $1.to.text), ($0, $1)) },
            uniquingKeysWith: { first, _ in first })
        greatestSpeed = network.vehicles.greatestSpeed ?? .infinity
    }

    /// Delay of each signalised movement: time on the road before it beyond that at free flow, with the wait to enter the
    /// network there.
    ///
    /// The way through the junction before counts with the road; a vehicle on its way at the end counts where it is.
    func turns(of ways: [SUMOVehicleWays.Way], trips: SUMOTripInformation, end: Double) -> [RunFigures.Turn] {
        let vehicles = Dictionary(trips.vehicles.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var sums: [Int: (vehicles: Double, delay: Double)] = [:]
        for way in ways {
            guard let vehicle = vehicles[way.id] else { continue }
            var entered = way.depart
            for (number, edge) in way.edges.enumerated() where number <= way.exits.count {
                let left = number < way.exits.count ? way.exits[number] : end
                defer { entered = left }
                guard number + 1 < way.edges.count, let link = links[edge],
                    let (position, movement) = movements[Pair(from: edge, to: way.edges[number + 1])],
                    movement.signalGroup != nil
                else { continue }
                var free = link.length / min(link.freeFlowSpeed * vehicle.speedFactor, greatestSpeed)
                if number > 0, let before = movements[Pair(from: way.edges[number - 1], to: edge)]?.movement,
                    let path = before.connections.first
                {
                    free += path.length / min(path.speed * vehicle.speedFactor, greatestSpeed)
                }
                let waited = number == 0 ? vehicle.departureDelay : 0
                let sum = sums[position] ?? (0, 0)
                sums[position] = (sum.vehicles + 1, sum.delay + max(0, left - entered - free) + waited)
            }
        }
        let positions = Dictionary(movements.values.map { ($0.position, $0.movement.id) }) { first, _ in first }
        return sums.sorted { $0.key < $1.key }.map { position, sum in
            .init(movement: positions[position]!, vehicles: sum.vehicles, delay: sum.delay / sum.vehicles)
        }
    }
}
