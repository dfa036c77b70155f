/// What a feed sends in one connection, no more at a time than the centre takes.
public actor FeedDelivery {
    private var sender: LinkSender<FeedMessage>?
    private var window = 1
    /// Number of the last message; the hello has number 1.
    private var lastNumber = 1
    private var acknowledgedNumber = 0
    private var ending: LinkError?
    private var waiters: [CheckedContinuation<Void, Never>] = []

    init() {}

    /// Messages that were sent and not acknowledged.
    public var pendingCount: Int { lastNumber - acknowledgedNumber }

    /// Sends readings as soon as the window has room for them.
    ///
    /// - Returns: The number of the message.
    /// - Throws: ``LinkError`` where the connection has ended.
    @discardableResult
    public func send(_ readings: EdgeMessage.Readings) async throws(LinkError) -> Int {
        try await wait { $0.lastNumber - $0.acknowledgedNumber < $0.window }
        try push(.readings(readings))
        return lastNumber
    }

    /// Waits until everything up to a number, or all that was sent, is acknowledged.
    ///
    /// - Throws: ``LinkError`` where the connection has ended before.
    public func waitUntilAcknowledged(upTo number: Int? = nil) async throws(LinkError) {
        let number = number ?? lastNumber
        try await wait { $0.acknowledgedNumber >= number }
    }

    func waitUntilOpen() async throws(LinkError) { try await wait { $0.sender != nil } }

    func open(_ sender: LinkSender<FeedMessage>, _ welcome: FeedAnswer.Welcome) {
        self.sender = sender
        window = min(max(1, welcome.window), LinkSender<FeedMessage>.greatestBacklog - 8)
        wake()
    }

    func acknowledge(upTo number: Int) {
        acknowledgedNumber = max(acknowledgedNumber, number)
        wake()
    }

    func beat(_ time: Double) {
        guard sender != nil, ending == nil else { return }
        try? push(.heartbeat(.init(time: time)))
    }

    func finish(reason: String = "done") {
        try? push(.goodbye(Goodbye(reason: reason)))
        sender?.finish()
    }

    func close(_ error: LinkError) {
        ending = error
        wake()
    }

    private func push(_ message: FeedMessage) throws(LinkError) {
        guard let sender, sender.send(message) else { throw ending ?? .disconnected("the centre takes no messages") }
        lastNumber += 1
    }

    private func wait(_ isReady: (isolated FeedDelivery) -> Bool) async throws(LinkError) {
        while !isReady(self) {
            if let ending { throw ending }
            guard !Task.isCancelled else { throw .disconnected("the feed ends") }
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    private func wake() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }
}
