/// What became of a lease.
public struct LeaseAnswer: Codable, Equatable, Sendable {
    /// Sequence number of the lease.
    public var sequence: Int
    /// Whether it runs.
    public var isAccepted: Bool
    /// Why not; absent where it runs.
    public var refusal: Refusal?
    /// More of it, for people.
    public var detail: String

    /// Why a lease does not run.
    public enum Refusal: String, Codable, Sendable, CaseIterable {
        /// It is for another junction.
        case wrongJunction
        /// Its sequence number is not greater than that of a lease before: repeated, overtaken or replayed.
        case notNewer
        /// Its sequence number is further ahead than can be meant.
        case tooFarAhead
        /// It was issued in the future, as far as the controller's clock goes.
        case issuedInFuture
        /// It was issued too long ago.
        case issuedTooLongAgo
        /// It has lapsed already.
        case lapsed
        /// It would run for longer than leases of its kind may, or ends before it begins.
        case badDuration
        /// The safety guard refuses what it asks for, or it names what the junction does not have.
        case unsafe
        /// The controller is not ready to run leases: it has just started, its clock was set or its lamps fail.
        case notReady

        /// Whether no centre in its right mind would send such a lease; it also ends the one that runs.
        public var isBreach: Bool {
            switch self {
            case .wrongJunction, .tooFarAhead, .issuedInFuture, .badDuration, .unsafe: true
            case .notNewer, .issuedTooLongAgo, .lapsed, .notReady: false
            }
        }
    }

    /// A lease that runs.
    public static func accepted(_ sequence: Int) -> LeaseAnswer {
        LeaseAnswer(sequence: sequence, isAccepted: true, refusal: nil, detail: "")
    }

    /// A lease that does not.
    public static func refused(_ sequence: Int, _ refusal: Refusal, _ detail: String = "") -> LeaseAnswer {
        LeaseAnswer(sequence: sequence, isAccepted: false, refusal: refusal, detail: detail)
    }

    private enum CodingKeys: String, CodingKey { case sequence, isAccepted = "accepted", refusal, detail }
}
