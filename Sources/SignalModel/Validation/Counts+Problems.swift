extension Counts {
    /// Everything that is wrong with the counts as a document: two readings of a detector for the same time, numbers that
    /// nothing can have counted.
    ///
    /// - Parameter network: Where given, detectors must be the network's.
    /// - Complexity: O(n·log n) for n readings.
    public func problems(in network: Network? = nil) -> [Problem] {
        struct Key: Hashable {
            var detector: DetectorID
            var start: Double
        }
        var list = ProblemList()
        var seen = Set<Key>(minimumCapacity: readings.count)
        let known = network.map { Set($0.detectors.map(\.id)) }
        for (position, reading) in readings.enumerated() {
            let place = FieldPath().item("readings", position, reading.detector.text)
            list.checkName(reading.detector, place, "detector")
            let isKnown = known?.contains(reading.detector) ?? true
            list.check(reading.detector, exists: isKnown, as: "detector of the network", place, "detector")
            if !seen.insert(Key(detector: reading.detector, start: reading.start)).inserted {
                list.add(place.field("start_s"), .unique, found: "\(Problem.plain(reading.start)) again")
            }
            list.check(reading.start, Limits.time, place, "start_s")
            list.check(reading.length, Limits.interval, place, "length_s")
            list.check(reading.count, Limits.count, place, "count")
            list.check(reading.occupancy, Limits.share, place, "occupancy")
            list.check(reading.speed, Limits.measuredSpeed, place, "speed_mps")
        }
        for (position, other) in overlaps where readings[position].start != readings[other].start {
            let place = FieldPath().item("readings", position, readings[position].detector.text)
            list.add(
                place.field("start_s"), .unique,
                found: "\(Problem.plain(readings[position].start)), a time that readings[\(other)] covers")
        }
        return list.problems
    }
}
