import ControllerLink
import NIOCore
import NIOPosix
import SignalModel
import Synchronization
import Testing

@Suite("Readings of detectors over a socket")
struct ReadingListenerTests {
    final class Collected: Sendable {
        let readings = Mutex<[DetectorReading]>([])
    }

    @Test("Readings arrive line by line; who sends anything else is hung up on, alone")
    func lines() async throws {
        let collected = Collected()
        let port = Int.random(in: 32_000..<33_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await ReadingListener.run(port: port) { reading in
                    collected.readings.withLock { $0.append(reading) }
                }
            }
            let good = "{\"detector\":\"a\",\"start_s\":5,\"length_s\":1,\"count\":2}\n"
            for text in ["nonsense\n", good + "[]\n" + good, good + good] {
                var channel: (any Channel)?
                for _ in 0..<6000 where channel == nil {
                    channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: "127.0.0.1", port: port).get()
                    if channel == nil { try await Task.sleep(for: .milliseconds(50)) }
                }
                let open = try #require(channel)
                try await open.writeAndFlush(ByteBuffer(string: text))
                if text.contains("n") && text != good + good { try await open.closeFuture.get() }
            }
            for _ in 0..<6000 where collected.readings.withLock({ $0.count }) < 3 {
                try await Task.sleep(for: .milliseconds(10))
            }
            group.cancelAll()
        }
        #expect(
            collected.readings.withLock { $0 }
                == Array(repeating: DetectorReading(detector: "a", start: 5, length: 1, count: 2), count: 3))
    }
}
