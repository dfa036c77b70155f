import SignalModel

/// The yellow that the programs of a SUMO network use.
public enum SUMOYellow {
    /// Length of most phases with a yellow, the shortest of several as common, whole s; nil where no phase has one.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func usual(in path: String) throws(FormatError) -> Int? {
        var counts: [Int: Int] = [:]
        try XMLStream.read(path, root: ["net"]) { tag, _ throws(FormatError) in
            guard tag.name == "phase", tag.attributes["state"]?.contains(where: { "yY".contains($0) }) == true else {
                return
            }
            counts[Int(try tag.number("duration", 0.001...1e6).rounded(.up)), default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
