import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPInterface {
    /// The control-room page with its program and looks; it asks for a token itself.
    var page: [Endpoint] {
        [
            file("/", "text/html; charset=utf-8", PackageResources.control_room_html),
            file("/control-room.js", "text/javascript; charset=utf-8", PackageResources.control_room_js),
            file("/control-room.css", "text/css; charset=utf-8", PackageResources.control_room_css),
        ]
    }

    private func file(_ path: String, _ type: String, _ content: [UInt8]) -> Endpoint {
        .get(path, nil) { _, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: type, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
                    // Nothing from elsewhere is run, shown or sent to.
                    .contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
                ], body: .init(byteBuffer: ByteBuffer(bytes: content)))
        }
    }
}
