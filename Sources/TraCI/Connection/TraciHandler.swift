import NIOCore

/// Hands messages to SUMO and each answer to whoever waits for it: SUMO answers in order.
final class TraciHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Request
    typealias OutboundOut = ByteBuffer

    /// A message with who waits for its answer.
    struct Request: Sendable {
        let message: ByteBuffer
        let answer: EventLoopPromise<ByteBuffer>
    }

    private let framing: TraciFraming
    private var received = ByteBuffer()
    private var waiting = CircularBuffer<EventLoopPromise<ByteBuffer>>()
    private var failure: TraciError?

    init(framing: TraciFraming) { self.framing = framing }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let request = unwrapOutboundIn(data)
        if let failure {
            request.answer.fail(failure)
            promise?.fail(failure)
            return
        }
        do throws(TraciError) {
            let framed = try framing.framed(request.message)
            waiting.append(request.answer)
            context.write(wrapOutboundOut(framed), promise: promise)
        } catch {
            request.answer.fail(error)
            promise?.fail(error)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard failure == nil else { return }
        received.writeImmutableBuffer(unwrapInboundIn(data))
        do throws(TraciError) {
            while let answer = try framing.next(from: &received) {
                guard let promise = waiting.popFirst() else {
                    throw .malformed(expected: "no message without a question", found: "one")
                }
                promise.succeed(answer)
            }
            received.discardReadBytes()
        } catch {
            fail(error)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.disconnected("SUMO closed it"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.disconnected("\(error)"))
        context.close(promise: nil)
    }

    private func fail(_ error: TraciError) {
        guard failure == nil else { return }
        failure = error
        for promise in waiting { promise.fail(error) }
        waiting.removeAll()
    }
}
