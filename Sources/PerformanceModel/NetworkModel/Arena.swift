/// Memory of a simulation kernel: arrays of plain values that live as long as the arena.
final class Arena {
    private var release: [() -> Void] = []

    /// Room for `count` values, each set to `value`.
    func array<Element>(_ count: Int, of value: Element) -> UnsafeMutablePointer<Element> {
        let base = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
        base.initialize(repeating: value, count: max(1, count))
        release.append {
            base.deinitialize(count: max(1, count))
            base.deallocate()
        }
        return base
    }

    /// A copy of some values.
    func array<Element>(_ values: [Element], or filler: Element) -> UnsafeMutablePointer<Element> {
        let base = array(values.count, of: values.first ?? filler)
        for (position, value) in values.enumerated() { base[position] = value }
        return base
    }

    deinit {
        for entry in release { entry() }
    }
}
