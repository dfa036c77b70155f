import ControllerLink
import Foundation
import NIOCore
import NIOPosix

/// A centre that says exactly what a test has it say, byte by byte.
enum RawCentre {
    typealias Lines = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// One connection of a controller.
    struct Connection {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        private var number = 0
        private(set) var heard = ""

        init(
            inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) {
            self.inbound = inbound
            self.outbound = outbound
        }

        /// A message with the number that is due.
        mutating func line(_ message: CentreMessage) throws -> String {
            number += 1
            return try LinkCodec.line(message, number: number)
        }

        mutating func send(_ message: CentreMessage) async throws { try await write(line(message)) }

        func write(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

        func write(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

        /// Waits for something from the controller; false when it has ended the connection.
        mutating func hear() async throws -> Bool {
            guard let bytes = try await hearBytes() else { return false }
            heard += String(buffer: bytes)
            return true
        }

        /// The next bytes of the controller, as they come; nothing when it has ended the connection.
        mutating func hearBytes() async throws -> ByteBuffer? { try await inbound.next() }

        /// Waits until the controller has said something, or has ended the connection.
        mutating func hear(_ text: String) async throws {
            while !heard.contains(text) { guard try await hear() else { return } }
        }

        /// Takes what the controller says until it ends the connection.
        mutating func hearAll() async throws { while try await hear() {} }
    }

    /// Listens while a body runs; every connection plays the script, with its number from 0.
    static func run<Value: Sendable>(
        port: Int = 0, script: @Sendable @escaping (inout Connection, Int) async throws -> Void,
        _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try Lines(wrappingChannelSynchronously: channel) }
            }
        let port = server.channel.localAddress!.port!
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.executeThenClose { connections in
                    await withDiscardingTaskGroup { group in
                        var count = 0
                        do {
                            for try await lines in connections {
                                let number = count
                                count += 1
                                group.addTask {
                                    try? await lines.executeThenClose { inbound, outbound in
                                        var connection = Connection(
                                            inbound: inbound.makeAsyncIterator(), outbound: outbound)
                                        try await script(&connection, number)
                                    }
                                }
                            }
                        } catch {}
                    }
                }
                return nil
            }
            group.addTask { try await body(port) }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }
}
