import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PrometheusMetrics
import SignalModel

/// What people and programs may ask the centre over HTTP; `openapi.json` says it in full.
struct HTTPInterface: Sendable {
    let centre: CityCentre
    let people: [CityConfiguration.Person]
    let metrics: PrometheusRegistry

    /// Everything that may be asked.
    var endpoints: [Endpoint] { general + views + records + orders + [stream] + page }

    /// The router of all paths.
    func router() -> Router<InterfaceContext> {
        let router = Router(context: InterfaceContext.self)
        router.middlewares.add(TokenGate(people))
        for endpoint in endpoints { endpoint.add(to: router) }
        return router
    }

    private var general: [Endpoint] {
        [
            .get("/health", nil) { _, _ in
                let health = await centre.health()
                return JSONAnswer.response(health, status: health.storeFailure == nil ? .ok : .serviceUnavailable)
            },
            .get("/openapi.json", nil) { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "application/json"],
                    body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
            },
            .get("/metrics", .viewer) { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: .init(byteBuffer: ByteBuffer(string: metrics.text())))
            },
        ]
    }

    private var views: [Endpoint] {
        [
            .get("/api/v1/vital-signs", .viewer) { _, _ in
                guard let vitals = await centre.vitalSigns() else { throw CentreError.noDemand }
                return JSONAnswer.response(vitals)
            },
            .get("/api/v1/me", .viewer) { _, context in
                JSONAnswer.response(try context.requester(atLeast: .viewer))
            },
            .get("/api/v1/trend", .viewer) { _, _ in JSONAnswer.response(await centre.trendView()) },
            .get("/api/v1/streets", .viewer) { _, _ in JSONAnswer.response(await centre.streets()) },
            .get("/api/v1/junctions", .viewer) { _, _ in JSONAnswer.response(await centre.junctions()) },
            .get("/api/v1/junctions/{junction}", .viewer) { _, context in
                JSONAnswer.response(try await centre.junction(try junction(context)))
            },
            .get("/api/v1/districts", .viewer) { _, _ in JSONAnswer.response(await centre.districtViews()) },
            .get("/api/v1/detectors", .viewer) { _, _ in JSONAnswer.response(await centre.detectors()) },
            .get("/api/v1/plan", .viewer) { _, _ in JSONAnswer.document(try await centre.planDocument()) },
        ]
    }

    private var records: [Endpoint] {
        [
            .get("/api/v1/junctions/{junction}/leases", .viewer) { request, context in
                let limit = try limit(request)
                return JSONAnswer.response(try await centre.leases(of: try junction(context), limit: limit))
            },
            .get("/api/v1/junctions/{junction}/decisions", .viewer) { request, context in
                let limit = try limit(request)
                return JSONAnswer.response(try await centre.decisions(at: try junction(context), limit: limit))
            },
            .get("/api/v1/detectors/{detector}/history", .viewer) { request, context in
                let (from, to) = (try time("from", of: request), try time("to", of: request))
                let detector = DetectorID(try name("detector", context))
                return JSONAnswer.response(try await centre.history(of: detector, from: from, to: to))
            },
            .get("/api/v1/proposals", .viewer) { request, _ in
                JSONAnswer.response(
                    try await centre.proposals(state: request.uri.queryParameters["state"].map(String.init)))
            },
            .get("/api/v1/proposals/{id}", .viewer) { _, context in
                JSONAnswer.response(try await centre.proposalView(try identifier(context)))
            },
            .get("/api/v1/events", .viewer) { request, _ in
                let limit = try limit(request)
                return JSONAnswer.response(
                    try isWanted("open", of: request)
                        ? await centre.openEvents(limit: limit) : await centre.events(limit: limit))
            },
            .get("/api/v1/audit", .engineer) { request, _ in
                JSONAnswer.response(try await centre.auditEntries(limit: try limit(request)))
            },
        ]
    }

    private var orders: [Endpoint] {
        ProposalOrder.allCases.map { order in
            .post("/api/v1/proposals/{id}/\(order.rawValue)", .engineer) { request, context in
                let id = try identifier(context)
                try await centre.decide(
                    proposal: id, order, by: try context.requester(atLeast: .engineer),
                    reason: try await reason(request))
                return JSONAnswer.response(try await centre.proposalView(id))
            }
        }
            + [("hold", true), ("release", false)].map { path, isHeld in
                .post("/api/v1/districts/{district}/\(path)", .operator) { request, context in
                    try await centre.hold(
                        district: try name("district", context), isHeld, by: try context.requester(atLeast: .operator),
                        reason: try await reason(request))
                    return JSONAnswer.response(await centre.districtViews())
                }
            }
            + [("fallback", true), ("resume", false)].map { path, isForced in
                .post("/api/v1/junctions/{junction}/\(path)", .operator) { request, context in
                    let id = try junction(context)
                    try await centre.force(
                        id, toFallback: isForced, by: try context.requester(atLeast: .operator),
                        reason: try await reason(request))
                    return JSONAnswer.response(try await centre.junction(id))
                }
            } + priorityOrders + planOrders
    }

    private var priorityOrders: [Endpoint] {
        [
            .post("/api/v1/junctions/{junction}/priority", .operator) { request, context in
                try await centre.request(
                    try await priority(request), at: try junction(context),
                    by: try context.requester(atLeast: .operator))
                return Response(status: .noContent)
            },
            .post("/api/v1/junctions/{junction}/priority/{vehicle}/end", .operator) { _, context in
                try await centre.endRequest(try name("vehicle", context), at: try junction(context))
                return Response(status: .noContent)
            },
        ]
    }

    private var planOrders: [Endpoint] {
        [
            .post("/api/v1/events/{id}/acknowledge", .operator) { _, context in
                try await centre.acknowledge(
                    event: try identifier(context), by: try context.requester(atLeast: .operator))
                return Response(status: .noContent)
            },
            .post("/api/v1/what-if", .operator) { request, context in
                JSONAnswer.response(try await centre.whatIf(try await plan(request, context)))
            },
            .post("/api/v1/plan", .engineer) { request, context in
                let reason = request.uri.queryParameters["reason"].map(String.init) ?? ""
                try await centre.run(
                    try await plan(request, context), by: try context.requester(atLeast: .engineer),
                    reason: String(reason.prefix(1000)))
                return JSONAnswer.document(try await centre.planDocument())
            },
            .post("/api/v1/backup", .engineer) { _, context in
                JSONAnswer.response(["path": try await centre.backUp(by: try context.requester(atLeast: .engineer))])
            },
        ]
    }
}
