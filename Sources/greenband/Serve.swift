import ArgumentParser
import CentreStore
import ControllerLink
import Formats
import Foundation
import Logging
import Metrics
import PrometheusMetrics
import Service
import ServiceLifecycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the centre of a city: takes readings, decides on plans, and leases them to controllers.",
        discussion: """
            Examples:
              greenband serve city.yaml
              greenband serve city.yaml --check

            The configuration names the network, the store, where to listen, who may ask, and how plans follow demand. \
            Nothing listens beyond the loopback without certificates. Once everything listens, one line of JSON on \
            standard output tells the ports; the log goes to standard error. SIGTERM and SIGINT end it in order.
            """)

    @Argument(help: "The configuration (YAML).") var configuration: String
    @Flag(help: "Read everything that the configuration names, and end.") var check = false
    @Option(help: "Least grave messages that are logged: debug, info, notice, warning or error.")
    var logLevel = Logger.Level.notice

    func run() async throws {
        try await reportingErrors {
            let level = logLevel
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = level
                return handler
            }
            let log = Logger(label: "greenband.serve")
            let metrics = PrometheusRegistry()
            MetricsSystem.bootstrap(metrics)
            do {
                let service = try CityService(CityConfiguration.read(configuration), metrics: metrics, log: log)
                guard !check else { return }
                openAsManySocketsAsAllowed()
                let group = ServiceGroup(
                    services: [CentreProcess(service: service)], gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: log)
                try await group.run()
            } catch let error as StoreError {
                throw fail(.badData, error.description)
            } catch let error as CentreError {
                throw fail(.badData, "\(configuration): \(error)")
            } catch let error as LinkError {
                throw fail(.badData, "\(configuration): \(error)")
            } catch let error as CertificateError {
                throw fail(.badData, "\(configuration): \(error)")
            }
        }
    }
}

/// Raises the limit on descriptors to what the system allows: every controller, feed and person holds one.
private func openAsManySocketsAsAllowed() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// The centre under the lifecycle of the process.
private struct CentreProcess: ServiceLifecycle.Service {
    let service: CityService

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await service.run { ports in
                    try? printJSON(ports)
                    // Who waits for the ports reads a pipe.
                    fflush(nil)
                }
            } catch is CancellationError {
            }
        }
    }
}
