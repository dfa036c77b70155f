import HTTPTypes
import Hummingbird

/// One thing that may be asked.
struct Endpoint: Sendable {
    typealias Handler = @Sendable (Request, InterfaceContext) async throws -> Response

    let method: HTTPRequest.Method
    /// As OpenAPI writes it, with parameters in braces.
    let path: String
    /// Who may ask; anybody where there is none.
    let role: Role?
    let handler: Handler

    static func get(_ path: String, _ role: Role?, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, role: role, handler: handler)
    }

    static func post(_ path: String, _ role: Role?, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .post, path: path, role: role, handler: handler)
    }

    /// Adds it to a router; whoever may not ask gets no further than here.
    func add(to router: Router<InterfaceContext>) {
        let (role, handler) = (role, handler)
        router.on(RouterPath(path), method: method) { request, context in
            if let role { _ = try context.requester(atLeast: role) }
            return try await handler(request, context)
        }
    }
}
