import AdaptiveControl
import SignalModel
import Testing

@testable import StageControl

@Suite("Readings that wait to be looked at")
struct ReadingMemoryTests {
    private func reading(_ passed: Int, occupied: Bool = false) -> LoopReading {
        LoopReading(passed: passed, isCovered: false, isOccupied: occupied)
    }

    @Test("Each second is looked at once, however often it is sent")
    func once() {
        var memory = ReadingMemory(count: 2)
        memory.add(reading(1), of: 0, start: 10)
        memory.add(reading(1), of: 0, start: 10)
        memory.add(reading(2), of: 1, start: 10)
        #expect(memory.take(of: 0, upTo: 10) == reading(1))
        #expect(memory.take(of: 0, upTo: 10) == nil)
        memory.add(reading(1), of: 0, start: 10)
        #expect(memory.take(of: 0, upTo: 11) == nil)
        #expect(memory.take(of: 1, upTo: 11) == reading(2))
    }

    @Test("What comes a second late counts with the next; the loop is as it was last")
    func late() {
        var memory = ReadingMemory(count: 1)
        memory.add(reading(1, occupied: true), of: 0, start: 10)
        memory.add(reading(1), of: 0, start: 11)
        #expect(memory.take(of: 0, upTo: 11) == reading(2))
        memory.add(reading(1), of: 0, start: 12)
        #expect(memory.take(of: 0, upTo: 11) == nil, "what is not over is not looked at")
        #expect(memory.take(of: 0, upTo: 12 + ReadingMemory.greatestAge) == nil, "what is too old says nothing")
    }

    @Test("What does not say whether somebody is there says nothing")
    func incomplete() {
        let complete = DetectorReading(detector: "d", start: 0, length: 1, count: 1, occupancy: 1, isPresent: true)
        #expect(LoopReading(complete) == LoopReading(passed: 1, isCovered: true, isOccupied: true))
        var without = complete
        without.isPresent = nil
        #expect(LoopReading(without) == nil)
        without = complete
        without.count = nil
        #expect(LoopReading(without) == nil)
        without.count = 0.5
        #expect(LoopReading(without) == nil)
        without.count = .infinity
        #expect(LoopReading(without) == nil)
    }

    @Test("A number that cannot be true says nothing, and is not added up", arguments: [-1, 4, 5e18, 1e300])
    func absurd(count: Double) {
        let reading = DetectorReading(detector: "d", start: 0, length: 1, count: count, occupancy: 0, isPresent: false)
        #expect(LoopReading(reading) == nil)
    }
}
