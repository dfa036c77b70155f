import NIOCore
import NIOPosix
import Synchronization

/// Hands out free ports of the loopback, none twice at a time in this process.
enum TraciPorts {
    private static let taken = Mutex<Set<Int>>([])

    /// A port that was free a moment ago; another process can still be faster than SUMO.
    static func take() async throws -> Int {
        while true {
            let probe = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            let port = probe.localAddress?.port
            try await probe.close()
            if let port, taken.withLock({ $0.insert(port).inserted }) { return port }
        }
    }

    static func giveBack(_ port: Int) { taken.withLock { _ = $0.remove(port) } }
}
