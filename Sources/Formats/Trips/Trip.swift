import SignalModel

/// The journey of one vehicle.
public struct Trip: Equatable, Sendable {
    /// When the vehicle enters the first link, s of network time.
    public var start: Double
    /// Links one after another; each leads to the next by a movement.
    public var route: [LinkID]

    /// States a journey.
    public init(start: Double, route: [LinkID]) {
        self.start = start
        self.route = route
    }
}
