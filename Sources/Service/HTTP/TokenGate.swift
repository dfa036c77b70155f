import HTTPTypes
import Hummingbird
import StageControl
import Synchronization

/// Knows people by their tokens, of which only the digests are kept, and lets nobody ask too often.
final class TokenGate: RouterMiddleware {
    /// Requests that one address or person may make at once, and a second in the long run.
    static let burst = 60.0
    static let perSecond = 30.0
    /// Addresses that are remembered.
    private static let greatestBucketCount = 10_000

    private struct Bucket {
        var available = TokenGate.burst
        var last: ContinuousClock.Instant
    }

    private let people: TokenDigests<Requester>
    private let buckets = Mutex<[String: Bucket]>([:])

    init(_ people: [CityConfiguration.Person]) {
        self.people = TokenDigests(people.map { ($0.token, Requester(name: $0.name, role: $0.role)) })
    }

    func handle(
        _ request: Request, context: InterfaceContext,
        next: (Request, InterfaceContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requester = requester(of: request)
        let asking = context.requester.map { "person \($0.name)" } ?? context.remoteAddress?.ipAddress ?? "unknown"
        guard take(asking, at: .now) else {
            throw InterfaceError(.tooManyRequests, "expected at most \(Self.perSecond) requests a second")
        }
        do {
            return try await next(request, context)
        } catch let error as CentreError {
            throw InterfaceError(error)
        } catch let error as PriorityError {
            throw InterfaceError(.unprocessableContent, error.description)
        }
    }

    private func requester(of request: Request) -> Requester? {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer ") else { return nil }
        return people.owner(Array(header.dropFirst("Bearer ".count).utf8))
    }

    private func take(_ asking: String, at now: ContinuousClock.Instant) -> Bool {
        buckets.withLock { buckets in
            if buckets.count > Self.greatestBucketCount { buckets.removeAll() }
            var bucket = buckets[asking] ?? Bucket(last: now)
            bucket.available = min(Self.burst, bucket.available + Self.perSecond * ((now - bucket.last) / .seconds(1)))
            bucket.last = now
            let isTaken = bucket.available >= 1
            if isTaken { bucket.available -= 1 }
            buckets[asking] = bucket
            return isTaken
        }
    }
}
