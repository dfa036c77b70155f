import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import ControllerLink

@Suite("How many may connect")
struct ConnectionGateTests {
    private static func gate(_ change: (inout LinkListener) -> Void) -> ConnectionGate {
        var listener = LinkListener()
        listener.newConnectionsPerSecond = nil
        change(&listener)
        return ConnectionGate(listener)
    }

    private static func time(_ seconds: Double) -> NIODeadline { .uptimeNanoseconds(UInt64(1e9 + seconds * 1e9)) }

    @Test("Connections are bounded in all and by address, and those that end make room")
    func count() {
        let gate = Self.gate {
            $0.greatestConnectionCount = 5
            $0.greatestCountPerAddress = 2
        }
        #expect(gate.enter("a", at: Self.time(0)) == nil)
        #expect(gate.enter("a", at: Self.time(0)) == nil)
        #expect(gate.enter("a", at: Self.time(0)) == .ofAddress(limit: 2))
        #expect(gate.enter("b", at: Self.time(0)) == nil)
        #expect(gate.enter("b", at: Self.time(0)) == nil)
        #expect(gate.enter("c", at: Self.time(0)) == nil)
        #expect(gate.enter("d", at: Self.time(0)) == .inAll(limit: 5))
        gate.leave("a")
        #expect(gate.enter("d", at: Self.time(0)) == nil)
        #expect(gate.enter("a", at: Self.time(0)) == .inAll(limit: 5))
    }

    @Test("An address that connects too often is kept out until it has been quiet, others are not")
    func flood() {
        let gate = Self.gate {
            $0.newConnectionsPerSecond = 2
            $0.newConnectionBurst = 3
        }
        for _ in 0..<3 {
            #expect(gate.enter("a", at: Self.time(0)) == nil)
            gate.leave("a")
        }
        #expect(gate.enter("a", at: Self.time(0.4)) == .perSecond(limit: 2))
        #expect(gate.enter("b", at: Self.time(0.4)) == nil)
        #expect(gate.enter("a", at: Self.time(0.6)) == nil)
        #expect(gate.enter("a", at: Self.time(0.7)) == .perSecond(limit: 2))
    }

    @Test("A flood from ever new addresses is bounded, and quiet ones are forgotten")
    func addresses() {
        let gate = Self.gate {
            $0.newConnectionsPerSecond = 1
            $0.newConnectionBurst = 2
        }
        var refused = 0
        for number in 0..<20_000 {
            guard gate.enter("\(number)", at: Self.time(0)) == nil else {
                refused += 1
                continue
            }
            gate.leave("\(number)")
        }
        #expect(refused == 20_000 - 16384)
        #expect(gate.enter("new", at: Self.time(10)) == nil)
    }

    @Test("Over sockets: one address has its number, another one is served, and each refusal is told")
    func sockets() async throws {
        let refusals = Refusals()
        var server = CentreServer(time: { 0 })
        server.greatestCountPerAddress = 2
        server.limits = .simulated
        server.turnedAway = { address, reason in refusals.list.withLock { $0.append("\(address) \(reason)") } }
        try await server.run(receiver: CentreServerTests.Ears()) { port in
            func connect(from address: String) async throws -> any Channel {
                try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .bind(to: SocketAddress(ipAddress: address, port: 0))
                    .connect(host: "127.0.0.1", port: port).get()
            }
            let first = [try await connect(from: "127.0.0.2"), try await connect(from: "127.0.0.2")]
            try await connect(from: "127.0.0.2").closeFuture.get()
            let other = try await connect(from: "127.0.0.3")
            for _ in 0..<6000 where refusals.list.withLock({ $0.isEmpty }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(other.isActive && first.allSatisfy(\.isActive))
            #expect(refusals.list.withLock { $0 } == ["127.0.0.2 more than 2 connections of one address"])
            for channel in first + [other] { try await channel.close() }
        }
    }

    private final class Refusals: Sendable {
        let list = Mutex<[String]>([])
    }
}
