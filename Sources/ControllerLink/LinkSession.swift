import NIOCore

/// One connection, for as long as a closure runs.
enum LinkSession {
    typealias Lines = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Readies a channel for lines.
    static func lines(of channel: any Channel, limits: LinkLimits) throws -> Lines {
        if let silence = limits.longestSilence {
            try channel.pipeline.syncOperations.addHandler(
                IdleStateHandler(readTimeout: .nanoseconds(Int64(silence * 1e9))))
        }
        try channel.pipeline.syncOperations.addHandler(LineHandler(limits: limits))
        return try Lines(wrappingChannelSynchronously: channel)
    }

    /// Runs a closure with the messages of the other side and a sender to it; the connection has ended when this returns.
    static func run<Incoming: LinkMessage, Outgoing: LinkMessage>(
        _ lines: Lines, incoming: Incoming.Type, outgoing: Outgoing.Type,
        _ body: @Sendable @escaping (inout LinkReceiver<Incoming>, LinkSender<Outgoing>) async throws(LinkError) -> Void
    ) async throws(LinkError) {
        do {
            try await lines.executeThenClose { inbound, outbound in
                let sender = LinkSender<Outgoing>()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        var number = 0
                        for await message in sender.messages {
                            number += 1
                            try await outbound.write(ByteBuffer(string: LinkCodec.line(message, number: number)))
                        }
                        outbound.finish()
                    }
                    group.addTask {
                        defer { sender.finish() }
                        var receiver = LinkReceiver<Incoming>(inbound)
                        try await body(&receiver, sender)
                    }
                    do {
                        while try await group.next() != nil {}
                    } catch {
                        // The first error is the cause of the others.
                        group.cancelAll()
                        throw error
                    }
                }
            }
        } catch {
            throw error as? LinkError ?? .disconnected("\(error)")
        }
    }
}
