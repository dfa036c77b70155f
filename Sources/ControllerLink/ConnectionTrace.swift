import Synchronization

/// What the handlers of a connection learn of it, for those who read from it.
final class ConnectionTrace: Sendable {
    private struct State {
        var address = ""
        var certificate: CertificateIdentity?
        var error: LinkError?
    }

    private let state = Mutex(State())

    /// Who calls, as far as it is known.
    var caller: LinkCaller { state.withLock { LinkCaller(address: $0.address, certificate: $0.certificate) } }
    /// The first thing that went wrong.
    var error: LinkError? { state.withLock { $0.error } }

    func locate(_ address: String) { state.withLock { $0.address = address } }
    func identify(_ certificate: CertificateIdentity) { state.withLock { $0.certificate = certificate } }
    func fail(_ error: LinkError) { state.withLock { if $0.error == nil { $0.error = error } } }
}
