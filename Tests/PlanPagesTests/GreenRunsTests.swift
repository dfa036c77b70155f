import Testing

@testable import PlanPages

@Suite("Times that repeat with a cycle")
struct GreenRunsTests {
    @Test("a time over the end of the cycle is one time, and two that meet there are too")
    func wrapped() {
        let runs = GreenRuns([(80, 30)], cycle: 100)
        #expect(runs.longest?.start == 80 && runs.longest?.length == 30)
        let moved = runs.later(by: 25)
        #expect(moved.longest?.start == 5 && moved.longest?.length == 30)
        #expect(runs.later(by: -180).longest?.start == 0)
    }

    @Test("what two greens have in common is found over the end of the cycle")
    func common() {
        let one = GreenRuns([(80, 40)], cycle: 100)
        let two = GreenRuns([(95, 40)], cycle: 100)
        let both = one.intersection(two).longest
        #expect(both?.start == 95 && both?.length == 25)
        #expect(one.intersection(GreenRuns([(30, 20)], cycle: 100)).longest == nil)
        let always = GreenRuns([(12, 100)], cycle: 100)
        #expect(one.intersection(always) == one)
        #expect(always.longest?.length == 100)
    }

    @Test("of two greens in a cycle the longer counts")
    func longer() {
        let longest = GreenRuns([(5, 10), (40, 25)], cycle: 90).longest
        #expect(longest?.start == 40 && longest?.length == 25)
    }
}
