/// Who gives an order.
public struct Requester: Codable, Sendable, Equatable {
    /// Name in the audit log.
    public var name: String
    /// What the person may do.
    public var role: Role

    /// Names somebody.
    public init(name: String, role: Role) {
        self.name = name
        self.role = role
    }
}
