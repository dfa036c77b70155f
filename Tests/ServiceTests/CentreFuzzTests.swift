import ControllerLink
import Foundation
import Formats
import SignalModel
import StageControl
import TestSupport
import Testing

@testable import Service

@Suite("A centre whose controller says anything")
struct CentreFuzzTests {
    /// Messages in all; `GREENBAND_FUZZ` asks for more, such as 1000000.
    private static let count = ProcessInfo.processInfo.environment["GREENBAND_FUZZ"].flatMap(Int.init) ?? 10_000

    /// Sends messages as fast as they are acknowledged.
    private actor Caller: EdgeClient.Receiver {
        private var random: SplitMix64
        private let detectors: [DetectorID]
        private var sender: LinkSender<EdgeMessage>?
        private(set) var sent = 0
        private var unacknowledged = 0
        private var time = 100_000.0
        private var sequence = 0

        init(seed: UInt64, detectors: [DetectorID]) {
            random = SplitMix64(seed: seed)
            self.detectors = detectors
        }

        func connected(_ sender: LinkSender<EdgeMessage>, _ welcome: CentreMessage.Welcome) {
            self.sender = sender
            unacknowledged = 0
            send(50)
        }

        func received(_ message: CentreMessage) {
            switch message {
            case .lease(let lease): sequence = lease.sequence
            // The hello is the first message of the connection.
            case .acknowledge(let acknowledgement) where acknowledgement.number >= unacknowledged: send(50)
            case .acknowledge, .welcome, .heartbeat, .goodbye: break
            }
        }

        func isDone(at count: Int) -> Bool { sent >= count }

        private func send(_ count: Int) {
            for _ in 0..<count {
                guard sender?.send(message()) ?? false else { return }
                sent += 1
                unacknowledged += 1
            }
        }

        private func message() -> EdgeMessage {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                time += random.chance(0.9) ? 1 : number()
                let aspects = (0..<(random.chance(0.9) ? 3 : Int.random(in: 0...70, using: &random))).map { _ in
                    LampAspect.allCases.randomElement(using: &random)!
                }
                return .status(
                    .init(
                        time: time, running: RunningContent.allCases.randomElement(using: &random)!,
                        lease: random.chance(0.5) ? sequence : nil, aspects: aspects))
            case 5..<8:
                return .readings(
                    .init(time: time, readings: (0..<Int.random(in: 0...20, using: &random)).map { _ in reading() }))
            case 8:
                return .answer(
                    random.chance(0.5)
                        ? .accepted(sequence + Int.random(in: -2...2, using: &random))
                        : .refused(
                            sequence, LeaseAnswer.Refusal.allCases.randomElement(using: &random)!,
                            String(repeating: "é\u{0}", count: Int.random(in: 0...200, using: &random))))
            default:
                return .report(
                    .init(event: EdgeReport.Event.allCases.randomElement(using: &random)!, time: number(), detail: "…"))
            }
        }

        private func reading() -> DetectorReading {
            let isSound = random.chance(0.7)
            return DetectorReading(
                detector: random.chance(0.95) ? detectors.randomElement(using: &random)! : "nobody",
                start: isSound ? time - 1 : number(), length: isSound ? 1 : number(),
                count: random.chance(0.8) ? Double(Int.random(in: 0...2, using: &random)) : number(),
                occupancy: random.chance(0.8) ? Double.random(in: 0...1, using: &random) : number(),
                speed: random.chance(0.5) ? nil : number(), isPresent: random.chance(0.8) ? random.chance(0.5) : nil)
        }

        private func number() -> Double {
            [0, -1, 0.5, 1e300, -1e300, 1e12, -1e12, 1e-300, 3600, -3600, 86400, 1e18, 9.3e18, .leastNonzeroMagnitude]
                .randomElement(using: &random)!
        }
    }

    @Test("It lives on, and serves an honest controller afterwards", .timeLimit(.minutes(15)))
    func anything() async throws {
        let centre = try CityUnderTest()
        defer { centre.remove() }
        var network = SmallNetwork.network
        network.detectors += network.detectorsForControl()
        try JSONDocument.encode(network).write(to: URL(fileURLWithPath: centre.folder + "/network.json"))
        let detectors = network.detectors.map(\.id)
        try await centre.running("control: {lease_s: 6}") { ports, service in
            let caller = Caller(seed: 1, detectors: detectors)
            var connections = 0
            while await !caller.isDone(at: Self.count) {
                connections += 1
                try #require(connections < 1000)
                await withTaskGroup { group in
                    group.addTask {
                        _ = await EdgeClient.run(
                            port: ports.edges!,
                            hello: .init(
                                versions: LinkCodec.versions, junction: "J", software: "anything", lastSequence: 0),
                            limits: .simulated, receiver: caller)
                    }
                    group.addTask {
                        while await !caller.isDone(at: Self.count), !Task.isCancelled {
                            try? await Task.sleep(for: .milliseconds(20))
                        }
                    }
                    await group.next()
                    group.cancelAll()
                }
            }
            let health = await service.centre.health()
            #expect(health.storeFailure == nil)
            let edge = try EdgeOfCity(time: 2_000_000)
            try await edge.connected(to: ports.edges!) {
                let runs = await edge.step(until: .plan)
                #expect(runs)
            }
        }
    }
}
