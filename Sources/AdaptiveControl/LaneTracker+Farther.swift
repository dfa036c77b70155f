extension LaneTracker {
    /// Follows those between loops farther up: who does not come to a free one has gone elsewhere, and one that says nothing
    /// is passed by whoever is beyond it.
    mutating func settleFarther(_ farther: [Loop]) {
        for (number, loop) in farther.enumerated() {
            if let reading = loop.reading {
                if let place = expected(at: number) { dropOverdue(place, loop.distance, reading) }
            } else {
                for vehicle in vehicles.indices where vehicles[vehicle].distance < loop.distance {
                    if let entry = vehicles[vehicle].entry, upstream[entry].next == number {
                        vehicles[vehicle].entry = number
                    }
                }
            }
        }
    }

    /// The next loop that says something before a vehicle, m from the stop line.
    static func next(
        after vehicle: Vehicle, of loops: [Loop], _ farther: [Loop], _ upstream: [LoopDetectorPlan.Sight]
    ) -> Double {
        var entry = vehicle.entry.flatMap { upstream[$0].next }
        while let number = entry {
            if farther[number].reading != nil { return farther[number].distance }
            entry = upstream[number].next
        }
        return loops[..<vehicle.ahead].last { $0.reading != nil }?.distance ?? -.infinity
    }

    /// Number of the vehicle that comes next to a loop farther up; nil where none is expected.
    func expected(at number: Int) -> Int? {
        vehicles.firstIndex { vehicle in vehicle.entry.map { upstream[$0].next == number } ?? false }
    }

    /// Takes in that a vehicle has come on a loop farther up, one that was expected there or a new one.
    mutating func pass(_ number: Int, expected: Int?) {
        let distance = upstream[number].distance
        if let expected {
            vehicles[expected].distance = min(vehicles[expected].distance, distance)
            vehicles[expected].speed = max(vehicles[expected].speed, speed / 2)
            vehicles[expected].entry = number
            vehicles[expected].overdue = 0
            return
        }
        let place = vehicles.firstIndex { $0.entry != nil && $0.distance > distance } ?? vehicles.count
        vehicles.insert(
            Vehicle(
                distance: distance, speed: speed, waited: 0, stream: turns.draw(), ahead: ownCount, entry: number),
            at: place)
    }
}
