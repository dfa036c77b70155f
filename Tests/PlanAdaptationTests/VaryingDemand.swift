import SignalModel

/// The demand of an hour that doubles and halves again.
enum VaryingDemand {
    /// Flows stretched or cut to one hour in intervals of 5 minutes, with their mean over it scaled by a factor that rises from
    /// 0.7 to 1.4 in the middle of the hour and falls back.
    static func hour(of flows: Flows) -> Flows {
        let factors = (0..<12).map { interval in
            let place = (Double(interval) + 0.5) / 12
            return 0.7 + 0.7 * (1 - abs(2 * place - 1))
        }
        func scaled(_ values: [Double]) -> [Double] {
            let mean = values.reduce(0, +) / Double(max(1, values.count))
            return factors.map { $0 * mean }
        }
        var result = flows
        (result.start, result.intervalLength, result.intervalCount) = (0, 300, 12)
        for position in result.sources.indices {
            result.sources[position].flowPerHour = scaled(flows.sources[position].flowPerHour)
        }
        for position in result.movements.indices {
            result.movements[position].flowPerHour = scaled(flows.movements[position].flowPerHour)
            result.movements[position].standardErrorPerHour = factors.map { _ in 0 }
        }
        for position in result.crossings.indices {
            result.crossings[position].flowPerHour = scaled(flows.crossings[position].flowPerHour)
        }
        return result
    }
}

extension VaryingDemand {
    /// The same vehicles, evenly over the hour.
    static func even(_ flows: Flows) -> Flows {
        func even(_ values: [Double]) -> [Double] {
            values.map { _ in values.reduce(0, +) / Double(max(1, values.count)) }
        }
        var result = flows
        for position in result.sources.indices {
            result.sources[position].flowPerHour = even(flows.sources[position].flowPerHour)
        }
        for position in result.movements.indices {
            result.movements[position].flowPerHour = even(flows.movements[position].flowPerHour)
        }
        for position in result.crossings.indices {
            result.crossings[position].flowPerHour = even(flows.crossings[position].flowPerHour)
        }
        return result
    }
}
