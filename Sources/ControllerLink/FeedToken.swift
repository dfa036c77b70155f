/// A secret that lets a feed in; no description of it shows what it is.
public struct FeedToken: Codable, Sendable, ExpressibleByStringLiteral {
    private let secret: String

    /// Keeps a secret.
    public init(_ secret: String) { self.secret = secret }

    /// Keeps a literal secret, of a trial.
    public init(stringLiteral value: String) { secret = value }

    /// Reads the secret as a text.
    public init(from decoder: any Decoder) throws { secret = try decoder.singleValueContainer().decode(String.self) }

    /// Writes the secret as a text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(secret)
    }

    /// Gives the bytes of the secret to who must judge them, such as a hash.
    public func withSecret<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result {
        try body(Array(secret.utf8))
    }
}

extension FeedToken: Equatable {
    /// Compares in a time that depends on the lengths alone, so that it tells nothing of where two secrets differ.
    public static func == (first: Self, second: Self) -> Bool {
        let (first, second) = (Array(first.secret.utf8), Array(second.secret.utf8))
        guard first.count == second.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(first, second) { difference |= one ^ other }
        return difference == 0
    }
}

extension FeedToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The word token.
    public var description: String { "token" }
    /// The word token.
    public var debugDescription: String { "token" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
