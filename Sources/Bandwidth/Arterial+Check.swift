extension Arterial {
    /// Sees that every value has a meaning.
    func check() throws(BandwidthError) {
        guard signals.count >= 2 else {
            throw .unfit(value: "signals", expected: "two or more", found: "\(signals.count)")
        }
        for (number, signal) in signals.enumerated() { try check(signal, name: "signals[\(number)]") }
        try check(outbound, name: "outbound")
        if let inbound { try check(inbound, name: "inbound") }
        if let change = greatestSlownessChange, !(0..<Double.infinity).contains(change) {
            throw .unfit(value: "greatestSlownessChange", expected: "0 s/m or more", found: "\(change)")
        }
    }

    private func check(_ signal: ArterialSignal, name: String) throws(BandwidthError) {
        guard !signal.patterns.isEmpty else {
            throw .unfit(value: "\(name).patterns", expected: "at least one", found: "none")
        }
        for (number, pattern) in signal.patterns.enumerated() {
            for (side, green) in [("outbound", pattern.outbound), ("inbound", pattern.inbound)] {
                let place = "\(name).patterns[\(number)].\(side)"
                guard (0...1).contains(green.length), abs(green.start) <= 1 else {
                    throw .unfit(
                        value: place, expected: "a start in −1 ... 1 and a length in 0 ... 1, shares of the cycle",
                        found: "\(green.start) and \(green.length)")
                }
            }
        }
        for (side, time) in [
            ("outbound", signal.outboundQueueClearance), ("inbound", signal.inboundQueueClearance),
        ] where !(0...3600).contains(time) {
            throw .unfit(value: "\(name).\(side)QueueClearance", expected: "0 to 3600 s", found: "\(time)")
        }
    }

    private func check(_ roads: [Road], name: String) throws(BandwidthError) {
        guard roads.count == signals.count - 1 else {
            throw .unfit(value: name, expected: "\(signals.count - 1) roads", found: "\(roads.count)")
        }
        for (number, road) in roads.enumerated() {
            let isLength = road.length > 0 && road.length <= 1e6
            guard isLength, road.leastSpeed >= 0.1, road.greatestSpeed <= 100, road.leastSpeed <= road.greatestSpeed
            else {
                throw .unfit(
                    value: "\(name)[\(number)]",
                    expected: "a length up to 1e6 m, and speeds of 0.1 to 100 m/s in order",
                    found: "\(road.length) m, \(road.leastSpeed) to \(road.greatestSpeed) m/s")
            }
        }
    }
}
