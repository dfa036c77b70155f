import ArgumentParser

/// Where a centre listens, as `HOST:PORT`.
struct CentreAddress: Sendable {
    let host: String
    let port: Int

    /// Reads an address.
    init(_ text: String) throws {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port), colon > text.startIndex
        else { throw ValidationError("expected HOST:PORT, such as 127.0.0.1:7400, found \(text)") }
        host = String(text[..<colon])
        self.port = port
    }
}
