/// Writes a network's own signal programs as programs that SUMO's controllers stretch and cut by the traffic.
///
/// They are peers to compare plans with. The states and their order stay; states that show a green and no yellow may
/// last from 5 to 50 s unless the network itself says how long (SUMO's own bounds would else be the fixed duration).
public enum ActuatedPrograms {
    /// How SUMO decides when a green ends.
    public enum Control: String, CaseIterable, Sendable {
        /// By the time gap between vehicles over detectors that SUMO places itself.
        case actuated
        /// By the time that approaching vehicles have lost.
        case delayBased = "delay_based"
    }

    /// Shortest green where the network says nothing, s.
    public static let leastGreen = 5.0
    /// Longest green where the network says nothing, s.
    public static let greatestGreen = 50.0

    /// One program, as far as it has been read.
    private struct Logic {
        var junction: String
        var offset: String
        var phases = ""
        var phaseCount = 0
        var tag: XMLStartTag
    }

    /// The text of an additional file with one program for each junction with signals.
    ///
    /// Of several programs of a junction the last counts: the one that SUMO runs.
    /// - Parameter network: Path of the network file.
    /// - Parameter program: Name of the programs; another than any in the network, so that SUMO runs these.
    /// - Throws: ``FormatError`` that names the element of the network file that is wrong.
    public static func additionalFile(
        network: String, control: Control, program: String = "greenband-peer"
    ) throws(FormatError) -> String {
        var logics: [Logic] = []
        var numbers: [String: Int] = [:]
        var current = 0
        try XMLStream.read(network, root: ["net"]) { tag, open throws(FormatError) in
            switch (open.last ?? "", tag.name) {
            case ("net", "tlLogic"):
                let logic = try start(tag, program: program)
                current = numbers[logic.junction] ?? logics.count
                numbers[logic.junction] = current
                if current < logics.count { logics[current] = logic } else { logics.append(logic) }
            case ("tlLogic", "phase") where !logics.isEmpty:
                guard logics[current].phaseCount < SUMONetworkDocument.greatestPhaseCount else {
                    throw tag.failure(
                        .unexpected(
                            expected: "at most \(SUMONetworkDocument.greatestPhaseCount) phases", found: "more"))
                }
                logics[current].phaseCount += 1
                logics[current].phases += try phase(tag)
            default: break
            }
        }
        var text = "<additional>\n"
        for logic in logics {
            guard logic.phaseCount > 0 else {
                throw logic.tag.failure(.unexpected(expected: "at least one phase", found: "none"))
            }
            text += "    <tlLogic id=\"\(XMLText.escaped(logic.junction))\" type=\"\(control.rawValue)\""
            text += " programID=\"\(XMLText.escaped(program))\" offset=\"\(logic.offset)\">\n"
            text += logic.phases + "    </tlLogic>\n"
        }
        return text + "</additional>\n"
    }

    private static func start(_ tag: XMLStartTag, program: String) throws(FormatError) -> Logic {
        if tag.attributes["programID"] == program {
            throw tag.failure(
                .unexpected(
                    expected: "a program with another name than the new one", found: FormatError.quoted(program)),
                attribute: "programID")
        }
        return Logic(
            junction: try tag.text("id"),
            offset: seconds(try tag.number("offset", -1e9...1e9, default: 0)), tag: tag)
    }

    private static func phase(_ tag: XMLStartTag) throws(FormatError) -> String {
        let state = try tag.text("state")
        var least = try tag.optionalNumber("minDur", 0...86400)
        var greatest = try tag.optionalNumber("maxDur", 0...86400)
        let duration = try tag.number("duration", 0...1e6, default: least)
        if state.contains(where: { "gG".contains($0) }), !state.contains(where: { "yY".contains($0) }) {
            // A bound that the network does give moves the usual other one rather than cross it.
            let bounds = (least, greatest)
            least = bounds.0 ?? min(leastGreen, bounds.1 ?? leastGreen)
            greatest = bounds.1 ?? max(greatestGreen, bounds.0 ?? greatestGreen)
        }
        var text = "        <phase duration=\"\(seconds(duration))\" state=\"\(XMLText.escaped(state))\""
        if let least { text += " minDur=\"\(seconds(least))\"" }
        if let greatest { text += " maxDur=\"\(seconds(greatest))\"" }
        for key in ["next", "name"] {
            if let value = tag.attributes[key] { text += " \(key)=\"\(XMLText.escaped(value))\"" }
        }
        return text + "/>\n"
    }

    private static func seconds(_ value: Double) -> String {
        let milliseconds = Int((value * 1000).rounded())
        return (milliseconds < 0 ? "-" : "") + XMLText.seconds(milliseconds: abs(milliseconds))
    }
}
