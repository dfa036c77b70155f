import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers of JSON.
enum JSONAnswer {
    static func response(_ content: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        guard let data = try? CentreJSON.encoder.encode(content) else {
            return Response(status: .internalServerError)
        }
        return document(data, status: status)
    }

    /// An answer that is written already.
    static func document(_ data: Data, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }
}
