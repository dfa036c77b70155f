import Synchronization

extension LinkListener {
    /// Listens while a closure runs, which is given the port, and has a host speak with every caller.
    func run<Value: Sendable>(
        host: some LinkHost, _ body: @Sendable @escaping (Int) async throws -> Value
    ) async throws -> Value {
        try await run(handle: { await converse($0, host) }, body)
    }

    private func converse<Host: LinkHost>(_ connection: LinkConnection, _ host: Host) async {
        let admission = Admission()
        do throws(LinkError) {
            try await LinkSession.run(
                connection, incoming: Host.Incoming.self, outgoing: Host.Outgoing.self, isHeld: true
            ) { messages, sender throws(LinkError) in
                let peer = try await admit(&messages, sender, connection.trace, host, admission)
                guard let peer else { return }
                do throws(LinkError) {
                    try await listen(&messages, sender, peer, host)
                    await host.disconnected(peer, nil)
                } catch {
                    await host.disconnected(peer, error)
                    throw error
                }
            }
        } catch {
            admission.end(error)
        }
        if let reason = admission.refusal { turnedAway(connection.trace.caller.address, reason) }
    }

    /// Hears the opening and lets the caller in.
    ///
    /// - Returns: Nothing where it was turned away and told so.
    /// - Throws: What is wrong with the opening of who does not speak the protocol.
    private func admit<Host: LinkHost>(
        _ messages: inout LinkReceiver<Host.Incoming>, _ sender: LinkSender<Host.Outgoing>, _ trace: ConnectionTrace,
        _ host: Host, _ admission: Admission
    ) async throws(LinkError) -> Host.Peer? {
        guard let first = try await messages.next()?.message else { throw .disconnected("nothing was said") }
        guard let opening = first.opening else { throw .notIntroduced(found: "another message") }
        func turnAway(_ error: LinkError, _ reason: String) {
            admission.end(error)
            sender.release(insteadWith: .goodbye(Goodbye(reason: reason)))
        }
        let spoken = Host.Incoming.versions
        guard let version = opening.versions.filter(spoken.contains).max() else {
            turnAway(.noCommonVersion(offered: Array(opening.versions.prefix(8))), "versions spoken here: \(spoken)")
            return nil
        }
        let peer: Host.Peer
        do throws(LinkError) {
            peer = try host.introduce(opening, of: trace.caller, sender)
        } catch {
            turnAway(error, error.description)
            return nil
        }
        if let reason = await host.connected(peer) {
            turnAway(.notAdmitted(reason), reason)
            return nil
        }
        admission.letIn()
        sender.release(after: host.welcome(version: version, limits: limits))
        sender.send(.acknowledge(.init(number: 1)))
        return peer
    }

    private func listen<Host: LinkHost>(
        _ messages: inout LinkReceiver<Host.Incoming>, _ sender: LinkSender<Host.Outgoing>, _ peer: Host.Peer,
        _ host: Host
    ) async throws(LinkError) {
        let heart = Heart.start(every: limits.heartbeat) { sender.send(.heartbeat(.init(time: host.time()))) }
        defer { heart.cancel() }
        while let (number, message) = try await messages.next() {
            guard message.opening == nil else { throw .malformed("a second hello") }
            guard !message.isGoodbye else { return }
            await host.received(message, from: peer)
            sender.send(.acknowledge(.init(number: number)))
        }
    }
}

/// Whether a caller was let in, and why not.
private final class Admission: Sendable {
    private enum State {
        case waiting, isIn
        case turnedAway(LinkError)
    }

    private let state = Mutex(State.waiting)

    var refusal: LinkError? { state.withLock { if case .turnedAway(let error) = $0 { error } else { nil } } }

    func letIn() { state.withLock { $0 = .isIn } }

    /// Notes why the caller is not let in; the first reason counts, and none once it is in.
    func end(_ error: LinkError) {
        state.withLock { if case .waiting = $0 { $0 = .turnedAway(error) } }
    }
}
