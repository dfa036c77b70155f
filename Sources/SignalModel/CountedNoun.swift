extension Int {
    /// A number of things in words: "1 junction", "2 junctions".
    ///
    /// - Parameter noun: The thing, one of it; more of it take an s.
    public func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
