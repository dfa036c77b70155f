import NIOCore

/// One connection, for as long as a closure runs.
enum LinkSession {
    typealias Lines = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Readies a channel for lines, encrypted where there are certificates.
    ///
    /// - Parameter gate: What bounds the number of connections; nothing for a connection of the own making.
    static func connection(
        on channel: any Channel, limits: LinkLimits, security: TransportSecurity?, gate: ConnectionGate? = nil
    ) throws -> LinkConnection {
        let trace = ConnectionTrace()
        if let gate { try channel.pipeline.syncOperations.addHandler(GateHandler(gate: gate, trace: trace)) }
        if let security {
            try channel.pipeline.syncOperations.addHandler(security.handler())
            try channel.pipeline.syncOperations.addHandler(
                HandshakeHandler(limit: limits.longestHandshake, role: security.role, trace: trace))
        }
        if let silence = limits.longestSilence {
            try channel.pipeline.syncOperations.addHandler(
                IdleStateHandler(readTimeout: .nanoseconds(Int64(silence * 1e9))))
        }
        try channel.pipeline.syncOperations.addHandler(LineHandler(limits: limits))
        return LinkConnection(lines: try Lines(wrappingChannelSynchronously: channel), trace: trace)
    }

    /// Runs a closure with the messages of the other side and a sender to it; the connection has ended when this returns.
    ///
    /// - Parameter isHeld: Whether the sender keeps what it is given until it is told what goes first.
    static func run<Incoming: LinkMessage, Outgoing: LinkMessage>(
        _ connection: LinkConnection, incoming: Incoming.Type, outgoing: Outgoing.Type, isHeld: Bool = false,
        _ body: @Sendable @escaping (inout LinkReceiver<Incoming>, LinkSender<Outgoing>) async throws(LinkError) -> Void
    ) async throws(LinkError) {
        do {
            try await connection.use { inbound, outbound in
                let sender = LinkSender<Outgoing>(isHeld: isHeld)
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
            let found = error as? LinkError ?? .disconnected("\(error)")
            // What broke a connection explains more than that it is gone.
            if case .disconnected = found, let cause = connection.trace.error { throw cause }
            throw found
        }
        if let cause = connection.trace.error { throw cause }
    }
}
