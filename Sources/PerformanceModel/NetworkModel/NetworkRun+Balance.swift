extension NetworkRun {
    /// Where the vehicles of a run are, in vehicles: none may be lost or made.
    public struct Balance: Sendable {
        /// Vehicles that came to the roads from outside, or from one road to the next.
        public var sent: Double
        /// Vehicles that passed a node at the end of a road.
        public var left: Double
        /// Vehicles still on the roads or waiting before them, with those that end their journey on a road.
        public var stillThere: Double
    }

    /// Counts the vehicles of the run.
    public func balance() -> Balance {
        var sent = model.external.reduce(0, +)
        for (number, stream) in model.streams.enumerated() {
            for target in stream.targets where target.steps < model.stepCount {
                for step in 0..<(model.stepCount - target.steps) {
                    sent += target.share * departures[number * model.stepCount + step]
                }
            }
        }
        return Balance(sent: sent, left: totals.departures.reduce(0, +), stillThere: totals.remaining)
    }
}
