import SignalModel

extension FormatError {
    /// What a JSON decoder found wrong with a file, with the path of the field.
    package init(_ error: DecodingError, file: String) {
        guard let problem = Problem(error) else {
            self.init(
                file: file, fault: .malformed("not JSON, nested too deep, or with a number that its field cannot hold"))
            return
        }
        self.init(
            file: file, location: .field(problem.field.description),
            fault: .unexpected(expected: problem.expected.description, found: problem.found))
    }
}
