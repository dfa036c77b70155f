/// State of a ``BatchKernel`` between two intervals, so that its candidates can go on in other batches.
final class BatchSnapshot {
    fileprivate let state: UnsafeMutableRawPointer

    fileprivate init(byteCount: Int) {
        state = .allocate(byteCount: byteCount, alignment: MemoryLayout<BatchValues>.alignment)
    }

    deinit { state.deallocate() }
}

extension BatchKernel {
    /// Copies the state that the last interval left.
    func snapshot() -> BatchSnapshot {
        let byteCount = stateCount * MemoryLayout<BatchValues>.stride
        let result = BatchSnapshot(byteCount: byteCount)
        result.state.copyMemory(from: state, byteCount: byteCount)
        return result
    }

    /// Makes up a batch from candidates of others; one that is not full repeats its first.
    ///
    /// - Parameter members: Where each candidate is: a snapshot, and its place there.
    func restore(_ members: [(snapshot: BatchSnapshot, place: Int)]) {
        let stride = MemoryLayout<BatchValues>.stride
        for candidate in 0..<Self.width {
            let (snapshot, place) = members[candidate < members.count ? candidate : 0]
            var from = place * MemoryLayout<Float>.stride
            var to = candidate * MemoryLayout<Float>.stride
            for _ in 0..<stateCount {
                state.storeBytes(
                    of: snapshot.state.load(fromByteOffset: from, as: UInt32.self), toByteOffset: to, as: UInt32.self)
                from += stride
                to += stride
            }
        }
        heldSteps.update(repeating: 0, count: laneCount)
        // Whichever were open: a lane that is found closed deals with its signals' end once more, which changes nothing.
        wasOpen.update(repeating: true, count: laneCount)
    }
}
