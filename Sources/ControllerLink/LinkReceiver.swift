import NIOCore

/// The messages of the other side, checked to be numbered without a gap.
struct LinkReceiver<Message: LinkMessage> {
    private var lines: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var lastNumber = 0

    init(_ lines: NIOAsyncChannelInboundStream<ByteBuffer>) { self.lines = lines.makeAsyncIterator() }

    /// The next message; nothing when the other side has ended the connection.
    mutating func next() async throws(LinkError) -> (number: Int, message: Message)? {
        let line: ByteBuffer?
        do {
            line = try await lines.next()
        } catch {
            throw error as? LinkError ?? .disconnected("\(error)")
        }
        guard let line else { return nil }
        let frame = try LinkCodec.read(Message.self, from: line.readableBytesView)
        guard frame.number == lastNumber + 1 else {
            throw .outOfOrder(expected: lastNumber + 1, found: frame.number)
        }
        lastNumber = frame.number
        return frame
    }
}
