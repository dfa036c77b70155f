/// One second, by both clocks of a controller.
public struct EdgeTime: Equatable, Sendable {
    /// Seconds on a clock that nobody sets and that never stands still, such as that since the start of the machine.
    public var uptime: Int
    /// Seconds of network time, by a clock that may be set.
    public var network: Int

    /// Reads both clocks.
    public init(uptime: Int, network: Int) {
        self.uptime = uptime
        self.network = network
    }
}
