import Foundation
import SignalModel

extension FormatError {
    /// What a JSON decoder found wrong with a file, with the path of the field, or the line from which it is not JSON.
    package init(_ error: DecodingError, file: String, json: Data? = nil) {
        if let problem = Problem(error) {
            self.init(
                file: file, location: .field(problem.field.description),
                fault: .unexpected(expected: problem.expected.description, found: problem.found))
        } else if let line = json.flatMap(JSONSyntax.faultyLine) {
            self.init(file: file, location: .line(line), fault: .malformed("not JSON"))
        } else {
            self.init(
                file: file, fault: .malformed("not JSON, nested too deep, or with a number that its field cannot hold"))
        }
    }
}
