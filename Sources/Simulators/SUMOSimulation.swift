/// One run of SUMO: what it simulates, and how it is started.
public struct SUMOSimulation: Sendable {
    /// Path of SUMO's own program, not of a script that starts it: that would outlive a kill.
    public var executable: String
    /// Path of the network file.
    public var network: String
    /// Paths of route files.
    public var routes: [String]
    /// Paths of additional files.
    public var additional: [String]
    /// When the simulation begins, s.
    public var begin: Double
    /// When the simulation, or the control of it, ends, s; what has not arrived by then stays unfinished.
    public var end: Double
    /// Seed of SUMO's random numbers.
    public var seed: Int
    /// Length of a step, s.
    public var stepLength = 1.0
    /// Further options, such as outputs.
    public var arguments: [String]
    /// The whole environment of the process; see ``environment(of:)``.
    public var environment: [String: String]

    /// A run with the environment that belongs to the program.
    public init(
        executable: String, network: String, routes: [String], additional: [String] = [], begin: Double, end: Double,
        seed: Int, arguments: [String] = []
    ) {
        self.executable = executable
        self.network = network
        self.routes = routes
        self.additional = additional
        self.begin = begin
        self.end = end
        self.seed = seed
        self.arguments = arguments
        environment = Self.environment(of: executable)
    }

    /// The environment that SUMO is started in unless told otherwise: the same wherever it is started from.
    ///
    /// With one seed SUMO 1.28 can run differently by how many environment variables there are (seen with cologne1:
    /// two outcomes, one for even and one for odd numbers). These are the variables that a start through the Python
    /// package's script hands on when the script has none but `PATH` and `LANG`, so that both give the same run.
    public static func environment(of executable: String) -> [String: String] {
        // The program lies in SUMO_HOME/bin.
        let parts = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        let home = parts.joined(separator: "/")
        let projections = home + "/data/proj"
        return [
            "PATH": "/bin:/usr/bin", "LANG": "C.UTF-8", "SUMO_HOME": home, "PROJ_LIB": projections,
            "PROJ_DATA": projections,
        ]
    }

    /// The options of a run that nobody drives.
    var options: [String] {
        var line = ["-n", network, "-r", routes.joined(separator: ",")]
        if !additional.isEmpty { line += ["-a", additional.joined(separator: ",")] }
        line += [
            "-b", Self.text(begin), "-e", Self.text(end), "--seed", String(seed), "--step-length",
            Self.text(stepLength), "--time-to-teleport", "-1", "--no-step-log", "--no-warnings",
        ]
        return line + arguments
    }

    /// The options of a run that is driven over TraCI.
    ///
    /// - Parameters:
    ///   - port: Where SUMO listens.
    ///   - token: A word that SUMO can be asked for, to know it from another that has taken the port.
    func commandLine(port: Int, token: String) -> [String] {
        options + ["--remote-port", String(port), "--\(Self.tokenOption)", token]
    }

    /// An option that takes any word and does nothing in a run that loads no state.
    static let tokenOption = "load-state.remove-vehicles"

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
