import NIOCore

/// Cuts what arrives into lines, and ends the connection of who sends lines too long, too slow or too many.
final class LineHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limits: LinkLimits
    private var received = ByteBuffer()
    /// Bytes of ``received`` in which there is no end of a line.
    private var searched = 0
    private var budget: RateBudget
    private var deadline: Scheduled<Void>?
    private var hasFailed = false

    init(limits: LinkLimits) {
        self.limits = limits
        budget = RateBudget(rate: limits.messagesPerSecond, burst: limits.burst)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !hasFailed else { return }
        received.writeImmutableBuffer(unwrapInboundIn(data))
        while let length = nextLine() {
            deadline?.cancel()
            deadline = nil
            let line = received.readSlice(length: length)!
            received.moveReaderIndex(forwardBy: 1)
            searched = 0
            guard length <= limits.greatestLine else {
                return fail(.lineTooLong(limit: limits.greatestLine), context)
            }
            guard budget.take(at: context.eventLoop.now) else {
                return fail(.tooManyMessages(perSecond: limits.messagesPerSecond ?? 0), context)
            }
            context.fireChannelRead(wrapInboundOut(line))
        }
        guard received.readableBytes <= limits.greatestLine else {
            return fail(.lineTooLong(limit: limits.greatestLine), context)
        }
        received.discardReadBytes()
        if received.readableBytes > 0, deadline == nil { startDeadline(context) }
    }

    private func nextLine() -> Int? {
        let view = received.readableBytesView
        guard let end = view.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) else {
            searched = view.count
            return nil
        }
        return end - view.startIndex
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        let time = TimeAmount.nanoseconds(Int64(limits.longestLineTime * 1e9))
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [limits] in
            self.fail(.lineTooSlow(limit: limits.longestLineTime), context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            fail(.silent(seconds: limits.longestSilence ?? 0), context)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    private func fail(_ error: LinkError, _ context: ChannelHandlerContext) {
        guard !hasFailed else { return }
        hasFailed = true
        deadline?.cancel()
        received.clear()
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }
}
