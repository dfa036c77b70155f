extension LaneTracker {
    /// A loop in the lane with what it says.
    struct Loop {
        /// From the stop line, m.
        var distance: Double
        /// Nil where it says nothing that can be true.
        var reading: LoopReading?
        /// How long it has been covered, s.
        var covered: Int
    }

    /// Time after which a vehicle that should have come to a loop is taken to have left the lane, s.
    static let overdueTime = 3
    /// How long a loop must be covered for the queue to reach it, s.
    static let queueTime = 3

    /// Takes in one second of the loops of the lane.
    ///
    /// Vehicles are counted from loop to loop: nobody passes one that has not counted it. What that misses is made good
    /// where it shows: somebody who does not come to a free loop has changed lanes, somebody whom nobody was expected to be
    /// has come from another lane, and a loop that stays covered has the queue reach it.
    ///
    /// - Parameters:
    ///   - loops: The loops, the one at the stop line first.
    ///   - inflow: Vehicles per second that are taken to enter where nothing is counted.
    mutating func observe(
        _ loops: [Loop], inflow: Double, open: (Int) -> Bool, mayPass: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        let departed = drive { vehicle in
            let next = loops[..<vehicle.ahead].last { $0.reading != nil }?.distance ?? -.infinity
            return max(min(next, vehicle.distance), Self.stopLine(vehicle, open: open))
        }
        let passing = streams.filter(mayPass)
        for _ in 0..<departed { leaveFirst(passing) }
        for number in loops.indices {
            if let reading = loops[number].reading {
                count(reading.passed, over: number, at: loops[number].distance)
                if loops[number].covered >= Self.queueTime { fill(up: number, to: loops[number].distance) }
                dropOverdue(before: number, loops[number], reading)
            } else {
                for vehicle in vehicles.indices
                where vehicles[vehicle].ahead > number && vehicles[vehicle].distance < loops[number].distance {
                    vehicles[vehicle].ahead = number
                }
            }
        }
        if let reading = loops[0].reading {
            clearStopLine(reading, passing)
            rememberWhoIsStuck(reading.isCovered && reading.passed == 0, open: open, yields: yields)
        } else {
            stuck = 0
        }
        if let reading = loops[loops.count - 1].reading {
            rate += (Double(reading.passed) - rate) / Self.rateMemory
        } else {
            enter(inflow)
        }
        noteWaits()
    }

    /// Goes on by a second on a lane that is too short for a loop.
    mutating func observeNothing(open: (Int) -> Bool, mayPass: (Int) -> Bool) {
        let departed = drive { Self.stopLine($0, open: open) }
        let passing = streams.filter(mayPass)
        for _ in 0..<departed { leaveFirst(passing) }
        noteWaits()
    }

    /// Has vehicles come to the stop line from farther up; parts of vehicles add up to whole ones.
    mutating func enterAtStopLine(_ count: Double) {
        owed += count
        while owed >= 1 {
            owed -= 1
            let place = max(0, (vehicles.last?.distance ?? -spacing) + spacing)
            vehicles.append(Vehicle(distance: place, speed: speed / 2, waited: 0, stream: turns.draw()))
        }
    }

    /// Takes in that vehicles have come on a loop.
    private mutating func count(_ passed: Int, over loop: Int, at distance: Double) {
        for _ in 0..<passed {
            let place = vehicles.firstIndex { $0.ahead > loop } ?? vehicles.count
            let isExpected =
                place < vehicles.count
                && (vehicles[place].ahead == loop + 1 || vehicles[place].distance < distance + 2 * speed)
            if isExpected {
                vehicles[place].distance = min(vehicles[place].distance, distance)
                vehicles[place].speed = max(vehicles[place].speed, speed / 2)
            } else {
                vehicles.insert(
                    Vehicle(distance: distance, speed: loop == 0 ? speed / 2 : speed, waited: 0, stream: turns.draw()),
                    at: place)
            }
            vehicles[place].ahead = loop
            vehicles[place].overdue = 0
        }
    }

    /// Who should have come to a loop for some time, and nobody stands before it, is not there any more.
    private mutating func dropOverdue(before loop: Int, _ state: Loop, _ reading: LoopReading) {
        guard let place = vehicles.firstIndex(where: { $0.ahead > loop }), vehicles[place].ahead == loop + 1 else {
            return
        }
        let isBlocked =
            place > 0 && vehicles[place - 1].speed < 2
            && vehicles[place - 1].distance > state.distance - 2 * spacing
        guard vehicles[place].distance <= state.distance + 1, !reading.isOccupied, !isBlocked else {
            vehicles[place].overdue = 0
            return
        }
        vehicles[place].overdue += 1
        if vehicles[place].overdue > Self.overdueTime { vehicles.remove(at: place) }
    }

    /// Of those who have come to the stop line only the one on its loop is still there.
    private mutating func clearStopLine(_ reading: LoopReading, _ passing: [Int]) {
        var count = vehicles.prefix { $0.ahead == 0 }.count
        if reading.isOccupied {
            if count == 0 {
                if vehicles.isEmpty { vehicles.append(Vehicle(distance: 0, speed: 0, waited: 0, stream: turns.draw())) }
                vehicles[0].ahead = 0
                count = 1
            }
            while count > 1 {
                leaveFirst(passing)
                count -= 1
            }
            vehicles[0].distance = max(0, min(vehicles[0].distance, 1))
            if reading.isCovered && reading.passed == 0 { vehicles[0].speed = 0 }
        } else {
            for _ in 0..<count { leaveFirst(passing) }
        }
    }

    private mutating func leaveFirst(_ passing: [Int]) {
        let first = vehicles.removeFirst()
        guard learn(departureOf: first, green: passing) else { return }
        if let other = vehicles.firstIndex(where: { passing.contains($0.stream) }) {
            vehicles[other].stream = first.stream
        }
    }

    /// A queue as long as the lane up to a loop.
    private mutating func fill(up loop: Int, to distance: Double) {
        let places = Int(distance / spacing)
        var count = vehicles.count { $0.ahead <= loop }
        while count < places {
            let last = count > 0 ? vehicles[count - 1].distance : -spacing
            vehicles.insert(
                Vehicle(
                    distance: min(distance, last + spacing), speed: 0, waited: 0, stream: turns.draw(), ahead: loop),
                at: count)
            count += 1
        }
    }
}
