/// Costs of the labels of some variables relative to one other's, rows of the last variable padded to the stride.
struct FactorTable: Sendable {
    /// The variables as places in the scope of the one that labels are relative to, ascending; not empty.
    let places: [Int]
    var values: [Double]

    mutating func add(_ more: [Double]) {
        for number in values.indices { values[number] += more[number] }
    }
}
