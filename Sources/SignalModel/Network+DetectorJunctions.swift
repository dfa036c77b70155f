extension Network {
    /// The junction whose controller each detector is wired to.
    ///
    /// It is the next one downstream, or the last one upstream where traffic leaves the network. No detector is left out as long as a road leads to it or from it to a junction.
    public var junctionOfDetector: [DetectorID: JunctionID] {
        let index = NetworkIndex(self)
        var junctionOfLink: [Int?] = links.map { index.junctionOfNode[$0.to] }
        func spread(_ next: (Int) -> [Int]) {
            var open = links.indices.filter { junctionOfLink[$0] != nil }
            var position = 0
            while position < open.count {
                let link = open[position]
                position += 1
                for other in next(link) where junctionOfLink[other] == nil {
                    junctionOfLink[other] = junctionOfLink[link]
                    open.append(other)
                }
            }
        }
        spread { link in index.movementsTo[link].compactMap { index.links[movements[$0].from] } }
        spread { link in index.movementsFrom[link].compactMap { index.links[movements[$0].to] } }
        var junctionOfLane: [LaneID: JunctionID] = [:]
        for (number, link) in links.enumerated() {
            guard let junction = junctionOfLink[number] else { continue }
            for lane in link.lanes { junctionOfLane[lane.id] = junctions[junction].id }
        }
        return Dictionary(
            detectors.compactMap { detector in junctionOfLane[detector.lane].map { (detector.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
