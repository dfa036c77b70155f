import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPInterface {
    /// Server-sent events: all that is known, and then what changes, as it changes.
    var stream: Endpoint {
        .get("/api/v1/stream", .viewer) { _, _ in
            let changes = await centre.watch()
            return Response(
                status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: .init { writer in
                    try await writer.write(Self.event("health", await centre.health()))
                    for junction in await centre.junctions() {
                        try await writer.write(Self.event("junction", junction))
                    }
                    for await change in changes {
                        switch change {
                        case .junction(let view): try await writer.write(Self.event("junction", view))
                        case .city: try await writer.write(Self.event("health", await centre.health()))
                        }
                    }
                    try await writer.finish(nil)
                })
        }
    }

    private static func event(_ name: String, _ content: some Encodable) throws -> ByteBuffer {
        var buffer = ByteBuffer(string: "event: \(name)\ndata: ")
        buffer.writeBytes(try CentreJSON.encoder.encode(content))
        buffer.writeString("\n\n")
        return buffer
    }
}
