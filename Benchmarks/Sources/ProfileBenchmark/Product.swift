import LinearAlgebra

/// A product of two large square matrices in single precision: what the core can do at its best.
struct Product {
    private let size: Int
    private let left: [Float]
    private let right: [Float]
    private var result: [Float]

    init(size: Int) {
        self.size = size
        left = (0..<size * size).map { Float($0 % 7) * 0.1 }
        right = (0..<size * size).map { Float($0 % 5) * 0.1 }
        result = Array(repeating: 0, count: size * size)
    }

    /// Additions and multiplications of one product.
    var operations: Int { 2 * size * size * size }

    /// Computes it once.
    mutating func run() -> Stopwatch {
        Stopwatch { multiply(rows: size, inner: size, columns: size, left, right, into: &result) }
    }
}
