import NIOCore
import NIOPosix
import Testing

@testable import TraCI

@Suite("Connections to whoever is no SUMO")
struct TraciConnectionTests {
    @Test("Whoever never answers is waited for no longer than the limit, and then the connection has ended")
    func silence() async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let connection = try await TraciConnection.connect(port: port, answerLimit: .milliseconds(50))
        await #expect(throws: TraciError.unanswered(seconds: 0.05)) { try await connection.step() }
        let later = await #expect(throws: TraciError.self) { try await connection.step() }
        guard case .disconnected = later else {
            Issue.record("expected that the connection had ended, found \(String(describing: later))")
            return
        }
        try await server.close()
    }
}
