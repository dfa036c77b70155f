import Foundation

/// A T junction in SUMO's own form: a road from west to east, a side road from the south with a crossing over it.
///
/// Signals: 0 east through, 1 east left, 2 south right, 3 south left, 4 west right, 5 west through, 6 crossing.
public enum SUMOTestNetwork {
    /// Conflicts by signal, and those of them that the signal's traffic gives way to.
    private static let conflicts: [(foes: Set<Int>, givesWayTo: Set<Int>)] = [
        ([3], []), ([3, 4, 5, 6], [4, 5, 6]), ([5, 6], [5, 6]), ([0, 1, 5, 6], [0, 1, 5, 6]), ([1, 6], [6]),
        ([1, 2, 3], []), ([1, 2, 3, 4], []),
    ]

    /// Phases of the program in the file: lengths, s, and states.
    public static let phases: [(duration: String, state: String)] = [
        ("20", "GgrrgGG"), ("5", "GgrrgGr"), ("3", "ygrryyr"), ("6", "rGrrrrr"), ("3", "ryrrrrr"), ("2", "rrrrrrr"),
        ("15", "rrGGrrr"), ("3", "rryyrrr"), ("2", "rrrrrrr"),
    ]

    /// The network file with a program.
    public static func text(
        phases: [(duration: String, state: String)] = phases, offset: String = "0", type: String = "static",
        more: String = ""
    ) -> String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<net version=\"1.20\">"]
        let inner = [(0, "20.0", 13.9), (1, "8.0", 7.0), (2, "6.0", 5.0), (3, "12.0", 7.0), (4, "6.0", 5.0)]
        for (number, length, speed) in inner + [(5, "20.0", 13.9), (6, "9.0", 6.5)] {
            lines += [
                "    <edge id=\":C_\(number)\" function=\"internal\">",
                "        <lane id=\":C_\(number)_0\" index=\"0\" speed=\"\(speed)\" length=\"\(length)\" shape=\"0,0 1,1\"/>",
                "    </edge>",
            ]
        }
        lines += [
            "    <edge id=\":C_c0\" function=\"crossing\" crossingEdges=\"CS SC\">",
            "        <lane id=\":C_c0_0\" index=\"0\" allow=\"pedestrian\" speed=\"2.78\" length=\"6.4\"/>",
            "    </edge>",
        ]
        let edges = [
            ("WC", "W", "C", 1), ("EC", "E", "C", 2), ("SC", "S", "C", 1), ("CW", "C", "W", 1), ("CE", "C", "E", 1),
            ("CS", "C", "S", 1),
        ]
        for (id, from, to, count) in edges {
            lines.append("    <edge id=\"\(id)\" from=\"\(from)\" to=\"\(to)\" priority=\"-1\">")
            for lane in 0..<count {
                lines.append(
                    "        <lane id=\"\(id)_\(lane)\" index=\"\(lane)\" disallow=\"tram rail\" speed=\"13.90\""
                        + " length=\"200.00\" shape=\"0.00,0.00 200.00,0.00\"/>")
            }
            lines.append("    </edge>")
        }
        lines.append("    <tlLogic id=\"J\" type=\"\(type)\" programID=\"0\" offset=\"\(offset)\">")
        for phase in phases {
            lines.append("        <phase duration=\"\(phase.duration)\" state=\"\(phase.state)\"/>")
        }
        lines.append("    </tlLogic>")
        lines += [
            "    <junction id=\"C\" type=\"traffic_light\" x=\"200.00\" y=\"200.00\" incLanes=\"EC_0 EC_1 SC_0 WC_0\">"
        ]
        for (index, conflict) in conflicts.enumerated() {
            let bits = { (set: Set<Int>) in (0..<7).reversed().map { set.contains($0) ? "1" : "0" }.joined() }
            lines.append(
                "        <request index=\"\(index)\" response=\"\(bits(conflict.givesWayTo))\""
                    + " foes=\"\(bits(conflict.foes))\" cont=\"\(index == 1 ? 1 : 0)\"/>")
        }
        lines.append("    </junction>")
        for (id, x, y) in [("W", 0, 200), ("E", 400, 200), ("S", 200, 0)] {
            lines.append("    <junction id=\"\(id)\" type=\"dead_end\" x=\"\(x).00\" y=\"\(y).00\" incLanes=\"\"/>")
        }
        let connections = [
            ("EC", 0, "CW", "s"), ("EC", 1, "CS", "l"), ("SC", 0, "CE", "r"), ("SC", 0, "CW", "l"),
            ("WC", 0, "CS", "r"),
            ("WC", 0, "CE", "s"),
        ]
        for (index, connection) in connections.enumerated() {
            lines.append(
                "    <connection from=\"\(connection.0)\" to=\"\(connection.2)\" fromLane=\"\(connection.1)\" toLane=\"0\""
                    + " via=\":C_\(index)_0\" tl=\"J\" linkIndex=\"\(index)\" dir=\"\(connection.3)\" state=\"o\"/>")
        }
        lines += [
            "    <connection from=\":C_1\" to=\"CS\" fromLane=\"0\" toLane=\"0\" via=\":C_6_0\" dir=\"l\" state=\"m\"/>",
            "    <connection from=\":C_6\" to=\"CS\" fromLane=\"0\" toLane=\"0\" dir=\"l\" state=\"M\"/>",
            "    <connection from=\":C_w0\" to=\":C_c0\" fromLane=\"0\" toLane=\"0\" tl=\"J\" linkIndex=\"6\" dir=\"s\"/>",
            more, "</net>", "",
        ]
        return lines.joined(separator: "\n")
    }
}

extension SUMOTestNetwork {
    /// Two T junctions under one controller: the second has the names of the first with a 2 before them, and the signals
    /// from 7 on.
    public static func joined() throws -> String {
        let renamed = text().split(separator: "\n").map { line in
            var line = String(line).replacing(#/(?<mark>[" ])(?<edge>WC|EC|SC|CW|CE|CS)(?<end>[_" ])/#) {
                "\($0.mark)2\($0.edge)\($0.end)"
            }
            line = line.replacing(#/"(?<node>[CWES])"/#) { "\"2\($0.node)\"" }.replacingOccurrences(
                of: ":C_", with: ":2C_")
            return line.replacing(#/linkIndex="(?<index>\d)"/#) { "linkIndex=\"\((Int($0.index) ?? 0) + 7)\"" }
        }
        let second = renamed.filter { line in
            !["<?xml", "<net", "</net", "tlLogic", "<phase"].contains { line.contains($0) }
        }
        let doubled = phases.map { (duration: $0.duration, state: $0.state + $0.state) }
        return text(phases: doubled, more: second.joined(separator: "\n"))
    }
}
