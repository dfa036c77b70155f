import CentreStore
import ControllerLink
import EdgeService
import Foundation
import SignalModel
import StageControl
import Synchronization
import TestSupport

@testable import Service

/// Two junctions with their controllers on real sockets, which do what a test in the browser asks for.
actor StreetOfRoom {
    /// What came of it.
    struct Outcome: Encodable {
        /// Just before it happened, s since 1970.
        var at = Date().timeIntervalSince1970
        /// The proposal that was made.
        var id: Int?
        /// Seconds of the cycle at which the main road of J turned green in the last minutes.
        var greens: [Int]?
        /// Plans that J was leased so far, by their offset.
        var offsets: [Double]?
        /// What J runs.
        var running: String?
    }

    /// Lamps that remember when the first group turned green, and fail when they are told to.
    final class Lamps: LampDriver {
        struct Failure: Error, CustomStringConvertible { let description = "no current" }

        private let state = Mutex((isFailing: false, last: LampAspect.red, greens: [Int]()))

        func show(_ aspects: [LampAspect], at time: Double) throws {
            try state.withLock { state in
                guard !state.isFailing else { throw Failure() }
                if aspects[0] == .green, state.last != .green { state.greens.append(Int(time)) }
                state.last = aspects[0]
            }
        }

        func fail() { state.withLock { $0.isFailing = true } }
        /// The times since the last call at which the first group turned green, s of network time.
        func takeGreens() -> [Int] {
            state.withLock { state in
                defer { state.greens = [] }
                return state.greens
            }
        }
    }

    struct Unknown: Error { let what: String }

    private let ports: CityService.Ports
    private let centre: CityCentre
    private let lamps = Lamps()
    private let first: EdgeOfCity
    private let second: EdgeOfCity
    private var secondCall: Task<Void, Never>?
    private var generator = SplitMix64(seed: 7)

    init(_ ports: CityService.Ports, _ centre: CityCentre) throws {
        (self.ports, self.centre) = (ports, centre)
        first = try EdgeOfCity(junction: NetworkOfTwo.network.junctions[0], lamps: lamps)
        second = try EdgeOfCity(junction: NetworkOfTwo.network.junctions[1])
    }

    /// Keeps both controllers connected while a closure runs.
    static func running<Value: Sendable>(
        _ ports: CityService.Ports, _ centre: CityCentre,
        _ body: @Sendable @escaping (StreetOfRoom) async throws -> Value
    ) async throws -> Value {
        let street = try StreetOfRoom(ports, centre)
        return try await street.first.connected(to: ports.edges!) {
            try await street.call()
            let value = try await body(street)
            await street.hangUp()
            return value
        }
    }

    /// Does what is asked for.
    func perform(_ what: String) async throws -> Outcome {
        var outcome = Outcome()
        switch what {
        case "count": await pass(700)
        case "run": await pass(30)
        case "call":
            try await call()
            await pass(200)
        case "hang up": await hangUp()
        case "fail lamps":
            lamps.fail()
            await first.step()
        case "silence":
            // Its happening is the second in which it has been silent for as long as a detector may be.
            for _ in 0..<115 { await pass(1, without: "WC in") }
            while await centre.health().soundDetectors == 4 {
                outcome.at = Date().timeIntervalSince1970
                await pass(1, without: "WC in")
            }
        case "cut":
            // Its happening is the second in which nothing has come for as long as a controller may say nothing.
            await passAtFirst(5)
            outcome.at = Date().timeIntervalSince1970
            await passAtFirst(1)
        case "steer": await steer()
        case "propose": outcome.id = try await propose()
        case "watch", "fallback":
            await pass(200)
            _ = lamps.takeGreens()
            await pass(240)
            outcome.greens = lamps.takeGreens().map { $0 % 60 }
            outcome.offsets = try leasedOffsets()
            outcome.running = await first.step().running.rawValue
        default: throw Unknown(what: what)
        }
        return outcome
    }

    /// Lets seconds pass at both controllers, with vehicles that come by chance.
    private func pass(_ seconds: Int, without silent: DetectorID? = nil) async {
        for _ in 0..<seconds {
            for (number, edge) in [first, second].enumerated() where number == 0 || secondCall != nil {
                let start = Double(await edge.time) - 1
                let detectors = NetworkOfTwo.network.detectors[(2 * number)..<(2 * number + 2)].map(\.id)
                await edge.step(
                    detectors.filter { $0 != silent }.map { id in
                        let count = Double.random(in: 0..<1, using: &generator) < 0.15 ? 1.0 : 0
                        return DetectorReading(detector: id, start: start, length: 1, count: count)
                    })
            }
        }
    }

    /// Lets seconds pass at one controller, as if nothing came over the other one's wire.
    private func passAtFirst(_ seconds: Int) async { for _ in 0..<seconds { await first.step() } }

    /// Lets seconds pass at J, on whose loops nobody is but one who stands at the side road.
    private func steer() async {
        for _ in 0..<60 {
            let start = Double(await first.time) - 1
            await first.step(
                NetworkOfTwo.loops.map { loop in
                    let isThere = loop.id.text.hasPrefix("SC_0/loop/97")
                    return DetectorReading(
                        detector: loop.id, start: start, length: 1, count: 0, occupancy: isThere ? 1 : 0,
                        isPresent: isThere)
                })
        }
    }

    private func call() async throws {
        let (second, port) = (second, ports.edges!)
        secondCall = Task {
            await second.runner.keepConnected(host: "127.0.0.1", port: port, limits: .simulated)
        }
        await second.runner.waitForConnection()
    }

    private func hangUp() async {
        secondCall?.cancel()
        await secondCall?.value
        secondCall = nil
    }

    /// Has the centre propose the other plan, as its own search would.
    private func propose() async throws -> Int {
        let id = try centre.store.propose(
            .init(
                district: "west", origin: .optimiser,
                plan: CentreJSON.text(Plan(network: "small", name: "trial", junctions: [PlanOfCity.other])),
                delayBefore: 20.25, delayAfter: 15.75, time: 100_000,
                reason: "splits moved at 1 junctions: saves 140 vehicle-seconds, the change costs 20"))
        await centre.changedRecords()
        return id
    }

    private func leasedOffsets() throws -> [Double] {
        struct Content: Decodable {
            struct Timing: Decodable {
                var offset: Double
                enum CodingKeys: String, CodingKey { case offset = "offset_s" }
            }
            var plan: Timing?
        }
        let leases = try centre.store.leases(junction: "J", limit: 10_000)
        return Set(
            leases.compactMap { try? JSONDecoder().decode(Content.self, from: Data($0.content.utf8)).plan?.offset }
        ).sorted()
    }
}

