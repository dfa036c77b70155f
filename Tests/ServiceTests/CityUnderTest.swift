import CentreStore
import ControllerLink
import Crypto
import EdgeControl
import EdgeService
import Formats
import Foundation
import FoundationNetworking
import Logging
import PrometheusMetrics
import SignalModel
import TestSupport

@testable import Service

/// A centre of the small network as its configuration file starts it, whose time is that of its controller.
struct CityUnderTest: Sendable {
    /// What the HTTP interface answered.
    struct Answer {
        var status: Int
        var body: Data

        /// The body as JSON.
        var json: Any { (try? JSONSerialization.jsonObject(with: body, options: .fragmentsAllowed)) ?? NSNull() }
        var text: String { String(decoding: body, as: UTF8.self) }
        subscript(key: String) -> Any? { (json as? [String: Any])?[key] }
    }

    let folder: String

    init(_ network: Network = SmallNetwork.network) throws {
        folder = FileManager.default.temporaryDirectory.path + "/greenband-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try JSONDocument.encode(network).write(to: URL(fileURLWithPath: folder + "/network.json"))
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    var store: String { folder + "/centre.sqlite" }

    /// The configuration, with more of it.
    func configure(_ more: String = "", clock: String = "street") throws -> CityConfiguration {
        let people = Role.allCases.map { role in
            "  - {name: \(role.rawValue), role: \(role.rawValue), token_sha256: \(Self.digest(of: role.rawValue))}"
        }
        try """
        version: 1
        network: network.json
        store: centre.sqlite
        clock: \(clock)
        edges: {port: 0}
        http: {port: 0}
        feed: {port: 0, sources: [{name: roadside, token_sha256: \(Self.digest(of: "roadside"))}]}
        people:
        \(people.joined(separator: "\n"))
        \(more)
        """.write(toFile: folder + "/city.yaml", atomically: true, encoding: .utf8)
        return try CityConfiguration.read(folder + "/city.yaml")
    }

    static func digest(of secret: String) -> String {
        SHA256.hash(data: Data(secret.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    /// Runs a closure while the centre runs.
    func running<Value: Sendable>(
        _ more: String = "", clock: String = "street",
        _ body: @Sendable @escaping (CityService.Ports, CityService) async throws -> Value
    ) async throws -> Value {
        let service = try CityService(
            configure(more, clock: clock), metrics: PrometheusRegistry(),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ready, announcement) = AsyncStream<CityService.Ports>.makeStream()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { announcement.finish() }
                try await service.run { announcement.yield($0) }
                return nil
            }
            group.addTask {
                for await ports in ready { return try await body(ports, service) }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// Asks the HTTP interface, as somebody with a role.
    static func ask(
        _ ports: CityService.Ports, _ path: String, as role: String? = nil, method: String = "GET", body: Data? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: URL(string: "http://127.0.0.1:\(ports.http!)\(path)")!)
        request.httpMethod = method
        request.httpBody = body
        request.timeoutInterval = 20
        if let role { request.setValue("Bearer \(role)", forHTTPHeaderField: "Authorization") }
        let (data, response) = try await URLSession.shared.data(for: request)
        return Answer(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data)
    }
}

/// The controller of a junction, that of the small network if nothing is said, whose seconds pass when a test says so.
actor EdgeOfCity {
    struct Lamps: LampDriver {
        func show(_ aspects: [LampAspect], at time: Double) {}
    }

    let runner: EdgeRunner
    private(set) var time: Int
    private var uptime = 0

    init(
        time: Int = 100_000, junction: Junction = SmallNetwork.junction, lamps: any LampDriver = Lamps()
    ) throws {
        var settings = EdgeSettings(
            junction: junction, fallback: [.init(plan: junction.programs[0].plan)])
        settings.start = .emptyStreet
        self.time = time
        runner = try EdgeRunner(
            settings, driver: lamps, network: time, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Lets a second pass, with what detectors measured in it, and waits until the centre has taken it.
    @discardableResult
    func step(_ readings: [DetectorReading] = []) async -> EdgeMessage.Status {
        await runner.measured(readings)
        let status = await runner.step(at: EdgeTime(uptime: uptime, network: time))
        (time, uptime) = (time + 1, uptime + 1)
        await runner.waitForCentre()
        return status
    }

    /// Lets seconds pass until the controller runs something.
    func step(until running: RunningContent, atMost seconds: Int = 400) async -> Bool {
        for _ in 0..<seconds where await step().running == running { return true }
        return false
    }

    /// Runs a closure while the controller keeps connected.
    func connected<Value: Sendable>(
        to port: Int, _ body: @Sendable @escaping () async throws -> Value
    ) async throws -> Value {
        let runner = runner
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                await runner.keepConnected(host: "127.0.0.1", port: port, limits: .simulated)
                return nil
            }
            group.addTask {
                await runner.waitForConnection()
                return try await body()
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}
