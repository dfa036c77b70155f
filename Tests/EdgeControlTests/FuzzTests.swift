import ControllerLink
import EdgeControl
import Foundation
import SignalModel
import TestSupport
import Testing

@Suite("A controller under fuzzed messages")
struct FuzzTests {
    /// Messages in all; `GREENBAND_FUZZ` asks for more, such as 1000000.
    private static let count = ProcessInfo.processInfo.environment["GREENBAND_FUZZ"].flatMap(Int.init) ?? 20_000
    private static let batches = 8

    @Test("Tens of thousands of fuzzed messages: no crash, no unsafe second", arguments: 0..<batches)
    func fuzz(batch: Int) throws {
        var fuzzer = try MessageFuzzer(seed: UInt64(batch))
        var junction = try SimulatedJunction(fuzzer.settings)
        junction.run(60)
        var (read, accepted) = (0, 0)
        for number in 0..<(Self.count / Self.batches) {
            // From time to time on another street, so that histories do not grow without bound.
            if number % 2000 == 1999 {
                #expect(junction.monitor.breaches == [])
                #expect(!junction.reports.contains { $0.event == .guardRefused })
                fuzzer = try MessageFuzzer(seed: UInt64(batch + Self.batches * (1 + number / 2000)))
                junction = try SimulatedJunction(fuzzer.settings)
                junction.run(60)
            }
            let line = fuzzer.line(sequence: junction.control.lastSequence + 1, network: junction.network)
            if let (_, message) = try? LinkCodec.read(CentreMessage.self, from: line) {
                read += 1
                if case .lease(let lease) = message, junction.send(lease).isAccepted { accepted += 1 }
            } else {
                junction.control.linkLost("malformed", isBreach: true)
            }
            junction.control.wish(fuzzer.wish())
            junction.control.measured(fuzzer.readings(network: junction.network))
            for _ in 0..<fuzzer.pause() { junction.step(driverWorks: fuzzer.driverWorks()) }
            if fuzzer.clockJumps() { junction.network += fuzzer.jump() }
        }
        #expect(junction.monitor.breaches == [])
        #expect(!junction.reports.contains { $0.event == .guardRefused })
        // Fuzz that is never read, or never runs, shows nothing.
        #expect(read > Self.count / Self.batches / 10)
        #expect(accepted > Self.count / Self.batches / 50)
    }
}
