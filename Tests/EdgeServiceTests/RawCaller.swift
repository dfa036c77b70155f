import NIOCore
import NIOPosix

/// A caller that sends exactly what a test has it send, byte by byte.
enum RawCaller {
    /// Sends pieces with 0.1 s between them, until the other side ends the connection.
    static func call(_ pieces: [[UInt8]], port: Int) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            await withTaskGroup { group in
                group.addTask {
                    for piece in pieces {
                        guard (try? await outbound.write(ByteBuffer(bytes: piece))) != nil else { return }
                        try? await Task.sleep(for: .milliseconds(100))
                    }
                }
                group.addTask { do { for try await _ in inbound {} } catch {} }
                // The reader ends with the connection; the writer is done before, or in vain.
                await group.waitForAll()
            }
        }
    }
}
