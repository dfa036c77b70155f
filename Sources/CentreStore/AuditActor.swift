/// Who acts: a person, or a part of the system, with the role that allows it.
public struct AuditActor: Equatable, Sendable {
    /// Name.
    public var name: String
    /// Role in which it acts, such as viewer, operator, engineer or system.
    public var role: String

    /// Names an actor.
    public init(name: String, role: String) {
        self.name = name
        self.role = role
    }
}
