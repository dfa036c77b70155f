/// Something that happened at a controller and that the centre must know; kept until the centre has acknowledged it.
public struct EdgeReport: Codable, Equatable, Sendable {
    /// What happened.
    public enum Event: String, Codable, Sendable, CaseIterable {
        /// The controller has started; all lamps were red until the junction was clear.
        case started
        /// A lease took over.
        case leaseBegan
        /// A lease lapsed, and nothing followed it.
        case leaseLapsed
        /// A lease was refused; the detail says why.
        case leaseRefused
        /// The safety guard refused what was to be shown.
        case guardRefused
        /// The connection to the centre was lost.
        case linkLost
        /// The clock was set, or stood still.
        case clockJumped
        /// The lamps could not be driven.
        case driverFailed
        /// The lamps can be driven again.
        case driverRecovered
        /// A group was red for longer than a lease may keep it.
        case groupStarved
        /// The fallback programme took over.
        case fallbackBegan
        /// The disk took no lease; after a restart the controller will not know it.
        case storageFailed
        /// Messages were dropped because the centre did not take them; the detail says how many.
        case messagesDropped
    }

    /// What happened.
    public var event: Event
    /// When, s of network time.
    public var time: Double
    /// More of it, for people.
    public var detail: String

    /// States what happened.
    public init(event: Event, time: Double, detail: String = "") {
        self.event = event
        self.time = time
        self.detail = detail
    }

    private enum CodingKeys: String, CodingKey {
        case event, detail
        case time = "time_s"
    }
}
