import Bandwidth

/// The street with ten signals by which Little (Operations Research 14, 1966) tries his program, in metres.
///
/// Distances, greens, limits on cycle and speeds and on the change of slowness are those that LINDO Systems' model library
/// quotes from the paper (model TRAFFIC_LIGHTS).
enum TenSignals {
    static let cycles = 55.0...75.0
    static let distances = [168.0, 213, 335, 213, 244, 198, 122, 213, 137]
    static let greens = [0.53, 0.60, 0.60, 0.53, 0.52, 0.58, 0.60, 0.60, 0.60, 0.58]

    static var arterial: Arterial {
        let roads = distances.map { Arterial.Road(length: $0, leastSpeed: 13.4, greatestSpeed: 17.9) }
        return Arterial(
            signals: greens.enumerated().map { ArterialSignal(name: "\($0)", red: 1 - $1) }, outbound: roads,
            inbound: roads, greatestSlownessChange: 0.0121)
    }

    /// The same street with left-turn greens in any of the four sequences.
    static var withLeftTurns: Arterial {
        var arterial = arterial
        for (number, green) in greens.enumerated() {
            let left = number.isMultiple(of: 2) ? 0.12 : 0.08
            arterial.signals[number] = ArterialSignal(
                name: "\(number)", commonRed: 1 - green - 0.10, outboundLeft: left, inboundLeft: 0.10)
        }
        return arterial
    }
}
