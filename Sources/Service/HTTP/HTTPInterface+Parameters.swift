import AdaptiveControl
import Foundation
import Hummingbird
import SignalModel

/// What comes with a request, read and checked.
extension HTTPInterface {
    /// A reason that somebody gives for an order.
    private struct Order: Decodable {
        var reason: String?
    }

    func reason(_ request: Request) async throws -> String {
        let body = try await request.body.collect(upTo: 65536)
        guard body.readableBytes > 0 else { return "" }
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(body.readableBytesView)) else {
            throw InterfaceError(.badRequest, "expected {\"reason\": \"…\"} or no body")
        }
        return String((order.reason ?? "").prefix(1000))
    }

    func plan(_ request: Request, _ context: InterfaceContext) async throws -> Plan {
        let body = try await request.body.collect(upTo: context.maxUploadSize)
        do {
            return try await centre.plan(from: Data(body.readableBytesView))
        } catch {
            throw InterfaceError(.badRequest, "\(error)")
        }
    }

    /// A vehicle that asks for priority.
    private struct Asking: Decodable {
        var id: String
        var kind: PriorityRequest.Kind
        var movement: MovementID
        var arrival: Double
        var people: Double?
    }

    func priority(_ request: Request) async throws -> PriorityRequest {
        let body = try await request.body.collect(upTo: 65536)
        guard let asking = try? JSONDecoder().decode(Asking.self, from: Data(body.readableBytesView)),
            (1...100).contains(asking.id.count)
        else {
            throw InterfaceError(
                .badRequest,
                "expected {\"id\": \"…\", \"kind\": \"transit\" or \"emergency\", \"movement\": \"…\", \"arrival\": s of network time,"
                    + " \"people\": on board}, the id of 1 to 100 characters")
        }
        return PriorityRequest(
            id: asking.id, kind: asking.kind, movement: asking.movement, arrival: asking.arrival,
            people: asking.people ?? 0)
    }

    func name(_ key: String, _ context: InterfaceContext) throws -> String {
        guard let text = context.parameters.get(key)?.removingPercentEncoding, !text.isEmpty else {
            throw InterfaceError(.badRequest, "expected the name of a \(key)")
        }
        return text
    }

    func junction(_ context: InterfaceContext) throws -> JunctionID { JunctionID(try name("junction", context)) }

    func identifier(_ context: InterfaceContext) throws -> Int {
        guard let id = context.parameters.get("id", as: Int.self), id > 0 else {
            throw InterfaceError(.badRequest, "expected a number from 1")
        }
        return id
    }

    /// How many entries of a list are wanted; 100 unless told otherwise.
    func limit(_ request: Request) throws -> Int {
        guard let text = request.uri.queryParameters["limit"] else { return 100 }
        guard let number = Int(text), (1...1000).contains(number) else {
            throw InterfaceError(.badRequest, "limit: expected a number from 1 to 1000")
        }
        return number
    }

    /// Whether something is asked for by `true`; not where nothing is said.
    func isWanted(_ key: String, of request: Request) throws -> Bool {
        guard let text = request.uri.queryParameters[Substring(key)] else { return false }
        guard let value = Bool(String(text)) else {
            throw InterfaceError(.badRequest, "\(key): expected true or false")
        }
        return value
    }

    func time(_ key: String, of request: Request) throws -> Double {
        guard let text = request.uri.queryParameters[Substring(key)], let time = Double(text), time.isFinite, time >= 0
        else { throw InterfaceError(.badRequest, "\(key): expected a time, s of network time") }
        return time
    }
}