/// The small network twice, side by side: the second with K for J, and names that end in 2.
enum NetworkOfTwo {
    /// Loops for control of the second at J.
    static let loops = SmallNetwork.network.detectorsForControl()

    /// The same with the loops.
    static var steered: Network {
        var network = network
        network.detectors += loops
        return network
    }

    static let network: Network = {
        var network = SmallNetwork.network
        let names = [
            "W", "C", "E", "S", "WC", "SC", "CE", "WC_0", "SC_0", "CE_0", "WC>CE", "SC>CE", "WC in", "WC stop",
        ]
        guard var text = try? String(decoding: JSONEncoder().encode(network), as: UTF8.self) else {
            preconditionFailure("a network is JSON")
        }
        text = text.replacingOccurrences(of: "\"J\"", with: "\"K\"")
        for name in names { text = text.replacingOccurrences(of: "\"\(name)\"", with: "\"\(name)2\"") }
        guard var other = try? JSONDecoder().decode(Network.self, from: Data(text.utf8)) else {
            preconditionFailure("the network is one with other names, too")
        }
        for number in other.nodes.indices { other.nodes[number].position.x += 300 }
        network.nodes += other.nodes
        network.links += other.links
        network.movements += other.movements
        network.junctions += other.junctions
        network.detectors += other.detectors
        // Shapes of the small network are not where its nodes are.
        for number in network.links.indices { network.links[number].shape = [] }
        return network
    }()
}
