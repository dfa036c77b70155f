import ArgumentParser
import CentreStore
import Comparison
import ControllerLink
import EdgeControl
import Formats
import Foundation
import LiveStreet
import Logging
import SafetyGuard
import Service
import SignalModel
import Simulators
import StageControl

struct StreetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "street",
        abstract: "Runs a street in SUMO with a controller at every signal, as they would stand in the field.",
        discussion: """
            Examples:
              greenband street --net town.net.xml --routes town.rou.xml --begin 25200 --end 28800
              greenband street --net town.net.xml --routes town.rou.xml --begin 25200 --end 28800 --control plan \
            --plan plan.json --seed 3 --json
              greenband street --net town.net.xml --routes town.rou.xml --begin 25200 --end 28800 --control adaptive
              greenband street --net town.net.xml --routes town.rou.xml --begin 25200 --end 28800 --centre \
            127.0.0.1:7400 --pace 20

            Controllers judge every second themselves before SUMO shows it. With --control fallback they run the network's \
            own programs, without a centre. With --control plan a centre leases them a plan over sockets of the loopback, \
            and gets what SUMO's induction loops count. With --control adaptive it leases them one stage after another, \
            second by second, as loops before the stop lines tell of vehicles. With --control local they do that \
            themselves, without a centre. With --control following a centre lets the plan follow what loops count, \
            beginning with --plan or the network's own programs. With --centre the controllers call a centre that \
            runs elsewhere, such as `greenband serve` with `clock: street`, and run their own programs without it, \
            or, with --control local, themselves.

            The last line on standard output is one JSON object; its total_delay is in seconds per scheduled vehicle.
            """)

    enum Control: String, ExpressibleByArgument, CaseIterable { case fallback, plan, following, adaptive, local }

    @Option(help: "SUMO's network.") var net: String
    @Option(help: "SUMO's vehicles and their routes.") var routes: String
    @Option(help: "What controls the signals: \(Control.allCases.map(\.rawValue).joined(separator: ", ")).")
    var control = Control.fallback
    @Option(help: "The plan (JSON) for --control plan, or to begin with for --control following.") var plan: String?
    @Option(help: "A centre that runs elsewhere, as HOST:PORT.", transform: CentreAddress.init) var centre:
        CentreAddress?
    @Option(help: "Start of the window, s.") var begin: Double
    @Option(help: "End of the window, s.") var end: Double
    @Option(help: "Seed of SUMO's drivers.") var seed: UInt64 = 1
    @Option(help: "Where SUMO's account of every trip goes (XML).") var tripinfo: String?
    @Option(help: "SUMO's folder, with bin and tools; SUMO_HOME without it.") var sumoHome: String?
    @Option(help: "Simulated seconds that pass in one second; as many as can without it.") var pace: Double?
    @Flag(help: "Have a simulated second take one.") var realTime = false
    @Option(help: "Where a line of JSON goes for every second: how many controllers ran what.") var trace: String?
    @Flag(help: "Print the JSON object alone.") var json = false

    func validate() throws {
        try checkSimulatedWindow(begin: begin, end: end)
        guard seed <= 1_000_000_000 else { throw ValidationError("--seed: expected at most 1000000000") }
        guard control != .plan || plan != nil else { throw ValidationError("--control plan needs --plan") }
        guard plan == nil || control == .plan || control == .following else {
            throw ValidationError("--plan needs --control plan or following")
        }
        guard centre == nil || control == .fallback || control == .local else {
            throw ValidationError("--centre needs --control fallback or local: what the controllers do without it")
        }
        guard pace.map({ $0 > 0 && $0 <= 1e6 }) ?? true, pace == nil || !realTime else {
            throw ValidationError("expected --pace above 0, or --real-time")
        }
    }

    func run() async throws {
        try await reportingErrors {
            try AtomicFile.check([tripinfo, trace].compactMap { $0 })
            var network = try SUMONetworkReader.read(network: net, vehicleTypes: routes).network
            if control == .adaptive || control == .local {
                // A centre that runs elsewhere counts too.
                if centre == nil { network.detectors = [] }
                network.detectors += network.detectorsForControl()
            }
            let plan = try self.plan.map { path throws(FormatError) in try readPlan(path, for: network) }
            if let plan { try judge(plan, in: network) }
            let installation = try await SUMOInstallation.find(home: sumoHome)
            let scenario = SUMOScenario(net: net, routes: routes, begin: begin, end: end)
            var log = Logger(label: "greenband.street") { StreamLogHandler.standardError(label: $0) }
            log.logLevel = .warning
            var street = StreetRun(
                network: network,
                runner: SUMORunner(installation: installation, scenario: scenario, network: network), log: log)
            street.pace = realTime ? 1 : pace
            if control == .local { street.law = Self.law(in: network, at: Int(begin)) }
            if let path = trace {
                let trace = try StreetTrace(path)
                street.watch = { trace.add($0, $1) }
            }
            let folder = FileManager.default.temporaryDirectory.path + "/greenband-\(UUID().uuidString)"
            try OutputFolder.make(folder)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let clock = StreetClock(begin)
            let leasing = try self.leasing(plan, network, clock, folder, log)
            let outcome: StreetRun.Outcome
            do {
                outcome = try await street.run(
                    centre: leasing.centre, clock: clock, seed: seed, in: folder, trips: tripinfo)
            } catch let error as EdgeSettingsError {
                throw fail(.badData, "\(net): \(error)")
            }
            let tally = await leasing.tally()
            if !json { try show(outcome, tally, network) }
            let name = centre == nil ? control.rawValue : "centre"
            try printLine(StreetFigures(outcome, tally, control: name, seed: seed).line())
        }
    }

    /// Who issues leases, and what it has heard afterwards.
    private func leasing(
        _ plan: Plan?, _ network: Network, _ clock: StreetClock, _ folder: String, _ log: Logger
    ) throws -> (centre: StreetRun.Centre, tally: @Sendable () async -> StreetTally?) {
        if let centre { return (.elsewhere(host: centre.host, port: centre.port), { nil }) }
        switch control {
        case .fallback, .local: return (.none, { nil })
        case .plan:
            let centre = PlanCentre(plan: plan!, clock: clock)
            return (.own(centre), { StreetTally(await centre.tally) })
        case .following, .adaptive:
            guard let start = plan ?? network.presentPlan else {
                throw fail(.badData, "\(net): a junction has no program to begin with; give --plan")
            }
            var settings = CentreSettings()
            settings.clock = .street
            if control == .adaptive {
                settings.control = .init()
            } else {
                settings.adaptation = .init()
                settings.adaptation?.deadline = nil
            }
            let centre = try CityCentre(
                network: network, plan: start, isSought: plan != nil, settings: settings,
                store: CentreStore(path: folder + "/centre.sqlite"),
                log: log, clock: { clock.time }, start: begin)
            return (.own(centre), { StreetTally(await centre.tally()) })
        }
    }

    /// What each controller follows by itself.
    private static func law(in network: Network, at begin: Int) -> @Sendable (Junction) throws -> LoopControl? {
        let controllable = ControllableNetwork(network)
        // Where the law cannot be followed the fallback programme runs.
        return { try? controllable.control(of: $0.id, time: begin) }
    }

    private func judge(_ plan: Plan, in network: Network) throws {
        let violations = SafetyGuard.violations(of: plan, in: network)
        guard violations.isEmpty else {
            throw fail(
                .violations, "\(self.plan ?? ""): " + violations.prefix(20).map(\.description).joined(separator: "\n  ")
            )
        }
    }

    private func show(_ outcome: StreetRun.Outcome, _ tally: StreetTally?, _ network: Network) throws {
        let figures = outcome.figures
        var lines = [
            "\(network.junctions.count) controllers, \(Int(end - begin)) s, \(SUMOScenario.definition)",
            "total delay \(String(format: "%.2f", figures.delay)) s for each of \(Int(figures.vehicles)) vehicles",
        ]
        for (kind, seconds) in outcome.seconds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("seconds under \(kind.rawValue), all controllers: \(seconds)")
        }
        if let tally {
            lines.append(
                "leases accepted \(tally.acceptedLeases), refused \(tally.refusedLeases); readings \(tally.readings)")
            lines += tally.refusals.map { "refused: \($0)" }
        }
        try printLines(lines)
    }
}
