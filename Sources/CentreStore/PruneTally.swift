/// What retention has removed for good.
public struct PruneTally: Equatable, Sendable {
    /// Readings.
    public var readings = 0
    /// Events, acknowledged or not.
    public var events = 0
    /// Alarms among them that nobody had acknowledged.
    public var openAlarms = 0
    /// Leases.
    public var leases = 0
    /// Proposals that were rejected or released.
    public var proposals = 0

    /// Nothing was removed yet.
    public init() {}
}
