import TraCI

extension MaxPressure {
    /// Lets every junction decide by itself each second, as soon as its stage has been green for its least time.
    static func controlEachSecond(
        _ sumo: TraciConnection, _ junctions: [MaxPressureJunction], sensor: MaxPressureSensor, from begin: Int,
        to end: Int, settings: Settings, outcome: inout Outcome
    ) async throws {
        var junctions = junctions
        /// When each junction may decide again, s.
        var freeAt = Array(repeating: begin, count: junctions.count)
        /// What comes after the yellow, and when.
        var due: [Int: (time: Int, green: String)] = [:]
        let yellow = Int(settings.yellow.rounded(.up))
        let leastGreen = Int(settings.leastGreen.rounded(.up))
        var step = try await sensor.start()
        for now in begin..<end {
            let queues = try await sensor.queues(after: step)
            var changes: [TraciChange] = []
            for number in junctions.indices {
                if let next = due[number], next.time <= now {
                    changes.append(TraciChange(.state, of: junctions[number].id, to: next.green))
                    due[number] = nil
                }
                guard freeAt[number] <= now, let change = junctions[number].decide(queues: queues) else { continue }
                if now > begin { outcome.changeCount += 1 }
                var wait = 0
                if let signals = change.yellow, yellow > 0 {
                    changes.append(TraciChange(.state, of: junctions[number].id, to: signals))
                    due[number] = (now + yellow, change.green)
                    wait = yellow
                } else {
                    changes.append(TraciChange(.state, of: junctions[number].id, to: change.green))
                }
                freeAt[number] = now + wait + leastGreen
            }
            outcome.decisionCount += 1
            step = try await sumo.step(after: changes)
        }
    }
}
