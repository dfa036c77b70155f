import Foundation
import NIOCore
import NIOSSL
import NIOTLS

/// Watches a handshake: it must be over in time; what goes wrong is put into words, and who the other side is is kept.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: Double
    private let role: TransportSecurity.Role
    private let trace: ConnectionTrace
    private var deadline: Scheduled<Void>?
    private var hasHeard = false

    init(limit: Double, role: TransportSecurity.Role, trace: ConnectionTrace) {
        self.limit = limit
        self.role = role
        self.trace = trace
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startDeadline(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        startDeadline(context)
        context.fireChannelActive()
    }

    private func startDeadline(_ context: ChannelHandlerContext) {
        guard deadline == nil else { return }
        let time = TimeAmount.nanoseconds(Int64(limit * 1e9))
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [limit] in
            self.fail(.handshakeFailed(.tooSlow(limit: limit)), context)
            context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            deadline?.cancel()
            if let certificate = certificate(context) { trace.identify(CertificateIdentity(certificate)) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasHeard = true
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !(error is LinkError) else { return context.fireErrorCaught(error) }
        let name: String? = if case .client(let name) = role { name } else { nil }
        // A client learns of the centre's verdict on its certificate after its own side of the handshake is over.
        let fault =
            hasHeard
            ? nil
            : HandshakeFault(
                error, certificate: certificate(context), name: name, now: Date().timeIntervalSince1970)
        fail(fault.map { .handshakeFailed($0) } ?? Self.loss(error), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    /// The end of an encrypted connection that was good before.
    private static func loss(_ error: any Error) -> LinkError {
        if case NIOSSLError.uncleanShutdown = error { return .disconnected("the other side hung up without a word") }
        return .disconnected("\(error)")
    }

    private func certificate(_ context: ChannelHandlerContext) -> NIOSSLCertificate? {
        try? context.pipeline.syncOperations.nioSSL_peerCertificate()
    }

    private func fail(_ error: LinkError, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        trace.fail(error)
        context.fireErrorCaught(error)
    }
}
