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
    /// Vehicles beyond the usual number that may stand between two loops: some are short, and both ends may be shared.
    private static let placeMargin = 3

    /// Takes in one second of the loops of the lane.
    ///
    /// Vehicles are counted from loop to loop: nobody passes one that has not counted it. What that misses is made good
    /// where it shows: somebody who does not come to a free loop has changed lanes, somebody whom nobody was expected to be
    /// has come from another lane, a loop that stays covered has the queue reach it, and no more are between two loops than
    /// can stand there.
    ///
    /// - Parameters:
    ///   - loops: The loops, the one at the stop line first.
    ///   - mayGo: Whether a stream had green and nobody with the right of way kept it from going.
    ///   - farther: The loops farther up, in the order of ``upstream``.
    ///   - inflow: Vehicles per second that are taken to enter where nothing is counted.
    mutating func observe(
        _ loops: [Loop], farther: [Loop], inflow: Double, open: (Int) -> Bool, mayGo: (Int) -> Bool,
        mayPass: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        let isSeen = loops.first?.reading != nil
        let departed = drive { [upstream] vehicle in
            let next = Self.next(after: vehicle, of: loops, farther, upstream)
            return max(min(next, vehicle.distance), Self.stopLine(vehicle, open: isSeen ? open : mayGo))
        }
        let passing = streams.filter(mayPass)
        for _ in 0..<departed { leaveFirst(passing) }
        for number in loops.indices {
            if let reading = loops[number].reading {
                count(reading.passed, over: number, at: loops[number].distance)
                correctCount(upTo: number, of: loops)
                if let place = firstIndex(before: number) { dropOverdue(place, loops[number].distance, reading) }
            } else {
                for vehicle in vehicles.indices
                where vehicles[vehicle].ahead > number && vehicles[vehicle].distance < loops[number].distance {
                    vehicles[vehicle].ahead = number
                    vehicles[vehicle].entry = nil
                }
            }
        }
        settleFarther(farther)
        if let reading = loops.first?.reading {
            clearStopLine(reading, passing)
            rememberWhoIsStuck(reading.isCovered && reading.passed == 0, open: open, yields: yields)
        } else {
            stuck = 0
        }
        if let nearest = loops.first(where: { $0.reading != nil })?.reading {
            note(departures: nearest.passed)
        }
        if loops.last.map({ $0.reading == nil }) ?? true, !farther.contains(where: { $0.reading != nil }) {
            enter(inflow)
        }
        noteWaits()
    }

    /// Takes in that vehicles have come on a loop.
    private mutating func count(_ passed: Int, over loop: Int, at distance: Double) {
        for _ in 0..<passed {
            let place = vehicles.firstIndex { $0.ahead > loop } ?? vehicles.count
            let isExpected =
                place < vehicles.count
                && (isNext(vehicles[place], at: loop) || vehicles[place].distance < distance + 2 * speed)
            if isExpected {
                vehicles[place].distance = min(vehicles[place].distance, distance)
                vehicles[place].speed = max(vehicles[place].speed, speed / 2)
            } else {
                vehicles.insert(
                    Vehicle(distance: distance, speed: loop == 0 ? speed / 2 : speed, waited: 0, stream: turns.draw()),
                    at: place)
            }
            vehicles[place].ahead = loop
            vehicles[place].entry = nil
            vehicles[place].overdue = 0
        }
    }

    /// Whether a loop of the lane is the next one that a vehicle comes to.
    private func isNext(_ vehicle: Vehicle, at loop: Int) -> Bool {
        vehicle.ahead == loop + 1 && vehicle.entry.flatMap { upstream[$0].next } == nil
    }

    private func firstIndex(before loop: Int) -> Int? {
        guard let place = vehicles.firstIndex(where: { $0.ahead > loop }), isNext(vehicles[place], at: loop) else {
            return nil
        }
        return place
    }

    /// Who should have come to a loop for some time, and nobody stands before it, is not there any more.
    mutating func dropOverdue(_ place: Int, _ distance: Double, _ reading: LoopReading) {
        let isBlocked =
            place > 0 && vehicles[place - 1].speed < 2 && vehicles[place - 1].distance > distance - 2 * spacing
        guard vehicles[place].distance <= distance + 1, !reading.isOccupied, !isBlocked else {
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
                vehicles[0].entry = nil
                vehicles[0].overdue = 0
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

    /// Corrects how many are between a loop and the next one before it.
    ///
    /// They are as many as can stand there while a queue covers the loop, and never many more; a queue that covers it may
    /// be moving off in front, so that nothing follows for what is beyond the next loop.
    private mutating func correctCount(upTo number: Int, of loops: [Loop]) {
        let next = loops[..<number].lastIndex { $0.reading != nil }
        let places = Int((loops[number].distance - (next.map { loops[$0].distance } ?? 0)) / spacing)
        let first = next.map { next in vehicles.count { $0.ahead <= next } } ?? 0
        var count = vehicles.count { $0.ahead <= number }
        while loops[number].covered >= Self.queueTime, count < first + places {
            let last = count > 0 ? vehicles[count - 1].distance : -spacing
            vehicles.insert(
                Vehicle(
                    distance: min(loops[number].distance, last + spacing), speed: 0, waited: 0, stream: turns.draw(),
                    ahead: number),
                at: count)
            count += 1
        }
        while count > first + places + Self.placeMargin {
            count -= 1
            vehicles.remove(at: count)
        }
    }
}
