import LinearAlgebra
import TestSupport
import Testing

@Suite("Products in single precision")
struct SinglePrecisionProductTests {
    @Test("A product is the sums that define it", arguments: [(1, 1, 1), (3, 5, 2), (17, 4, 31), (2, 0, 3)])
    func product(rows: Int, inner: Int, columns: Int) {
        var random = SplitMix64(seed: UInt64(rows + 100 * columns))
        let left = (0..<rows * inner).map { _ in Float.random(in: -1...1, using: &random) }
        let right = (0..<inner * columns).map { _ in Float.random(in: -1...1, using: &random) }
        var product = Array(repeating: Float.nan, count: rows * columns)
        multiply(rows: rows, inner: inner, columns: columns, left, right, into: &product)
        for row in 0..<rows {
            for column in 0..<columns {
                let expected = (0..<inner).reduce(Float(0)) { sum, place in
                    sum + left[place * rows + row] * right[column * inner + place]
                }
                #expect(abs(product[column * rows + row] - expected) < 1e-5)
            }
        }
    }
}
