import SignalModel

/// How many vehicles a `<flow>` of a SUMO route file sends.
enum SUMOFlowSize {
    /// Its `number`, or what comes of its rate from its begin to its end: a day where they are left out.
    ///
    /// - Throws: ``FormatError`` that names line and attribute.
    static func vehicles(of tag: XMLStartTag) throws(FormatError) -> Double {
        if let number = try tag.optionalNumber("number", 0...1e9) { return number }
        let duration = try max(0, time("end", of: tag, default: 86400) - time("begin", of: tag, default: 0))
        for key in ["vehsPerHour", "perHour"] {
            if let rate = try tag.optionalNumber(key, 0...1e6) { return rate * duration / 3600 }
        }
        if let probability = try tag.optionalNumber("probability", 0...1) { return probability * duration }
        guard let period = tag.attributes["period"] else {
            throw tag.failure(
                .unexpected(expected: "number, period, vehsPerHour or probability", found: "none of them"))
        }
        if period.hasPrefix("exp("), period.hasSuffix(")"), let rate = Double(period.dropFirst(4).dropLast()),
            (0...1e6).contains(rate)
        {
            return rate * duration
        }
        return try duration / tag.number("period", 1e-6...1e9)
    }

    /// A time in s, or in hours, minutes and seconds with colons between them, with days before them or without.
    private static func time(
        _ key: String, of tag: XMLStartTag, default fallback: Double
    ) throws(FormatError) -> Double {
        guard let text = tag.attributes[key], text.contains(":") else {
            return try tag.number(key, 0...1e9, default: fallback)
        }
        let units: [Double] = [1, 60, 3600, 86400]
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
        let seconds = zip(parts.reversed(), units).reduce(0) { $0 + $1.0 * $1.1 }
        guard (3...4).contains(parts.count), (0...1e9).contains(seconds) else {
            throw tag.failure(
                .unexpected(expected: "a time in s or as hours:minutes:seconds", found: FormatError.quoted(text)),
                attribute: key)
        }
        return seconds
    }
}
