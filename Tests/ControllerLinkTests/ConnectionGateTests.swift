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
            var connected: [any Channel] = []
            for _ in 0..<3 { connected.append(try await Self.connect(from: "127.0.0.2", to: port)) }
            // Those that come at once may be counted in any order.
            for _ in 0..<6000 where connected.allSatisfy(\.isActive) { try await Task.sleep(for: .milliseconds(10)) }
            let other = try await Self.connect(from: "127.0.0.3", to: port)
            for _ in 0..<6000 where refusals.list.withLock({ $0.isEmpty }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(other.isActive && connected.count { $0.isActive } == 2)
            #expect(refusals.list.withLock { $0 } == ["127.0.0.2 more than 2 connections of one address"])
            for channel in connected + [other] where channel.isActive { try await channel.close() }
        }
    }

    @Test("Who connects as the listener ends is hung up on, and nothing else is harmed")
    func lateCallers() async throws {
        var server = CentreServer(time: { 0 })
        server.limits = .simulated
        for _ in 0..<50 {
            let callers = try await server.run(receiver: CentreServerTests.Ears()) { port in
                var callers: [any Channel] = []
                for _ in 0..<4 { callers.append(try await Self.connect(from: "127.0.0.1", to: port)) }
                return callers
            }
            var isOver: Bool { callers.allSatisfy { !$0.isActive } }
            for _ in 0..<6000 where !isOver { try await Task.sleep(for: .milliseconds(10)) }
            #expect(isOver)
        }
    }

    private static func connect(from address: String, to port: Int) async throws -> any Channel {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(to: SocketAddress(ipAddress: address, port: 0)).connect(host: "127.0.0.1", port: port).get()
    }

    private final class Refusals: Sendable {
        let list = Mutex<[String]>([])
    }
}
