import CyclicProfile
import PerformanceModel
import SignalModel

/// The cyclic flow profiles at the signals of a network under a plan.
///
/// Junctions whose cycles go into the longest of them a whole number of times are looked at together; what comes from
/// junctions with another cycle comes evenly, as it does in the mean over many cycles.
struct CyclicView {
    /// The profile of a lane group with the cycle that it is on.
    struct Seen {
        var junction: JunctionID
        /// Common cycle, s.
        var cycle: Int
        var profile: LaneGroupProfile

        /// Demand, veh/h.
        var flowPerHour: Double { perHour(profile.arrivals.reduce(0, +)) }
        /// Capacity, veh/h.
        var capacityPerHour: Double { perHour(profile.capacity.reduce(0, +)) }
        /// Delay of all vehicles, vehicle-seconds per second.
        var delayRate: Double { profile.performance.delay / Double(cycle) }

        private func perHour(_ vehicles: Double) -> Double { vehicles * 3600 / Double(cycle) }
    }

    /// Lane groups by their first lane.
    private(set) var groups: [LaneID: Seen] = [:]
    /// Common cycle of each junction, s; nil where it has no profile.
    private(set) var cycles: [JunctionID: Int] = [:]

    init(parts: NetworkParts, plan: Plan) {
        let timings = plan.timings
        for members in Self.classes(of: parts, timings) {
            let chosen = members.map { parts.network.junctions[$0].id }
            let cycle = chosen.compactMap { timings[$0]?.cycle }.max() ?? 0
            add(parts.part(of: members), junctions: chosen, cycle: Int(cycle.rounded()), timings)
        }
    }

    /// The lane groups with most delay, worst first; all of them without a number.
    func worst(_ count: Int?) -> [Seen] {
        let order = groups.sorted { ($1.value.delayRate, $0.key) < ($0.value.delayRate, $1.key) }.map(\.value)
        return count.map { Array(order.prefix($0)) } ?? order
    }

    /// The lane group that a lane is in.
    func group(of lanes: some Sequence<LaneID>, on link: LinkID) -> Seen? {
        let wanted = Set(lanes)
        return groups.values.filter { $0.profile.link == link && !wanted.isDisjoint(with: $0.profile.lanes) }
            .max { ($0.capacityPerHour, $1.profile.lanes[0]) < ($1.capacityPerHour, $0.profile.lanes[0]) }
    }

    private mutating func add(
        _ part: (network: Network, flows: Flows), junctions: [JunctionID], cycle: Int,
        _ timings: [JunctionID: JunctionPlan]
    ) {
        let own = junctions.compactMap { timings[$0] }
        let count = own.flatMap { timing in
            timing.greens.map { green in
                green.intervals.count { $0.duration > 0 } * Int((Double(cycle) / timing.cycle).rounded())
            }
        }.max()
        let model = NetworkModel(network: part.network, flows: part.flows)
        // What has no profile in a common cycle has no picture; the figures of the plan do not need one.
        guard let network = try? CyclicNetwork(model: model, cycle: cycle, greensPerGroup: max(1, count ?? 1)),
            let greens = try? CyclicGreens(timings: own, network: network)
        else { return }
        let index = NetworkIndex(part.network)
        for profile in CyclicReference(network: network, tolerance: 1e-6).profiles(of: greens) {
            guard let first = profile.lanes.first, let link = index.links[profile.link],
                let junction = index.junctionOfNode[part.network.links[link].to]
            else { continue }
            groups[first] = Seen(junction: part.network.junctions[junction].id, cycle: cycle, profile: profile)
        }
        for junction in junctions { cycles[junction] = cycle }
    }

    /// Junctions with cycles that go into the longest one, in pieces that are small enough to be laid out.
    private static func classes(of parts: NetworkParts, _ timings: [JunctionID: JunctionPlan]) -> [[Int]] {
        var classes: [(cycle: Int, members: [Int])] = []
        let junctions = parts.network.junctions.enumerated().compactMap { number, junction -> (Int, Int)? in
            guard let cycle = timings[junction.id]?.cycle, CyclicNetwork.cycles.contains(Int(cycle.rounded())),
                abs(cycle - cycle.rounded()) < 1e-9
            else { return nil }
            return (number, Int(cycle.rounded()))
        }
        for (number, cycle) in junctions.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }) {
            if let place = classes.firstIndex(where: { $0.cycle % cycle == 0 }) {
                classes[place].members.append(number)
            } else {
                classes.append((cycle, [number]))
            }
        }
        guard junctions.count > greatestWhole else { return classes.map { $0.members.sorted() } }
        let partition = SubareaPartition(network: parts.network, couplings: parts.couplings, greatest: greatestPiece)
        return classes.flatMap { group in
            Dictionary(grouping: group.members.sorted()) { partition.subareaOf[$0] }.sorted { $0.key < $1.key }
                .map(\.value)
        }
    }

    /// Most junctions that are laid out at once, and of a piece where there are more.
    private static let (greatestWhole, greatestPiece) = (1200, 100)
}
