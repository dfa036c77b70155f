import ArgumentParser

/// Factors on the demand that a command line gives with commas between them.
///
/// - Throws: ``ValidationError`` that says what was expected.
func demandScales(_ text: String) throws -> [Double] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Double($0) }
    guard values.count == parts.count, Set(values).count == values.count,
        values.allSatisfy({ (0.01...100).contains($0) })
    else { throw ValidationError("expected different factors from 0.01 to 100, as 0.8,1.0,1.2") }
    return values
}
