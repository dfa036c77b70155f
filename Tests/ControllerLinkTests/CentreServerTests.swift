import ControllerLink
import Foundation
import SignalModel
import Synchronization
import TestSupport
import Testing

@Suite("A centre among callers that are no controllers")
struct CentreServerTests {
    /// Notes who was welcome and what was heard.
    final class Ears: CentreServer.Receiver {
        let heard = Mutex<[EdgeMessage]>([])
        let welcome = Mutex<[JunctionID]>([])

        func connected(_ peer: CentrePeer) -> String? {
            guard peer.junction != "stranger" else { return "unknown junction" }
            welcome.withLock { $0.append(peer.junction) }
            return nil
        }
        func received(_ message: EdgeMessage, from peer: CentrePeer) { heard.withLock { $0.append(message) } }
        func disconnected(_ peer: CentrePeer, _ error: LinkError?) {}
    }

    /// What a caller sends, and whether the centre says anything before it ends the connection.
    enum Caller: String, CaseIterable {
        case garbage, empty, longLine, noHello, wrongVersion, stranger, flood, slowLoris, silent, wrongNumber

        static let hello = EdgeMessage.Hello(versions: [1], junction: "J", software: "test", lastSequence: 0)

        func bytes() throws -> [UInt8] {
            var hello = Self.hello
            switch self {
            case .garbage:
                var random = SplitMix64(seed: 1)
                return (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } + [10]
            case .empty: return [10]
            case .longLine: return Array(repeating: 65, count: 100_000)
            case .noHello:
                return Array(try LinkCodec.line(EdgeMessage.goodbye(Goodbye(reason: "")), number: 1).utf8)
            case .wrongVersion: hello.versions = [7]
            case .stranger: hello.junction = "stranger"
            case .flood:
                let status = EdgeMessage.status(.init(time: 1, running: .fallback, lease: nil, aspects: []))
                return try Array(LinkCodec.line(EdgeMessage.hello(hello), number: 1).utf8)
                    + (2...1000).flatMap { try LinkCodec.line(status, number: $0).utf8 }
            case .slowLoris: return [123]
            case .silent: return []
            case .wrongNumber: return Array(try LinkCodec.line(EdgeMessage.hello(hello), number: 2).utf8)
            }
            return Array(try LinkCodec.line(EdgeMessage.hello(hello), number: 1).utf8)
        }
    }

    @Test("Each is turned away, and the next controller is served", arguments: Caller.allCases)
    func callers(_ caller: Caller) async throws {
        let ears = Ears()
        var server = CentreServer(time: { 0 })
        server.limits.longestLineTime = 0.3
        server.limits.longestSilence = 1
        let heard = try await server.run(receiver: ears) { port in
            let heard = try await BareCaller.call(caller.bytes(), port: port)
            let good = Caller.hello
            let goodbye = EdgeMessage.goodbye(Goodbye(reason: "done"))
            let answer = try await BareCaller.call(
                Array((LinkCodec.line(EdgeMessage.hello(good), number: 1) + LinkCodec.line(goodbye, number: 2)).utf8),
                port: port)
            #expect(answer.contains("\"welcome\""))
            return heard
        }
        switch caller {
        case .wrongVersion:
            #expect(heard.contains("\"goodbye\"") && !heard.contains("\"welcome\""))
            #expect(ears.welcome.withLock { $0 } == ["J"])
        case .stranger: #expect(heard.contains("unknown junction"))
        case .flood: #expect(ears.heard.withLock { $0.count } < 400)
        default:
            #expect(heard == "")
            #expect(ears.welcome.withLock { $0 } == ["J"])
        }
    }

    @Test("More callers than there may be are hung up on")
    func crowd() async throws {
        var server = CentreServer(time: { 0 })
        server.greatestConnectionCount = 3
        server.limits.longestSilence = 2
        try await server.run(receiver: Ears()) { port in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await BareCaller.call(Caller.stranger.bytes().dropLast(3) + [], port: port)
                    }
                }
                for try await heard in group { #expect(heard == "") }
            }
            let answer = try await BareCaller.call(
                Array(LinkCodec.line(EdgeMessage.hello(Caller.hello), number: 1).utf8), port: port)
            #expect(answer.contains("\"welcome\""))
        }
    }
}
