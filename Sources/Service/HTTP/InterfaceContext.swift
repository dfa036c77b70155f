import Hummingbird
import NIOCore

/// What is known of a request.
struct InterfaceContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?
    /// Who asks; nobody before the token was looked at.
    var actor: Actor?

    /// Bytes of a body: a plan of a large city, and not much more.
    var maxUploadSize: Int { 16 << 20 }

    init(source: Source) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// Who asks.
    ///
    /// - Throws: 401 where nobody is known, 403 where the role does not suffice.
    func actor(atLeast role: Role) throws(InterfaceError) -> Actor {
        guard let actor else { throw InterfaceError(.unauthorized, "expected a header `Authorization: Bearer TOKEN`") }
        guard actor.role >= role else {
            throw InterfaceError(.forbidden, "expected role \(role.rawValue), found \(actor.role.rawValue)")
        }
        return actor
    }
}
