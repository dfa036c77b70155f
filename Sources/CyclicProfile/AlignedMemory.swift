/// Memory of the engine's loops, aligned to the lines of the cache, that lives as long as this.
final class AlignedMemory {
    private static let line = 64
    private var blocks: [UnsafeMutableRawPointer] = []

    /// Takes nothing yet.
    init() {}

    /// Room for some numbers, all zero.
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> { array(count, of: 0) }

    /// Room for `count` plain values, each set to `value`.
    func array<Element: BitwiseCopyable>(_ count: Int, of value: Element) -> UnsafeMutablePointer<Element> {
        let capacity = max(1, count)
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: capacity * MemoryLayout<Element>.stride, alignment: Self.line)
        blocks.append(block)
        return block.initializeMemory(as: Element.self, repeating: value, count: capacity)
    }

    deinit {
        for block in blocks { block.deallocate() }
    }
}
