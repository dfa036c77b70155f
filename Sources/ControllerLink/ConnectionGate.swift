import NIOCore
import Synchronization

/// Counts connections, in all and by address, and says which are too many.
final class ConnectionGate: Sendable {
    private struct Address {
        var count = 0
        var budget: RateBudget
    }

    private struct State {
        /// Forgets addresses that have been quiet for long, once a second at most: a flood must not have it done all the time.
        mutating func tidy(at now: NIODeadline) {
            if let lastTidied, now - lastTidied < .seconds(1) { return }
            lastTidied = now
            addresses = addresses.filter { entry in
                var budget = entry.value.budget
                return entry.value.count > 0 || !budget.isFull(at: now)
            }
        }

        var count = 0
        var addresses: [String: Address] = [:]
        var lastTidied: NIODeadline?
    }

    /// Addresses that are remembered; those that have been quiet for long are forgotten first.
    private static let greatestAddressCount = 16384

    private let listener: LinkListener
    private let state = Mutex(State())

    init(_ listener: LinkListener) { self.listener = listener }

    /// Counts one more connection of an address.
    ///
    /// - Returns: Why it may not be; nothing where it may, and then ``leave(_:)`` must follow.
    func enter(_ address: String, at now: NIODeadline) -> LinkError.Crowd? {
        state.withLock { state in
            guard state.count < listener.greatestConnectionCount else {
                return .inAll(limit: listener.greatestConnectionCount)
            }
            if state.addresses[address] == nil, state.addresses.count >= Self.greatestAddressCount {
                state.tidy(at: now)
                guard state.addresses.count < Self.greatestAddressCount else {
                    return .inAll(limit: Self.greatestAddressCount)
                }
            }
            let budget = RateBudget(rate: listener.newConnectionsPerSecond, burst: listener.newConnectionBurst)
            var entry = state.addresses[address] ?? Address(budget: budget)
            defer { state.addresses[address] = entry }
            guard entry.budget.take(at: now) else {
                return .perSecond(limit: listener.newConnectionsPerSecond ?? 0)
            }
            guard entry.count < listener.greatestCountPerAddress else {
                return .ofAddress(limit: listener.greatestCountPerAddress)
            }
            entry.count += 1
            state.count += 1
            return nil
        }
    }

    /// Counts one less.
    func leave(_ address: String) {
        state.withLock { state in
            state.count -= 1
            state.addresses[address]?.count -= 1
        }
    }
}

/// Lets a connection in, or closes it before anything is done for it.
final class GateHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let gate: ConnectionGate
    private let trace: ConnectionTrace
    private var isIn = false

    init(gate: ConnectionGate, trace: ConnectionTrace) {
        self.gate = gate
        self.trace = trace
    }

    func channelActive(context: ChannelHandlerContext) {
        let address = context.remoteAddress?.ipAddress ?? "unknown"
        trace.locate(address)
        if let crowd = gate.enter(address, at: context.eventLoop.now) {
            trace.fail(.tooManyConnections(crowd))
            context.close(promise: nil)
            return
        }
        isIn = true
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isIn { gate.leave(trace.caller.address) }
        isIn = false
        context.fireChannelInactive()
    }
}
