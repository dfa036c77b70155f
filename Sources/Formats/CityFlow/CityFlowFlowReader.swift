import SignalModel

/// Turns the entries of a CityFlow flow file into trips and vehicle parameters.
struct CityFlowFlowReader {
    private static let greatestTripCount = 1_000_000
    /// Latest time that a vehicle may start, s: a week.
    private static let latestStart = 604_800.0

    let file: String
    private let links: Set<LinkID>
    private let movements: Set<[LinkID]>

    init(file: String, network: Network) {
        self.file = file
        links = Set(network.links.map(\.id))
        movements = Set(network.movements.map { [$0.from, $0.to] })
    }

    func demand(of entries: [CityFlowDocument.Entry]) throws(FormatError) -> TripDemand {
        var trips: [Trip] = []
        for (number, entry) in entries.enumerated() {
            try check(entry, field: "[\(number)]")
            let repetitions = entry.endTime > entry.startTime ? (entry.endTime - entry.startTime) / entry.interval : 0
            guard Double(trips.count) + repetitions < Double(Self.greatestTripCount) else {
                throw failure(
                    "[\(number)]",
                    .unexpected(expected: "at most \(Self.greatestTripCount) vehicles in all", found: "more"))
            }
            let route = entry.route.map { LinkID($0) }
            for repetition in 0...Int(repetitions + 1e-9) {
                trips.append(Trip(start: entry.startTime + Double(repetition) * entry.interval, route: route))
            }
        }
        // Equal starts keep the order of the file.
        let order = trips.indices.sorted { (trips[$0].start, $0) < (trips[$1].start, $1) }
        return TripDemand(trips: order.map { trips[$0] })
    }

    /// The mean vehicle.
    func vehicles(of entries: [CityFlowDocument.Entry]) throws(FormatError) -> VehicleParameters {
        guard !entries.isEmpty else {
            throw FormatError(file: file, fault: .unexpected(expected: "at least one vehicle", found: "none"))
        }
        func mean(
            _ value: (CityFlowDocument.Vehicle) -> Double, _ name: String, _ bounds: ClosedRange<Double>
        ) throws(FormatError) -> Double {
            let first = value(entries[0].vehicle)
            var isUniform = true
            var sum = 0.0
            for (number, entry) in entries.enumerated() {
                let own = value(entry.vehicle)
                try check(own, bounds, "[\(number)].vehicle.\(name)")
                isUniform = isUniform && own == first
                sum += own
            }
            // A sum of equal values does not always give the value back.
            return isUniform ? first : sum / Double(entries.count)
        }
        return VehicleParameters(
            length: try mean(\.length, "length", 0.5...50), minimumGap: try mean(\.minGap, "minGap", 0...50),
            timeHeadway: try mean(\.headwayTime, "headwayTime", 0.1...20),
            greatestSpeed: try mean(\.maxSpeed, "maxSpeed", 0.5...100))
    }

    private func failure(_ field: String, _ fault: FormatError.Fault) -> FormatError {
        FormatError(file: file, location: .field(field), fault: fault)
    }

    private func check(_ value: Double, _ bounds: ClosedRange<Double>, _ field: String) throws(FormatError) {
        guard bounds.contains(value) else {
            throw failure(
                field,
                .unexpected(expected: "a number from \(bounds.lowerBound) to \(bounds.upperBound)", found: "\(value)"))
        }
    }

    private func check(_ entry: CityFlowDocument.Entry, field: String) throws(FormatError) {
        try check(entry.startTime, 0...Self.latestStart, "\(field).startTime")
        try check(entry.endTime, entry.startTime...Self.latestStart, "\(field).endTime")
        if entry.endTime > entry.startTime { try check(entry.interval, 0.01...1e9, "\(field).interval") }
        guard (1...1000).contains(entry.route.count) else {
            throw failure(
                "\(field).route", .unexpected(expected: "1 to 1000 roads", found: "\(entry.route.count)"))
        }
        for (position, road) in entry.route.enumerated() {
            guard links.contains(LinkID(road)) else {
                throw failure("\(field).route[\(position)]", .unknownReference(kind: "road", name: road))
            }
            if position > 0, !movements.contains([LinkID(entry.route[position - 1]), LinkID(road)]) {
                throw failure(
                    "\(field).route[\(position)]",
                    .unknownReference(kind: "road link", name: "\(entry.route[position - 1]) to \(road)"))
            }
        }
    }
}
