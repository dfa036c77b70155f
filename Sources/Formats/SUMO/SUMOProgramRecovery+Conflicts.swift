import SignalModel

/// Conflicts and intergreens, from the requests of the network and the changes that the programs show.
extension SUMOProgramRecovery {
    /// Sorts the pairs of groups into compatible, permitted and incompatible ones.
    ///
    /// - Parameter relation: Whether the first group's traffic meets the second's, and whether it gives way to it.
    mutating func findConflicts(_ relation: (Int, Int) -> (isFoe: Bool, givesWay: Bool)) {
        var conflicts = Set<[Int]>()
        for first in groups.indices {
            for second in groups.indices where second != first {
                guard relation(first, second).isFoe || relation(second, first).isFoe else { continue }
                guard everGreenTogether(first, second) else {
                    conflicts.insert([first, second])
                    continue
                }
                // Where the network lets neither give way, each must look out for the other.
                if relation(first, second).givesWay || !relation(second, first).givesWay {
                    permitted.append(PermittedConflict(yielding: groups[first].id, priority: groups[second].id))
                }
            }
        }
        let seen = changes(of: conflicts)
        let allRed = Self.commonest(
            seen.filter { groups[$0.key[0]].crossing == nil }
                .map { max(0, ($0.value - groups[$0.key[0]].yellow) * 1000).rounded() / 1000 })
        for pair in conflicts.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let yellow = groups[pair[0]].yellow
            var seconds = seen[pair] ?? (yellow + (allRed ?? 0))
            if builtYellow && groups[pair[0]].crossing == nil { seconds = max(seconds, yellow + 2) }
            if let clearance = groups[pair[0]].crossing?.clearance {
                seconds = max(seconds, (clearance * 10).rounded(.up) / 10)
            }
            intergreens.append(
                Intergreen(ending: groups[pair[0]].id, starting: groups[pair[1]].id, seconds: seconds))
        }
    }

    private func everGreenTogether(_ first: Int, _ second: Int) -> Bool {
        running.contains { logic in logic.phases.contains { isGreen($0, first) && isGreen($0, second) } }
    }

    /// Least time above 0 from the end of one group's green to the start of another's over all programs, for pairs that
    /// are seen to follow each other, s.
    ///
    /// They do not where a stage lies between (something green for more than 5 s with no signal changing), or a
    /// third group that must end before the second starts.
    private func changes(of conflicts: Set<[Int]>) -> [[Int]: Double] {
        var least: [[Int]: Double] = [:]
        for logic in running {
            let phases = logic.phases
            let green = phases.map { phase in groups.indices.map { isGreen(phase, $0) } }
            for position in phases.indices {
                let following = (position + 1) % phases.count
                for first in groups.indices where green[position][first] && !green[following][first] {
                    for second in groups.indices where conflicts.contains([first, second]) {
                        var elapsed = 0.0
                        var next = following
                        while !green[next][second] && next != position {
                            let isStage =
                                phases[next].duration > 5 && green[next].contains(true)
                                && !phases[next].state.contains { $0 == "y" || $0 == "u" }
                            let isHeld = groups.indices.contains {
                                green[next][$0] && $0 != first && conflicts.contains([$0, second])
                            }
                            if isStage || isHeld { break }
                            elapsed += phases[next].duration
                            next = (next + 1) % phases.count
                        }
                        guard green[next][second], elapsed > 0 else { continue }
                        least[[first, second]] = min(least[[first, second]] ?? elapsed, elapsed)
                    }
                }
            }
        }
        return least.mapValues { ($0 * 1000).rounded() / 1000 }
    }
}
