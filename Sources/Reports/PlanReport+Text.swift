extension PlanReport {
    /// Width that lines keep to where names allow, characters.
    static let width = 110

    /// The figures of the whole network, with the definition of delay, in a few lines.
    public var summary: String {
        var table = TextTable([.text("delay in the network", "")] + pair("", "") + [.text("", "")])
        table.add(["  per vehicle sent"] + pair(presentDelay, delay, 1) + ["s/veh"])
        table.add(["  in all"] + pair(presentDelayVehicleHours, delayVehicleHours, 1) + ["veh h"])
        var lines = [
            "network \(network), plan \(plan): \(rounded(vehicles)) vehicles sent from \(seconds(start)) s to "
                + "\(seconds(start + duration)) s"
        ]
        lines += table.lines(indent: 0)
        lines += "Delay here: \(definition).".wrapped(to: Self.width)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The whole report for people: summary, notices, then a table for each junction.
    public var text: String {
        var lines = [summary]
        if !subareas.isEmpty {
            lines.append("Coordination")
            for subarea in subareas { lines += item(subarea.text) }
            lines.append("")
        }
        if !notices.isEmpty {
            lines.append("Notices")
            for notice in notices {
                lines += item(notice.text)
            }
            lines.append("")
        }
        for junction in junctions { lines += self.lines(of: junction) + [""] }
        if !unsignalled.isEmpty {
            lines.append("Approaches without a signal, on which queues from a signal are followed")
            lines += trafficLines(nil, approaches: unsignalled) + [""]
        }
        lines += Self.notes.wrapped(to: Self.width)
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text as an item of a list.
    private func item(_ text: String) -> [String] {
        text.wrapped(to: Self.width - 4).enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
    }

    private static let notes = """
        Flow: demand. Capacity: what the model could let through, mean of the analysis period; of a shared lane the \
        movement's part. x: flow over capacity. Delay of approaches and junctions: over the vehicles that reached their \
        queues. LOS: level of service of the HCM 2010 (exhibit 18-4) by the model's delay, F where x of a movement is \
        above 1. Queue: longest on one lane, with those that arrive. Movements without traffic are left out.
        """

    /// Whether there is a plan to compare with.
    var hasPresent: Bool { presentDelay != nil }

    /// One or two columns of numbers: before where there is a present plan, and after.
    func pair(_ title: String, _ unit: String) -> [TextTable.Column] {
        hasPresent ? [.number(title, "before", unit), .number(title, "after", unit)] : [.number(title, "", unit)]
    }

    /// The entries of such columns.
    func pair(_ before: Double?, _ after: Double?, _ decimals: Int) -> [String] {
        pair(rounded(before, decimals), rounded(after, decimals))
    }

    /// The entries of such columns, where they are words.
    func pair(_ before: String, _ after: String) -> [String] { hasPresent ? [before, after] : [after] }
}

extension TextTable.Column {
    static func text(_ header: String...) -> Self { .init(header: header, isLeft: true) }
    static func number(_ header: String...) -> Self { .init(header: header, isLeft: false) }
}
