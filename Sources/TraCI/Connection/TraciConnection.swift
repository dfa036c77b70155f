import NIOCore
import NIOPosix

/// A connection to a running SUMO.
///
/// Requests of several tasks go one after another in the order in which they are made; each is one round trip. A task
/// that is cancelled while it waits ends the connection: SUMO's answer has no other receiver.
public final class TraciConnection: Sendable {
    private let channel: any Channel

    private init(channel: any Channel) { self.channel = channel }

    /// Connects to SUMO where it listens.
    ///
    /// - Parameter timeout: How long the system may take to connect.
    /// - Parameter greatestMessage: Longest answer that is accepted, bytes.
    /// - Throws: ``TraciError/disconnected(_:)`` when nobody listens there.
    public static func connect(
        host: String = "127.0.0.1", port: Int, timeout: Duration = .seconds(5), greatestMessage: Int = 64 << 20
    ) async throws -> TraciConnection {
        let framing = TraciFraming(limit: greatestMessage)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(TimeAmount(timeout))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(TraciHandler(framing: framing))
                    }
                }
                .connect(host: host, port: port).get()
        } catch {
            throw TraciError.disconnected("nobody answers at \(host):\(port): \(error)")
        }
        return TraciConnection(channel: channel)
    }

    /// Sends commands as one message and returns the answer to it.
    func exchange(_ commands: [TraciCommand]) async throws -> ByteBuffer {
        try Task.checkCancellation()
        let answer = channel.eventLoop.makePromise(of: ByteBuffer.self)
        let request = TraciHandler.Request(message: TraciCommand.message(commands), answer: answer)
        // On a closed channel the write fails without reaching the handler, which would tell who waits.
        channel.writeAndFlush(request).whenFailure { error in
            answer.fail(error as? TraciError ?? .disconnected("\(error)"))
        }
        let channel = channel
        return try await withTaskCancellationHandler {
            do {
                return try await answer.futureResult.get()
            } catch {
                try Task.checkCancellation()
                throw error
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Ends the connection without a word to SUMO, which then ends itself.
    public func abandon() async { try? await channel.close() }

    /// Tells SUMO to end, and ends the connection when SUMO has agreed.
    ///
    /// - Throws: ``TraciError`` when SUMO refuses, or the connection had ended before.
    public func close() async throws {
        var answer = try await exchange([.close])
        try TraciResponse.readStatus(of: TraciCommand.Code.close, from: &answer)
        await abandon()
    }
}
