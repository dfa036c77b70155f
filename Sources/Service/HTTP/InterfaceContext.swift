import Hummingbird
import NIOCore

/// What is known of a request.
struct InterfaceContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    /// Who asks; nobody before the token was looked at.
    var requester: Requester?

    /// Bytes of a body: a plan of a large city, and not much more.
    var maxUploadSize: Int { 16 << 20 }

    init(source: Source) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// Who asks.
    ///
    /// - Throws: 401 where nobody is known, 403 where the role does not suffice.
    func requester(atLeast role: Role) throws(InterfaceError) -> Requester {
        guard let requester else {
            throw InterfaceError(.unauthorized, "expected a header `Authorization: Bearer TOKEN`")
        }
        guard requester.role >= role else {
            throw InterfaceError(.forbidden, "expected role \(role.rawValue), found \(requester.role.rawValue)")
        }
        return requester
    }
}
