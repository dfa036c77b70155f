import HTTPTypes
import Hummingbird
import NIOCore

extension HTTPInterface {
    /// The control-room page with its program and looks; it asks for a token itself.
    var page: [Endpoint] {
        [
            file("/", "text/html; charset=utf-8", PackageResources.control_room_html),
            file("/control-room.css", "text/css; charset=utf-8", PackageResources.control_room_css),
            file("/control-room.svg", "image/svg+xml", PackageResources.control_room_svg),
            program("/control-room.js", PackageResources.control_room_js),
            program("/centre.js", PackageResources.centre_js),
            program("/views.js", PackageResources.views_js),
            program("/junction.js", PackageResources.junction_js),
            program("/pictures.js", PackageResources.pictures_js),
            program("/lists.js", PackageResources.lists_js),
            program("/words.js", PackageResources.words_js),
        ]
    }

    private func program(_ path: String, _ content: [UInt8]) -> Endpoint {
        file(path, "text/javascript; charset=utf-8", content)
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
