/// A network and its traffic for SUMO, and the window that is simulated.
public struct SUMOScenario: Sendable {
    /// Path of the network, `.net.xml` or `.net.xml.gz`.
    public var net: String
    /// Path of the vehicles with their routes.
    public var routes: String
    /// Start of the window, s.
    public var begin: Double
    /// End of the window, s.
    public var end: Double

    /// Names the files and the window.
    public init(net: String, routes: String, begin: Double, end: Double) {
        self.net = net
        self.routes = routes
        self.begin = begin
        self.end = end
    }

    /// Which delay is counted, and over which vehicles.
    public static let definition =
        "total delay over every vehicle scheduled in the window: time lost on the way and departure delay of one that "
        + "entered, arrived or not; time from scheduled departure to the end of the window of one that never did; no "
        + "teleporting, steps of 1 s"
}
