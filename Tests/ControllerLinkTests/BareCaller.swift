import NIOCore
import NIOPosix

/// A caller that sends bytes and hears what comes back.
enum BareCaller {
    /// Sends bytes and returns what comes back until the other side ends the connection.
    static func call(_ bytes: [UInt8], port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try? await outbound.write(ByteBuffer(bytes: bytes))
            var heard = ""
            do { for try await buffer in inbound { heard += String(buffer: buffer) } } catch {}
            return heard
        }
    }
}
