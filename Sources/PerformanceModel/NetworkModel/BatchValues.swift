/// One value for each candidate of a batch, candidates side by side.
typealias BatchValues = SIMD8<Float>

/// Which candidates of a batch something holds for.
typealias BatchMask = SIMDMask<SIMD8<Int32>>

extension BatchValues {
    /// The lesser of two values, candidate by candidate; the library's `pointwiseMin` is a call.
    @inline(__always)
    func least(_ other: BatchValues) -> BatchValues { replacing(with: other, where: other .< self) }

    /// The greater of two values, candidate by candidate.
    @inline(__always)
    func greatest(_ other: BatchValues) -> BatchValues { replacing(with: other, where: other .> self) }

    /// The values of some candidates, and zero for the others.
    @inline(__always)
    func only(where mask: BatchMask) -> BatchValues { BatchValues.zero.replacing(with: self, where: mask) }
}

extension BatchMask {
    /// Whether it holds for any candidate; the library's `any` takes twice as many steps.
    @inline(__always)
    var holdsForSome: Bool {
        let bits = unsafeBitCast(self, to: SIMD4<UInt64>.self)
        let halves = bits.lowHalf | bits.highHalf
        return halves[0] | halves[1] != 0
    }
}
