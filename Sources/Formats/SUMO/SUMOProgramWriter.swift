import SignalModel

/// Writes a plan as a SUMO additional file of `tlLogic` elements.
public enum SUMOProgramWriter {
    /// The text of an additional file with one fixed program for each junction of the plan.
    ///
    /// - Precondition: The plan has no problems in the network.
    public static func additionalFile(for plan: Plan, network: Network, program: String = "greenband") -> String {
        let junctions = Dictionary(
            network.junctions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var text = "<additional>\n"
        for timing in plan.junctions {
            guard let junction = junctions[timing.junction] else { continue }
            let offset = timing.cycleStart
            let positive = offset - (offset / timing.cycle).rounded(.down) * timing.cycle
            text += "    <tlLogic id=\"\(escaped(junction.id.text))\" type=\"static\" programID=\"\(escaped(program))\""
            text += " offset=\"\(number(positive))\">\n"
            for phase in phases(of: timing, at: junction, in: network) {
                text += "        <phase duration=\"\(number(Double(phase.ticks) / 10))\" state=\"\(phase.state)\"/>\n"
            }
            text += "    </tlLogic>\n"
        }
        return text + "</additional>\n"
    }

    /// The states of a timing over one cycle, with their lengths in tenths of a second.
    static func phases(
        of timing: JunctionPlan, at junction: Junction, in network: Network
    ) -> [(state: String, ticks: Int)] {
        let ticks = Int((timing.cycle * 10).rounded())
        let rules = JunctionRules(junction)
        var aspects = Array(repeating: Array(repeating: Character("r"), count: ticks), count: rules.groupCount)
        for entry in timing.greens {
            guard let group = rules.indexOfGroup[entry.group] else { continue }
            let yellow = Int((rules.groups[group].yellow * 10).rounded())
            let redAmber = Int((rules.groups[group].redAmber * 10).rounded())
            for interval in entry.intervals {
                let start = Int((interval.start * 10).rounded())
                let length = min(Int((interval.duration * 10).rounded()), ticks)
                for tick in 0..<length { aspects[group][(start + tick) % ticks] = "G" }
                guard length < ticks else { continue }
                for tick in 0..<yellow where aspects[group][(start + length + tick) % ticks] == "r" {
                    aspects[group][(start + length + tick) % ticks] = "y"
                }
                for tick in 1...max(1, redAmber) where redAmber > 0 {
                    let before = ((start - tick) % ticks + ticks) % ticks
                    if aspects[group][before] == "r" { aspects[group][before] = "u" }
                }
            }
        }
        let signals = Signals(junction: junction, network: network, rules: rules)
        var result: [(state: String, ticks: Int)] = []
        for tick in 0..<ticks {
            let state = signals.state { aspects[$0][tick] }
            if result.last?.state == state { result[result.count - 1].ticks += 1 } else { result.append((state, 1)) }
        }
        return result
    }

    /// The letters of a controller by what its groups show.
    private struct Signals {
        struct Signal {
            var index: Int
            var group: Int
            var turnsOnRed: Bool
            /// Groups that the signal's traffic gives way to.
            var priority: [Int]
        }
        var signals: [Signal] = []
        let count: Int

        init(junction: Junction, network: Network, rules: JunctionRules) {
            var groupOfMovement: [MovementID: Int] = [:]
            let own = network.movements.filter { junction.nodes.contains($0.node) }
            for movement in own {
                if let group = movement.signalGroup.flatMap({ rules.indexOfGroup[$0] }) {
                    groupOfMovement[movement.id] = group
                }
            }
            count = junction.signalCount
            for movement in own {
                guard let group = groupOfMovement[movement.id] else { continue }
                let crossings = junction.permittedConflicts.filter { $0.yielding == rules.groups[group].id }
                    .compactMap { rules.indexOfGroup[$0.priority] }.filter { rules.groups[$0].kind == .pedestrian }
                let priority = Set(movement.givesWayTo.compactMap { groupOfMovement[$0] } + crossings)
                for index in movement.connections.compactMap(\.signalIndex) where index < count {
                    signals.append(
                        Signal(
                            index: index, group: group, turnsOnRed: rules.groups[group].turnOnRed,
                            priority: priority.subtracting([group]).sorted()))
                }
            }
            for (number, group) in rules.groups.enumerated() {
                for index in group.crossing?.signalIndices ?? [] where index < count {
                    signals.append(Signal(index: index, group: number, turnsOnRed: false, priority: []))
                }
            }
        }

        func state(_ aspect: (Int) -> Character) -> String {
            var letters = Array(repeating: Character("r"), count: count)
            for signal in signals {
                let shown = aspect(signal.group)
                switch shown {
                case "G": letters[signal.index] = signal.priority.contains { "Gy".contains(aspect($0)) } ? "g" : "G"
                case "r": letters[signal.index] = signal.turnsOnRed ? "s" : "r"
                default: letters[signal.index] = shown
                }
            }
            return String(letters)
        }
    }
}

/// A number without a needless fraction.
func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)
}

/// A text as it may stand in an XML attribute.
func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.append(character)
        }
    }
    return result
}
