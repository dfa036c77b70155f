import SignalModel

extension StrictDecoder {
    /// Whether a type is taken as it stands, without looking inside.
    static func isPlain(_ type: any Any.Type) -> Bool {
        type == Double.self || type == String.self || type == Int.self || type == Bool.self
    }

    /// An error in terms of the document where the decoder's own says nothing of it.
    ///
    /// Decoders name neither the field of a number that its type cannot hold, nor the words that a choice is made of.
    static func explained(
        _ error: any Error, for type: any Any.Type, at path: @autoclosure () -> [any CodingKey],
        number: @autoclosure () -> Double?, text: @autoclosure () -> String?
    ) -> any Error {
        let problem: (expected: String, found: String)
        switch error {
        case is DocumentProblems: return error
        case let error as DecodingError:
            guard case .dataCorrupted = error, let choice = type as? any (CaseIterable & RawRepresentable).Type,
                let text = text()
            else {
                return error
            }
            problem = ("one of \(words(of: choice))", Problem.quoted(text))
        default:
            if type == Int.self, let number = number() {
                problem = ("a whole number", Problem.plain(number))
            } else if type == String.self {
                problem = ("a text", "one that is damaged")
            } else {
                problem = ("a number", "one that is damaged or too great")
            }
        }
        return DocumentProblems(list: [
            Problem(FieldPath(codingPath: path()), .kind(problem.expected), found: problem.found)
        ])
    }

    private static func words<Choice: CaseIterable & RawRepresentable>(of type: Choice.Type) -> String {
        type.allCases.map { Problem.quoted("\($0.rawValue)") }.joined(separator: ", ")
    }
}
