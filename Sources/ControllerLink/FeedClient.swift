import Synchronization

/// The feed's side of a connection.
public struct FeedClient: Sendable {
    /// Where the centre listens.
    public var host = "127.0.0.1"
    /// The port.
    public var port: Int
    /// Who calls.
    public var hello: FeedMessage.Hello
    /// What is taken from the centre.
    public var limits = LinkLimits()
    /// How the connection is encrypted; without it it is not.
    public var security: TransportSecurity?
    /// The clock, s of network time.
    public var time: @Sendable () -> Double = { 0 }

    /// A feed that calls a port.
    public init(port: Int, hello: FeedMessage.Hello) {
        self.port = port
        self.hello = hello
    }

    /// Connects, and delivers while a closure runs; ends with goodbye when it has returned.
    ///
    /// - Throws: ``LinkError`` where the connection is not made or ends first, or what the closure throws.
    public func run<Value: Sendable>(
        _ body: @Sendable @escaping (FeedDelivery) async throws -> Value
    ) async throws -> Value {
        let delivery = FeedDelivery()
        // The centre answers every message: the pace is the feed's own.
        var limits = limits
        limits.messagesPerSecond = nil
        let bounds = limits
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { [self] in
                let end = await LinkCall.run(
                    host: host, port: port, limits: bounds, security: security, opening: FeedMessage.hello(hello),
                    connected: { await delivery.open($0, $1 as FeedAnswer.Welcome) },
                    received: { (answer: FeedAnswer) in
                        if case .acknowledge(let it) = answer { await delivery.acknowledge(upTo: it.number) }
                    })
                await delivery.close(end)
                return nil
            }
            group.addTask { [time] in
                try await delivery.waitUntilOpen()
                let heart = Heart.start(every: bounds.heartbeat) {
                    Task { await delivery.beat(time()) }
                }
                defer { heart.cancel() }
                let value = try await body(delivery)
                await delivery.finish()
                return value
            }
            var value: Value?
            while let result = try await group.next() {
                if let result { value = result }
            }
            guard let value else { throw LinkError.disconnected("the centre closed the connection") }
            return value
        }
    }
}
