import SignalModel

/// The longest queue on each lane, by SUMO's lane area detectors, and what vehicles emitted on each road.
public enum SUMOLaneQueues {
    /// The text of an additional file that has SUMO write both at the end of the window.
    ///
    /// Every lane for vehicles that leads to a signal is one detector over its whole length.
    public static func additionalFile(for network: Network, queues: String, emissions: String) -> String {
        let signalised = Set(network.movements.filter { $0.signalGroup != nil }.flatMap(\.connections).map(\.from))
        var text = "<additional>\n"
        for lane in network.links.flatMap(\.vehicleLanes) where signalised.contains(lane.id) {
            let name = XMLText.escaped(lane.id.text)
            text += "    <laneAreaDetector id=\"\(name)\" lane=\"\(name)\" pos=\"0\" endPos=\"\(lane.length)\""
            text += " friendlyPos=\"true\" period=\"1000000000\" file=\"\(XMLText.escaped(queues))\"/>\n"
        }
        text += "    <edgeData id=\"emissions\" type=\"emissions\" excludeEmpty=\"true\""
        text += " file=\"\(XMLText.escaped(emissions))\"/>\n"
        return text + "</additional>\n"
    }

    /// Longest queue of each lane in the order of the file, m.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func readQueues(_ path: String) throws(FormatError) -> [(lane: LaneID, longest: Double)] {
        var result: [(lane: LaneID, longest: Double)] = []
        try XMLStream.read(path, root: ["detector"]) { tag, _ throws(FormatError) in
            guard tag.name == "interval" else { return }
            result.append((LaneID(try tag.text("id")), try tag.number("maxJamLengthInMeters", -1...1e6)))
        }
        return result
    }

    /// Carbon dioxide of all roads, g.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func readCarbonDioxide(_ path: String) throws(FormatError) -> Double {
        var milligrams = 0.0
        try XMLStream.read(path, root: ["meandata"]) { tag, _ throws(FormatError) in
            if tag.name == "edge" { milligrams += try tag.number("CO2_abs", 0...1e18, default: 0) }
        }
        return milligrams / 1000
    }
}
