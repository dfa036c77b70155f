import SignalModel
import TraCI

extension MaxPressure {
    /// How long a junction takes to change from one stage to another.
    public struct ChangeTimes: Equatable, Sendable {
        /// Length of the yellow, s.
        public var yellow: Double
        /// Length of the red of all signals that change, after the yellow, s.
        public var allRed: Double

        /// States the times.
        public init(yellow: Double, allRed: Double) {
            self.yellow = yellow
            self.allRed = allRed
        }

        /// The times that keep every intergreen of a junction, the same for all changes.
        public init(keepingIntergreensOf junction: Junction) {
            yellow = junction.signalGroups.map(\.yellow).max() ?? 0
            let longest = junction.intergreens.map(\.seconds).max() ?? 0
            allRed = max(0, longest - yellow)
        }

        var total: Double { yellow + allRed }

        /// Whether a junction can change in such times.
        var isUsable: Bool { yellow >= 0 && allRed >= 0 && total < 1000 }
    }

    /// What a junction shows at which moments of a change, s.
    static func schedule(
        _ change: MaxPressureJunction.Change, from now: Double, _ times: ChangeTimes
    ) -> [(time: Double, signals: String)] {
        guard let yellow = change.yellow, times.total > 0 else { return [(now, change.green)] }
        var result: [(time: Double, signals: String)] = []
        if times.yellow > 0 { result.append((now, yellow)) }
        if times.allRed > 0 { result.append((now + times.yellow, yellow.replacing("y", with: "r"))) }
        return result + [(now + times.total, change.green)]
    }
}

extension MaxPressure.Settings {
    /// How long a junction takes to change.
    func changeTimes(of junction: TraciID<Traci.TrafficLight>) -> MaxPressure.ChangeTimes {
        ownChangeTimes[junction.text] ?? MaxPressure.ChangeTimes(yellow: yellow, allRed: 0)
    }

    /// How many intervals a junction needs to change and still show its least green.
    func intervalsPerDecision(of junction: TraciID<Traci.TrafficLight>) -> Int {
        guard let times = ownChangeTimes[junction.text] else { return 1 }
        return max(1, Int(((times.total + leastGreen) / decisionInterval).rounded(.up)))
    }
}
