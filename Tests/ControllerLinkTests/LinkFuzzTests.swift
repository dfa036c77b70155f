import ControllerLink
import Foundation
import SignalModel
import Synchronization
import TestSupport
import Testing

@Suite("A centre under fuzzed messages")
struct LinkFuzzTests {
    /// Messages in all; `GREENBAND_FUZZ` asks for more, such as 1000000.
    private static let count = ProcessInfo.processInfo.environment["GREENBAND_FUZZ"].flatMap(Int.init) ?? 20_000
    private static let batches = 8

    /// Changes some bytes of a line, or its order, or its length.
    private static func damage(_ line: String, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(line.utf8.dropLast())
        let pieces = ["\"", "{", "}", "[", "]", "null", "-1", "1e999", "9223372036854775808", "\\u0000", "é", "true"]
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array(pieces.randomElement(using: &random)!.utf8), at: place)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            }
        }
        bytes.removeAll { $0 == 10 }
        return bytes
    }

    private static func fuzz<Message: LinkMessage>(_ messages: [Message], _ random: inout SplitMix64) throws -> Int {
        var broken = 0
        for number in 0..<(count / batches / 2) {
            let line = try LinkCodec.line(messages.randomElement(using: &random)!, number: number + 1)
            do throws(LinkError) {
                // What is still a message is one: it can be written again.
                let read = try LinkCodec.read(Message.self, from: damage(line, &random))
                _ = try? LinkCodec.line(read.message, number: 1)
            } catch {
                broken += 1
                #expect(error.isBreach && error.description.utf8.count < 1000)
            }
        }
        return broken
    }

    @Test(
        "Tens of thousands of damaged messages of controllers and feeds: each is read or named", arguments: 0..<batches)
    func codec(batch: Int) throws {
        var random = SplitMix64(seed: UInt64(batch))
        let broken = try Self.fuzz(EveryMessage.edge, &random) + Self.fuzz(EveryMessage.feed, &random)
        #expect(broken > Self.count / Self.batches / 3)
    }

    @Test("Damaged conversations over sockets: each ends, and the next feed is served")
    func sockets() async throws {
        var server = FeedServer(time: { 0 })
        server.limits.longestLineTime = 0.5
        server.limits.longestSilence = 1
        server.listener.newConnectionsPerSecond = nil
        let feeds = TestFeeds()
        try await server.run(receiver: feeds) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<100 {
                    group.addTask {
                        var random = SplitMix64(seed: UInt64(1000 + caller))
                        var bytes = try Array(
                            LinkCodec.line(
                                FeedMessage.hello(.init(source: "fuzz", token: TestFeeds.token)), number: 1
                            ).utf8)
                        for number in 2...20 {
                            let line = try LinkCodec.line(
                                FeedMessage.readings(FeedServerTests.readings(number)), number: number)
                            bytes +=
                                random.chance(0.8) ? Array(line.utf8) : Self.damage(line, &random) + [10]
                        }
                        _ = try await BareCaller.call(bytes, port: port)
                    }
                }
                try await group.waitForAll()
            }
            let before = feeds.state.withLock { $0.readings.count }
            let sound = FeedClient(port: port, hello: .init(source: "sound", token: TestFeeds.token))
            try await sound.run { delivery in
                try await delivery.send(FeedServerTests.readings(5))
                try await delivery.waitUntilAcknowledged()
            }
            #expect(feeds.state.withLock { $0.readings.count } == before + 1)
        }
        #expect(feeds.state.withLock { $0.ends.count == $0.sources.count })
    }
}
