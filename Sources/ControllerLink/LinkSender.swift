import Synchronization

/// Takes messages for the other side; they are written in their order, numbered from 1.
public final class LinkSender<Message: LinkMessage>: Sendable {
    /// Messages that may wait to be written; more than that means that the other side takes none.
    public static var greatestBacklog: Int { 256 }

    let messages: AsyncStream<Message>
    private let continuation: AsyncStream<Message>.Continuation
    /// What waits for the message that goes first; nothing once that has gone.
    private let held: Mutex<[Message]?>

    /// - Parameter isHeld: Whether messages wait until ``release(after:)``.
    init(isHeld: Bool) {
        (messages, continuation) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingOldest(Self.greatestBacklog))
        held = Mutex(isHeld ? [] : nil)
    }

    /// Hands over a message to be written.
    ///
    /// - Returns: False where the connection has ended, or the other side takes no more: the message is dropped.
    @discardableResult
    public func send(_ message: Message) -> Bool {
        held.withLock { held in
            guard var waiting = held else { return yield(message) }
            // Room is left for what goes first, and its acknowledgement.
            guard waiting.count < Self.greatestBacklog - 2 else { return false }
            waiting.append(message)
            held = waiting
            return true
        }
    }

    /// Sends a message before all that was handed over so far.
    func release(after first: Message) {
        held.withLock { held in
            yield(first)
            for message in held ?? [] { yield(message) }
            held = nil
        }
    }

    /// Sends a message in place of all that was handed over so far and waits.
    func release(insteadWith only: Message) {
        held.withLock { held in
            held = nil
            yield(only)
        }
    }

    /// Ends the connection when what was handed over has been written.
    public func finish() { continuation.finish() }

    @discardableResult
    private func yield(_ message: Message) -> Bool {
        switch continuation.yield(message) {
        case .enqueued: true
        case .dropped, .terminated: false
        @unknown default: false
        }
    }
}
