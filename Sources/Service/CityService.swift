import CentreStore
import ControllerLink
import Formats
import Foundation
import Logging
import NIOCore
import NIOPosix
import PrometheusMetrics
import SignalModel

/// The centre of a city with all its sockets: controllers, feeds, people.
public struct CityService: Sendable {
    /// Where it listens; a port of 0 in the configuration has become the one that was free.
    public struct Ports: Codable, Sendable {
        /// Ports of controllers, feeds and people; nil for what is not configured.
        public var edges, feed, http: Int?
    }

    let configuration: CityConfiguration
    let centre: CityCentre
    let metrics: PrometheusRegistry
    let log: Logger

    /// Reads all that a configuration names, and opens the store.
    ///
    /// - Throws: `FormatError`, `StoreError` or ``CentreError``, before anything listens.
    public init(_ configuration: CityConfiguration, metrics: PrometheusRegistry, log: Logger) throws {
        self.configuration = configuration
        self.metrics = metrics
        self.log = log
        try Self.checkCertificates(of: configuration)
        let network = try JSONDocument.read(Network.self, from: configuration.network)
        let given = try configuration.plan.map { path throws(FormatError) in
            try JSONDocument.read(Plan.self, from: path, for: network)
        }
        guard let plan = given ?? network.presentPlan else { throw CentreError.noPlan }
        centre = try CityCentre(
            network: network, plan: plan, isSought: given != nil, settings: CentreSettings(configuration),
            store: CentreStore(path: configuration.store), log: log, clock: Self.systemTime)
    }

    /// Seconds since 1970 UTC.
    public static let systemTime: @Sendable () -> Double = { Date().timeIntervalSince1970 }

    /// Listens until the task is cancelled.
    ///
    /// - Parameter ready: Called once all sockets listen.
    /// - Throws: Why it cannot listen.
    public func run(ready: @Sendable @escaping (Ports) -> Void) async throws {
        do {
            try await listen(ready)
        } catch let error as IOError {
            throw CentreError.cannotListen(error.description)
        } catch let error as NIOConnectionError {
            throw CentreError.cannotListen("\(error)")
        } catch let error as SocketAddressError {
            throw CentreError.cannotListen("\(error)")
        }
    }

    private func listen(_ ready: @Sendable @escaping (Ports) -> Void) async throws {
        try await listenForEdges { edges in
            try await listenForFeeds { feed in
                try await answerPeople { http in
                    log.notice(
                        "the centre listens",
                        metadata: [
                            "edges": "\(edges)", "feed": "\(feed ?? 0)", "http": "\(http ?? 0)",
                        ])
                    ready(Ports(edges: edges, feed: feed, http: http))
                    try await withThrowingDiscardingTaskGroup { group in
                        group.addTask { try await keepTime() }
                        group.addTask { try await keepHouse() }
                    }
                }
            }
        }
    }

    /// Renews leases and decides on plans, whether or not anybody calls.
    private func keepTime() async throws {
        let clock = ContinuousClock()
        var next = clock.now
        while true {
            next += .milliseconds(250)
            try await clock.sleep(until: next, tolerance: .milliseconds(20))
            await centre.lookForSilence()
            await centre.tick()
        }
    }

    /// Drops what is older than it is to be kept, and copies the store.
    private func keepHouse() async throws {
        var lastCopy = ContinuousClock.now
        while true {
            try await Task.sleep(for: .seconds(60))
            await centre.prune(
                readings: (configuration.retention?.readings ?? 48) * 3600,
                events: (configuration.retention?.events ?? 90) * 86400)
            guard let backup = configuration.backup,
                ContinuousClock.now - lastCopy >= .seconds((backup.every ?? 24) * 3600)
            else { continue }
            lastCopy = .now
            await centre.copyStore(to: backup.path)
        }
    }
}
