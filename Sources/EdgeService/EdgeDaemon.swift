import ControllerLink
import EdgeControl
import Formats
import Foundation
import Logging
import SignalModel

/// One controller with its own clock, lamps, disk, detectors and link.
public struct EdgeDaemon: Sendable {
    private let configuration: EdgeConfiguration
    private let runner: EdgeRunner
    private let security: TransportSecurity?
    private let log: Logger

    /// Readies a controller.
    ///
    /// - Parameter law: What it follows while it has no lease; the fallback programme alone without it.
    /// - Throws: ``FormatError`` or ``EdgeSettingsError`` where it cannot be run as configured.
    public init(_ configuration: EdgeConfiguration, law: (any LocalLaw)? = nil, log: Logger) throws {
        let settings = try configuration.settings()
        let store = configuration.state.map { EdgeStore(path: $0) }
        security = try configuration.security { log.error("certificates were not renewed: \($0)") }
        self.configuration = configuration
        self.log = log
        let driver = LineLampDriver(path: configuration.lamps.path, junction: settings.junction)
        runner = try EdgeRunner(
            settings, driver: driver, law: law, store: store, network: Self.networkTime(), log: log)
    }

    /// Runs until the task is cancelled.
    public func run() async throws {
        await withTaskGroup { group in
            group.addTask { await tick() }
            if let centre = configuration.centre {
                group.addTask {
                    await runner.keepConnected(
                        host: centre.host ?? "127.0.0.1", port: centre.port, security: security)
                }
            }
            if let detectors = configuration.detectors {
                group.addTask { await listen(at: detectors) }
            }
        }
    }

    /// Steps once a second, on whole seconds of network time as they were at the start.
    private func tick() async {
        let clock = ContinuousClock()
        let now = Date().timeIntervalSince1970
        let start = clock.now + .seconds(now.rounded(.up) - now)
        var next = 0
        while !Task.isCancelled {
            try? await clock.sleep(until: start + .seconds(next), tolerance: .milliseconds(5))
            guard !Task.isCancelled else { return }
            // Seconds that were slept through are not made up for.
            let late = Int((clock.now - start) / .seconds(1))
            next = max(next, late)
            await runner.step(at: EdgeTime(uptime: next, network: Self.networkTime()))
            next += 1
        }
    }

    /// Takes readings of detectors; where nobody can listen, it tries again.
    private func listen(at address: EdgeConfiguration.Address) async {
        while !Task.isCancelled {
            do {
                try await ReadingListener.run(host: address.host ?? "127.0.0.1", port: address.port) { reading in
                    await runner.measured([reading])
                }
            } catch {
                if !Task.isCancelled { log.error("no readings of detectors: \(error)") }
            }
            try? await Task.sleep(for: Self.listeningPause)
        }
    }

    /// Time until it tries again to listen.
    private static let listeningPause = Duration.seconds(10)

    /// Network time of a live street: seconds since 1970 UTC, the nearest whole one.
    public static func networkTime() -> Int { Int(Date().timeIntervalSince1970.rounded()) }
}
