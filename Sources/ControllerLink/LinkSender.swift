/// Takes messages for the other side; they are written in their order, numbered from 1.
public final class LinkSender<Message: LinkMessage>: Sendable {
    /// Messages that may wait to be written; more than that means that the other side takes none.
    public static var greatestBacklog: Int { 256 }

    let messages: AsyncStream<Message>
    private let continuation: AsyncStream<Message>.Continuation

    init() {
        (messages, continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(Self.greatestBacklog))
    }

    /// Hands over a message to be written.
    ///
    /// - Returns: False where the connection has ended, or the other side takes no more: the message is dropped.
    @discardableResult
    public func send(_ message: Message) -> Bool {
        switch continuation.yield(message) {
        case .enqueued: true
        case .dropped, .terminated: false
        @unknown default: false
        }
    }

    /// Ends the connection when what was handed over has been written.
    public func finish() { continuation.finish() }
}
