extension TraciConnection {
    /// The lanes of a way over a junction, from the stop line on: several where vehicles wait on the way.
    public func lanesInside(_ link: TraciSignalLink) async throws -> [TraciID<Traci.Lane>] {
        var lanes: [TraciID<Traci.Lane>] = []
        var next = link.inside
        while !next.text.isEmpty, !lanes.contains(next) {
            lanes.append(next)
            let links: [TraciLaneLink] = try await get(.links, of: next)
            next = links.first?.inside ?? TraciID("")
        }
        return lanes
    }
}
