/// Takes parts out of a network with its traffic: some junctions, with the roads between and around them.
///
/// A part is a network of its own. Where the rest of the network begins, traffic enters as the flows of the whole say and
/// leaves freely.
public struct NetworkParts: Sendable {
    /// Traffic that one junction sends to another without a signal between them, vehicles in the analysis period.
    public struct Coupling: Sendable, Equatable {
        /// Position of the junction that sends.
        public var from: Int
        /// Position of the junction that receives.
        public var to: Int
        /// Vehicles.
        public var vehicles: Double
    }

    /// Length of road without signals that is followed upstream of a junction, m; what comes from beyond it enters there.
    public static let followedLength = 1000.0

    /// The whole network.
    public let network: Network
    /// The traffic of the whole network.
    public let flows: Flows
    /// Traffic between junctions next to each other, by sending and then receiving junction.
    public private(set) var couplings: [Coupling] = []

    private let index: NetworkIndex
    private var nodes: [NodeID: Int] = [:]
    private var linksTo: [NodeID: [Int]] = [:]
    private var linksFrom: [NodeID: [Int]] = [:]
    private var movementsAt: [NodeID: [Int]] = [:]
    private var flowOfMovement: [Int?]
    private var sourcesOfLink: [[Int]]
    private var crossingsOfJunction: [JunctionID: [Int]]

    /// Makes ready to take parts out of a network.
    ///
    /// - Precondition: The network and the flows have no problems (`problems()` is empty).
    public init(network: Network, flows: Flows) {
        self.network = network
        self.flows = flows
        index = NetworkIndex(network)
        flowOfMovement = Array(repeating: nil, count: network.movements.count)
        sourcesOfLink = Array(repeating: [], count: network.links.count)
        crossingsOfJunction = Dictionary(grouping: flows.crossings.indices) { flows.crossings[$0].junction }
        for (number, node) in network.nodes.enumerated() { nodes[node.id] = number }
        for (number, link) in network.links.enumerated() {
            linksTo[link.to, default: []].append(number)
            linksFrom[link.from, default: []].append(number)
        }
        for (number, movement) in network.movements.enumerated() {
            movementsAt[movement.node, default: []].append(number)
        }
        for (number, flow) in flows.movements.enumerated() {
            if let movement = index.movements[flow.movement] { flowOfMovement[movement] = number }
        }
        for (number, source) in flows.sources.enumerated() {
            if let link = index.links[source.link] { sourcesOfLink[link].append(number) }
        }
        couplings = network.junctions.indices.flatMap { couplings(to: $0) }
            .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// Some junctions as a network of their own, with its traffic; junctions keep their order.
    public func part(of junctions: [Int]) -> (network: Network, flows: Flows) {
        let members = junctions.sorted()
        let inside = reach(upstreamOf: members.flatMap { network.junctions[$0].nodes }).nodes
        let links = Set(inside.flatMap { (linksTo[$0] ?? []) + (linksFrom[$0] ?? []) }).sorted()
        let movements = inside.flatMap { movementsAt[$0] ?? [] }.sorted()
        let ends = Set(links.flatMap { [network.links[$0].from, network.links[$0].to] })
        let part = Network(
            name: network.name, drivingSide: network.drivingSide, vehicles: network.vehicles,
            nodes: ends.compactMap { nodes[$0] }.sorted().map { number in
                var node = network.nodes[number]
                if !inside.contains(node.id) { node.control = .boundary }
                return node
            }, links: links.map { network.links[$0] }, movements: movements.map { network.movements[$0] },
            junctions: members.map { network.junctions[$0] })
        let carried = Flows(
            start: flows.start, intervalLength: flows.intervalLength, intervalCount: flows.intervalCount,
            sources: links.filter { inside.contains(network.links[$0].to) }.compactMap { link in
                source(of: link, isAtEdge: !inside.contains(network.links[link].from))
            }, movements: movements.compactMap { flowOfMovement[$0] }.map { flows.movements[$0] },
            crossings: members.flatMap { crossingsOfJunction[network.junctions[$0].id] ?? [] }.map {
                flows.crossings[$0]
            })
        return (part, carried)
    }

    /// What begins its journey on a link, and at the edge of a part what comes to it from elsewhere too; nil for nothing.
    private func source(of link: Int, isAtEdge: Bool) -> LinkFlow? {
        let parts = sourcesOfLink[link].map { flows.sources[$0] } + (isAtEdge ? [entering(link)].compactMap { $0 } : [])
        return parts.dropFirst().reduce(parts.first) { sum, part in
            sum.map { LinkFlow(link: $0.link, flowPerHour: zip($0.flowPerHour, part.flowPerHour).map(+)) }
        }
    }

    /// What comes to a link from the movements that lead to it; nil where nothing does.
    private func entering(_ link: Int) -> LinkFlow? {
        var sum = Array(repeating: 0.0, count: flows.intervalCount)
        for movement in index.movementsTo[link] {
            guard let flow = flowOfMovement[movement] else { continue }
            for (interval, value) in flows.movements[flow].flowPerHour.enumerated() { sum[interval] += value }
        }
        return sum.contains { $0 > 0 } ? LinkFlow(link: network.links[link].id, flowPerHour: sum) : nil
    }

    /// The nodes without signals upstream of some nodes, those among them, and the links at which the way back ends.
    private func reach(upstreamOf start: [NodeID]) -> (nodes: Set<NodeID>, ends: [Int]) {
        var reached = Set(start)
        var ends: [Int] = []
        var open = start.map { (node: $0, length: 0.0) }
        while let (node, length) = open.popLast() {
            for link in linksTo[node] ?? [] {
                let from = network.links[link].from
                let end = length + network.links[link].length
                guard let number = nodes[from], network.nodes[number].control == .priority, end < Self.followedLength
                else {
                    ends.append(link)
                    continue
                }
                if reached.insert(from).inserted { open.append((from, end)) }
            }
        }
        return (reached, ends)
    }

    private func couplings(to junction: Int) -> [Coupling] {
        var vehicles: [Int: Double] = [:]
        for link in reach(upstreamOf: network.junctions[junction].nodes).ends {
            guard let sender = index.junctionOfNode[network.links[link].from], sender != junction else { continue }
            let perHour = entering(link)?.flowPerHour.reduce(0, +) ?? 0
            vehicles[sender, default: 0] += perHour * flows.intervalLength / 3600
        }
        return vehicles.map { Coupling(from: $0.key, to: junction, vehicles: $0.value) }
    }
}
