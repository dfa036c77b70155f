import NIOCore
import NIOPosix
import Synchronization

/// A connection to a running SUMO.
///
/// Requests of several tasks go one after another in the order in which they are made; each is one round trip. A task
/// that is cancelled while it waits ends the connection: SUMO's answer has no other receiver.
public final class TraciConnection: Sendable {
    /// How long SUMO may take for one answer, if nothing else is said: far longer than a step of a city takes.
    public static let usualAnswerLimit = Duration.seconds(300)

    private let channel: any Channel
    private let answerLimit: Mutex<Duration>

    private init(channel: any Channel, answerLimit: Duration) {
        self.channel = channel
        self.answerLimit = Mutex(answerLimit)
    }

    /// Connects to SUMO where it listens.
    ///
    /// - Parameters:
    ///   - timeout: How long the system may take to connect.
    ///   - answerLimit: How long SUMO may take for one answer; then the connection ends.
    ///   - greatestMessage: Longest answer that is accepted, bytes.
    /// - Throws: ``TraciError/disconnected(_:)`` when nobody listens there.
    public static func connect(
        host: String = "127.0.0.1", port: Int, timeout: Duration = .seconds(5),
        answerLimit: Duration = usualAnswerLimit, greatestMessage: Int = 64 << 20
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
        return TraciConnection(channel: channel, answerLimit: answerLimit)
    }

    /// Sets how long SUMO may take for one answer from now on.
    public func limitAnswers(to limit: Duration) { answerLimit.withLock { $0 = limit } }

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
        let limit = answerLimit.withLock(\.self)
        let lateness = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
            answer.fail(TraciError.unanswered(seconds: limit / .seconds(1)))
            channel.close(promise: nil)
        }
        defer { lateness.cancel() }
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
