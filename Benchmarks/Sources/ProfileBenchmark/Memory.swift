/// Plain memory for the loops that are timed, aligned to the lines of the cache, which lives as long as this.
final class Memory {
    private var blocks: [UnsafeMutableRawPointer] = []

    func floats(_ count: Int) -> UnsafeMutablePointer<Float> { array(count, of: 0) }

    func array<Element: BitwiseCopyable>(_ count: Int, of value: Element) -> UnsafeMutablePointer<Element> {
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
        blocks.append(block)
        return block.initializeMemory(as: Element.self, repeating: value, count: max(1, count))
    }

    deinit { for block in blocks { block.deallocate() } }
}
