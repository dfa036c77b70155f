import SignalModel

/// A value out of a document of any notation, with what is wrong with its fields: those that its type does not have, and
/// those that hold another kind of value.
package struct StrictContent<Content: Decodable>: Decodable {
    /// The value; nothing where it could not be read.
    package var content: Content?
    /// What is wrong with it.
    package var problems: [Problem]

    /// Reads a value.
    package init(from decoder: any Decoder) throws {
        let findings = StrictDecoder.Findings()
        do {
            content = try Content(from: StrictDecoder(base: decoder, findings: findings))
            problems = findings.problems
        } catch let error as DocumentProblems {
            problems = findings.problems + error.list
        } catch let error as DecodingError {
            guard let problem = Problem(error) else { throw error }
            problems = findings.problems + [problem]
        }
    }
}
