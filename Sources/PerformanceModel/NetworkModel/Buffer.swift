/// Memory of the simulation kernel: a fixed number of plain values.
final class Buffer<Element> {
    let base: UnsafeMutablePointer<Element>
    let count: Int

    init(_ count: Int, repeating value: Element) {
        self.count = count
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: value, count: max(1, count))
    }

    convenience init(_ values: [Element], or filler: Element) {
        self.init(values.count, repeating: filler)
        for (position, value) in values.enumerated() { base[position] = value }
    }

    deinit {
        base.deinitialize(count: max(1, count))
        base.deallocate()
    }

    func copy(_ range: Range<Int>, from other: Buffer) {
        (base + range.lowerBound).update(from: other.base + range.lowerBound, count: range.count)
    }
}
