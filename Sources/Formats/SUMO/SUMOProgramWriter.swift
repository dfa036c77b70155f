import SignalModel

/// Writes a plan as a SUMO additional file of `tlLogic` elements.
public enum SUMOProgramWriter {
    /// The text of an additional file with one fixed program for each junction of the plan.
    ///
    /// SUMO starts a cycle at every time t with t ≡ offset modulo the cycle, so that a later offset is greater there
    /// too.
    /// - Throws: ``FormatError`` with the plan's name for the file and the field that cannot be written.
    public static func additionalFile(
        for plan: Plan, network: Network, program: String = "greenband"
    ) throws(FormatError) -> String {
        try "<additional>\n" + elements(for: plan, network: network, program: program) + "</additional>\n"
    }

    /// The elements of ``additionalFile(for:network:program:)`` without the file around them.
    static func elements(for plan: Plan, network: Network, program: String) throws(FormatError) -> String {
        let junctions = Dictionary(network.junctions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var movements: [NodeID: [Movement]] = [:]
        for movement in network.movements { movements[movement.node, default: []].append(movement) }
        var text = ""
        for (position, timing) in plan.junctions.enumerated() {
            let field = "junctions[\(position)]"
            guard let junction = junctions[timing.junction] else {
                let fault = FormatError.Fault.unknownReference(kind: "junction", name: timing.junction.text)
                throw FormatError(file: plan.name, location: .field(field), fault: fault)
            }
            let own = junction.nodes.flatMap { movements[$0] ?? [] }
            let states: SUMOStates
            do {
                states = try SUMOStates(timing: timing, junction: junction, movements: own)
            } catch {
                throw FormatError(file: plan.name, location: .field("\(field)\(error.field)"), fault: error.fault)
            }
            text += "    <tlLogic id=\"\(XMLText.escaped(junction.id.text))\" type=\"static\""
            text += " programID=\"\(XMLText.escaped(program))\""
            text += " offset=\"\(XMLText.seconds(milliseconds: states.offset))\">\n"
            for phase in states.phases() {
                text += "        <phase duration=\"\(XMLText.seconds(milliseconds: phase.milliseconds))\""
                text += " state=\"\(phase.state)\"/>\n"
            }
            text += "    </tlLogic>\n"
        }
        return text
    }
}
