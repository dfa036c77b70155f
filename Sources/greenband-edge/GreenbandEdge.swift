import ArgumentParser
import EdgeControl
import EdgeService
import AdaptiveControl
import Formats
import Foundation
import Logging
import ServiceLifecycle
import StageControl

@main
struct GreenbandEdge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "greenband-edge",
        abstract: "Runs signal controllers: leases of a centre while they last, the fallback programme otherwise.",
        discussion: """
            Example: greenband-edge JUNCTION.yaml

              version: 1
              junction: J                       # of the network
              network: network.json             # with the junction's rules
              fallback:                         # plans by local time
                - {from: "00:00", plan: night.json}
                - {from: "06:00", plan: day.json}
              timeZone_min: 60
              lamps: {path: lamps.jsonl}        # a line every second: file, pipe or device
              state: state.json                 # keeps the lease over a restart
              centre:
                host: centre.example            # 127.0.0.1 unless stated
                port: 7400
                tls:                            # PEM; the key for its owner alone (chmod 600)
                  {authority: authority.pem, certificate: J.pem, key: J.key, name: centre.example}
              detectors: {port: 7500}           # listens there for readings, a line of JSON each
              localControl: true                # without a lease: second by second, by its detectors for control

            Exit codes: 0 ended in order; 64 wrong usage; 65 bad data.
            """,
        version: "0.1.0")

    @Argument(help: "Configurations (YAML), one for each controller.") var files: [String]
    @Flag(help: "Read everything, say what is wrong, and start nothing.") var check = false

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        let log = Logger(label: "greenband-edge")
        // A pipe whose reader has gone is an error of the lamps, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        var daemons: [EdgeDaemon] = []
        do {
            for file in files {
                let configuration = try EdgeConfiguration.read(file)
                daemons.append(try EdgeDaemon(configuration, law: law(configuration), log: log))
            }
        } catch let error as FormatError {
            throw fail(error.description)
        } catch let error as EdgeSettingsError {
            throw fail(error.description)
        } catch let error as AdaptiveError {
            throw fail(error.description)
        }
        guard !check else { return }
        let group = ServiceGroup(
            services: daemons.map { ControllerService(daemon: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: log)
        try await group.run()
    }

    /// What the controller follows by itself, where it is to.
    private func law(_ configuration: EdgeConfiguration) throws -> LoopControl? {
        guard configuration.isLocal ?? false else { return nil }
        let (network, junction) = try configuration.place()
        return try ControllableNetwork(network, junctions: [junction.id]).control(
            of: junction.id, greatestRed: configuration.leases?.greatestRed ?? EdgeSettings.usualGreatestRed,
            time: EdgeDaemon.networkTime())
    }

    private func fail(_ message: String) -> ExitCode {
        FileHandle.standardError.write(Data("greenband-edge: \(message)\n".utf8))
        return ExitCode(65)
    }
}

/// A controller under the lifecycle of the process.
private struct ControllerService: Service {
    let daemon: EdgeDaemon

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await daemon.run() }
    }
}
