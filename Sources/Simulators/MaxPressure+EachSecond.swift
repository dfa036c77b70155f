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
        /// What each junction will show, and when.
        var due: [[(time: Int, signals: String)]] = Array(repeating: [], count: junctions.count)
        let leastGreen = Int(settings.leastGreen.rounded(.up))
        var step = try await sensor.start()
        for now in begin..<end {
            let queues = try await sensor.queues(after: step)
            var changes: [TraciChange] = []
            for number in junctions.indices {
                if freeAt[number] <= now, let change = junctions[number].decide(queues: queues) {
                    if now > begin { outcome.changeCount += 1 }
                    let times = settings.changeTimes(of: junctions[number].id)
                    due[number] = schedule(change, from: Double(now), times).map {
                        (Int($0.time.rounded(.up)), $0.signals)
                    }
                    freeAt[number] = due[number][due[number].count - 1].time + leastGreen
                }
                while let next = due[number].first, next.time <= now {
                    changes.append(TraciChange(.state, of: junctions[number].id, to: next.signals))
                    due[number].removeFirst()
                }
            }
            outcome.decisionCount += 1
            step = try await sumo.step(after: changes)
        }
    }
}
