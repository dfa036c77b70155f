import NIOCore

/// Cuts the stream of bytes into messages: four bytes of length, which count themselves, and the rest.
struct TraciFraming {
    /// Longest message that is accepted unless told otherwise, bytes.
    static let usualLimit = 64 << 20

    /// Longest message that is accepted, bytes.
    var limit = usualLimit

    /// Takes the next message from the front of the bytes that have come in; nothing when it is not complete yet.
    ///
    /// - Throws: ``TraciError`` when the length cannot be one, before anything is reserved for it.
    func next(from bytes: inout ByteBuffer) throws(TraciError) -> ByteBuffer? {
        guard let length = bytes.getInteger(at: bytes.readerIndex, as: UInt32.self).map(Int.init) else { return nil }
        guard length >= 4 else { throw .malformed(expected: "a length of at least 4", found: "\(length)") }
        guard length <= limit else { throw .tooLarge(length: length, limit: limit) }
        guard bytes.readableBytes >= length else { return nil }
        bytes.moveReaderIndex(forwardBy: 4)
        return bytes.readSlice(length: length - 4)
    }

    /// A message with its length before it.
    ///
    /// - Throws: ``TraciError/tooLarge(length:limit:)``.
    func framed(_ message: ByteBuffer) throws(TraciError) -> ByteBuffer {
        let length = message.readableBytes + 4
        guard length <= limit else { throw .tooLarge(length: length, limit: limit) }
        var buffer = ByteBufferAllocator().buffer(capacity: length)
        buffer.writeInteger(UInt32(length))
        buffer.writeImmutableBuffer(message)
        return buffer
    }
}
