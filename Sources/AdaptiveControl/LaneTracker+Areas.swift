extension LaneTracker {
    /// Cost of taking a vehicle for one that has changed lanes, in m that it would have to be mistaken by.
    private static let laneChange = 25.0
    /// Cost of taking a vehicle for one that has just come where vehicles come from, in m.
    private static let arrival = 3.0

    /// Takes in one second of a lane-area detector.
    ///
    /// Every vehicle is believed to have driven on; then the believed ones are matched with those that are seen, zone by
    /// zone and in their order. Who is missing near the stop line has left there where it could, anybody else has changed
    /// lanes; who is new far up has entered there.
    ///
    /// - Parameters:
    ///   - reading: What was seen at the end of the second.
    ///   - open: Whether a stream had green in that second.
    ///   - mayPass: Whether a stream had green or yellow.
    ///   - yields: Whether a stream gives way to another that had green too.
    mutating func observe(
        _ reading: AreaReading, open: (Int) -> Bool, mayPass: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        forgetLastSecond()
        forgetMissing()
        _ = drive { Self.stopLine($0, open: open) }
        match(reading, mayPass: streams.filter(mayPass))
        noteWaits()
        let first = reading.zones[0]
        rememberWhoIsStuck(first.vehicles > 0 && first.halted == first.vehicles, open: open, yields: yields)
    }

    /// Goes on by a second of which nothing is known.
    mutating func coast(inflow: Double, open: (Int) -> Bool, mayGo: (Int) -> Bool) {
        forgetLastSecond()
        departed = drive { Self.stopLine($0, open: mayGo) }
        vehicles.removeFirst(departed)
        for _ in 0..<departed { turns.learn(from: streams.filter(open)) }
        enter(inflow)
        noteWaits()
        stuck = 0
    }

    private mutating func match(_ reading: AreaReading, mayPass: [Int]) {
        let zoneLength = length / Double(reading.zones.count)
        seen.removeAll(keepingCapacity: true)
        for (zone, content) in reading.zones.enumerated() {
            for _ in 0..<content.vehicles { seen.append(zone) }
        }
        let bodyLength = bodyLength
        let near = { (zone: Int) in zone == 0 ? -bodyLength : Double(zone) * zoneLength }
        let far = { (zone: Int) in Double(zone + 1) * zoneLength }
        alignment.align(
            believed: vehicles.count, seen: seen.count,
            same: { [vehicles, seen] in
                let place = vehicles[$0].distance
                return max(0, near(seen[$1]) - place, place - far(seen[$1]))
            },
            gone: { [vehicles, bodyLength] in
                let left = max(0, vehicles[$0].distance + bodyLength)
                let isPassing = vehicles[$0].distance < 0 || !mayPass.isEmpty
                return isPassing ? min(Self.laneChange, left) : Self.laneChange
            },
            new: { [seen, speed, length] in
                far(seen[$0]) > length - 1.5 * speed ? Self.arrival : Self.laneChange
            })
        renew(mayPass: mayPass, far: far, near: near)
        correctSpeeds(reading)
    }

    /// Makes the vehicles those that were seen.
    private mutating func renew(mayPass: [Int], far: (Int) -> Double, near: (Int) -> Double) {
        var next = 0
        former.removeAll(keepingCapacity: true)
        swap(&former, &vehicles)
        for (number, zone) in seen.enumerated() {
            guard let partner = alignment.partners[number] else {
                let isEntry = far(zone) > length - 1.5 * speed
                let place = isEntry ? max(near(zone), far(zone) - speed / 2) : (near(zone) + far(zone)) / 2
                if isEntry {
                    entered += 1
                    vehicles.append(newcomer(at: place))
                } else {
                    strangers.append(number)
                    vehicles.append(Vehicle(distance: place, speed: speed, waited: 0, stream: turns.draw()))
                }
                continue
            }
            while next < partner {
                leave(former[next], mayPass: mayPass, followers: next + 1)
                next += 1
            }
            next = partner + 1
            var vehicle = former[partner]
            vehicle.distance = min(max(vehicle.distance, near(zone)), far(zone))
            vehicles.append(vehicle)
        }
        while next < former.count {
            leave(former[next], mayPass: mayPass, followers: next + 1)
            next += 1
        }
        note(departures: departed)
    }

    /// Somebody is not seen any more: it has passed the stop line, or changed lanes.
    private mutating func leave(_ vehicle: Vehicle, mayPass: [Int], followers: Int) {
        guard vehicle.distance < 0 || (!mayPass.isEmpty && vehicle.distance < 2 * speed) else {
            strayed.append(vehicle)
            return
        }
        departed += 1
        left.append(vehicle)
        guard learn(departureOf: vehicle, green: mayPass) else { return }
        if let other = former[followers...].firstIndex(where: { mayPass.contains($0.stream) }) {
            former[other].stream = vehicle.stream
        }
    }

    /// Gives the vehicles of every zone the mean speed that was seen there, and as they were believed to differ.
    ///
    /// Who was believed to have passed the stop line and stands has stopped before it.
    private mutating func correctSpeeds(_ reading: AreaReading) {
        if reading.zones[0].halted == reading.zones[0].vehicles {
            var place = 0.0
            for number in 0..<reading.zones[0].vehicles where vehicles[number].distance < place {
                vehicles[number].distance = place
                place += spacing
            }
        }
        var first = 0
        for zone in reading.zones {
            let last = first + zone.vehicles
            let mean = zone.halted == zone.vehicles ? 0 : max(0, zone.meanSpeed)
            var sum = 0.0
            for number in first..<last { sum += vehicles[number].speed }
            let believed = sum / Double(max(1, zone.vehicles))
            for number in first..<last {
                vehicles[number].speed =
                    believed > 1 && mean > 0 ? min(1.3 * speed, vehicles[number].speed * mean / believed) : mean
            }
            first = last
        }
    }

    /// Puts a vehicle that is new on this lane where it left the lane beside it; says whether there was one.
    mutating func receive(_ other: Vehicle) -> Bool {
        guard
            let place = strangers.firstIndex(where: { abs(vehicles[$0].distance - other.distance) < 2 * speed })
        else { return false }
        vehicles[strangers[place]].waited = other.waited
        strangers.remove(at: place)
        return true
    }
}
