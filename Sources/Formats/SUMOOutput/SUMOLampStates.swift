import SignalModel

/// What the controllers of some junctions showed in a run of SUMO, step by step.
public enum SUMOLampStates {
    /// The text of an additional file that has SUMO write it.
    public static func additionalFile(for junctions: [JunctionID], states: String) -> String {
        let events = junctions.map { junction in
            "    <timedEvent type=\"SaveTLSStates\" source=\"\(XMLText.escaped(junction.text))\""
                + " dest=\"\(XMLText.escaped(states))\"/>\n"
        }
        return "<additional>\n" + events.joined() + "</additional>\n"
    }

    /// Gives every state to a closure, in the order of the file: the time, s, the junction, and its letters.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    public static func read(
        _ path: String, _ body: (Double, JunctionID, [Character]) -> Void
    ) throws(FormatError) {
        try XMLStream.read(path, root: ["tlsStates"]) { tag, _ throws(FormatError) in
            guard tag.name == "tlsState" else { return }
            body(try tag.number("time", 0...1e12), JunctionID(try tag.text("id")), Array(try tag.text("state")))
        }
    }
}
