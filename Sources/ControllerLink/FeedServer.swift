import NIOCore
import Synchronization

/// The centre's side of feeds: listens for whoever delivers readings of detectors that are no controller's.
@dynamicMemberLookup
public struct FeedServer: Sendable {
    /// Who takes what feeds deliver.
    public protocol Receiver: Sendable {
        /// A feed has introduced itself.
        ///
        /// - Returns: A reason to turn it away; nothing where it is welcome.
        func connected(_ source: FeedSource, token: FeedToken) async -> String?
        /// Readings; they are acknowledged when this returns, and until then nothing more is read from the feed.
        func received(_ readings: EdgeMessage.Readings, from source: FeedSource) async
        /// The connection of a feed that was welcome has ended; the error is its cause where there was one.
        func disconnected(_ source: FeedSource, _ error: LinkError?) async
    }

    /// Where it listens, and whom it lets connect.
    ///
    /// A feed that sends more messages than its limits take is slowed and not cut off: after a failure it may have much
    /// to make up for.
    public var listener = LinkListener()
    /// Messages that a feed may have on the way without an acknowledgement.
    public var window = 64
    /// The centre's clock, s of network time.
    public var time: @Sendable () -> Double

    /// A server with a clock.
    public init(time: @escaping @Sendable () -> Double) { self.time = time }

    /// A setting of the listener.
    public subscript<Setting>(dynamicMember setting: WritableKeyPath<LinkListener, Setting>) -> Setting {
        get { listener[keyPath: setting] }
        set { listener[keyPath: setting] = newValue }
    }

    /// Listens while a closure runs, which is given the port; all connections have ended when this returns.
    public func run<Value: Sendable>(
        receiver: some Receiver, _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        let host = FeedHost(time: time, receiver: receiver, window: window, limits: listener.limits)
        var listener = listener
        listener.limits.messagesPerSecond = nil
        return try await listener.run(host: host, body)
    }
}

/// A feed, for as long as its connection lasts.
public struct FeedSource: Equatable, Sendable {
    /// The name that it gave.
    public let name: String
    /// Where it calls from.
    public let caller: LinkCaller
}

/// Speaks for a receiver of feeds.
private struct FeedHost<Receiver: FeedServer.Receiver>: LinkHost {
    /// A feed, with what only the connection needs.
    final class Peer: Sendable {
        let source: FeedSource
        let token: FeedToken
        private let budget: Mutex<RateBudget>
        private let pause: Duration

        init(source: FeedSource, token: FeedToken, limits: LinkLimits) {
            self.source = source
            self.token = token
            budget = Mutex(RateBudget(rate: limits.messagesPerSecond, burst: limits.burst))
            pause = .seconds(min(1, 1 / max(limits.messagesPerSecond ?? 1, 0.001)))
        }

        /// Waits until one more message may be taken.
        func keepPace() async {
            while !Task.isCancelled, !budget.withLock({ $0.take(at: .now()) }) { try? await Task.sleep(for: pause) }
        }
    }

    let time: @Sendable () -> Double
    let receiver: Receiver
    let window: Int
    let limits: LinkLimits

    func welcome(version: Int, limits: LinkLimits) -> FeedAnswer {
        .welcome(.init(version: version, window: window, heartbeat: limits.heartbeat))
    }

    func introduce(
        _ hello: FeedMessage.Hello, of caller: LinkCaller, _ sender: LinkSender<FeedAnswer>
    ) throws(LinkError) -> Peer {
        guard !hello.source.isEmpty else { throw .notAdmitted("a feed without a name") }
        return Peer(source: FeedSource(name: hello.source, caller: caller), token: hello.token, limits: limits)
    }

    func connected(_ peer: Peer) async -> String? { await receiver.connected(peer.source, token: peer.token) }

    func received(_ message: FeedMessage, from peer: Peer) async {
        await peer.keepPace()
        guard case .readings(let readings) = message else { return }
        await receiver.received(readings, from: peer.source)
    }

    func disconnected(_ peer: Peer, _ error: LinkError?) async { await receiver.disconnected(peer.source, error) }
}
