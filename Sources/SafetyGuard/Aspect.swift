/// What the lamps of a signal group show.
public enum Aspect: String, Codable, Sendable, CaseIterable {
    case red, redAmber, green, yellow
}
