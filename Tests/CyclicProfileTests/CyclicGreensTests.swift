import CyclicProfile
import SignalModel
import TestSupport
import Testing

@Suite("Greens on the common cycle")
struct CyclicGreensTests {
    private func timing(cycle: Double, offset: Double = 0, _ greens: [GreenInterval], group: SignalGroupID = "through")
        -> JunctionPlan
    {
        JunctionPlan(
            junction: "A", cycle: cycle, offset: offset, greens: [GroupGreens(group: group, intervals: greens)])
    }

    private func error(of timing: JunctionPlan) throws -> CyclicError? {
        let arterial = try Arterial()
        do {
            _ = try CyclicGreens(
                timings: [timing, Arterial.timing("B", offset: 0, green: 30)], network: arterial.cyclic)
            return nil
        } catch {
            return error
        }
    }

    @Test("A timing that does not fit is refused by name")
    func refusals() throws {
        let green = GreenInterval(start: 0, duration: 10)
        #expect(try error(of: timing(cycle: 80, [green])) == nil)
        #expect(try error(of: timing(cycle: 40, [green])) == nil)
        #expect(try error(of: timing(cycle: 70, [green])) == .junctionCycle("A", found: 70, common: 80))
        #expect(try error(of: timing(cycle: 0, [green])) == .junctionCycle("A", found: 0, common: 80))
        #expect(try error(of: timing(cycle: -80, [green])) == .junctionCycle("A", found: -80, common: 80))
        #expect(try error(of: timing(cycle: 160, [green])) == .junctionCycle("A", found: 160, common: 80))
        #expect(try error(of: timing(cycle: 20, [green])) == .greens("A", "through", found: 4, most: 2))
        #expect(try error(of: timing(cycle: 80, offset: .infinity, [green])) == .green("A", "through"))
        #expect(
            try error(of: timing(cycle: 80, [GreenInterval(start: .nan, duration: 10)])) == .green("A", "through"))
        #expect(try error(of: JunctionPlan(junction: "C", cycle: 80, offset: 0, greens: [])) == .unknownJunction("C"))
        #expect(try error(of: Arterial.timing("B", offset: 0, green: 30)) == .noTiming("A"))
    }

    @Test("A cycle that no profile is made for is refused", arguments: [9, 601, 0, -80])
    func cycles(cycle: Int) throws {
        #expect(throws: CyclicError.cycle(found: cycle, expected: CyclicNetwork.cycles)) {
            _ = try Arterial(cycle: cycle)
        }
    }

    @Test("Shifting the greens is what another offset is")
    func shift() throws {
        let arterial = try Arterial()
        var shifted = try arterial.greens(offsets: (0, 70))
        shifted.shift(junction: 1, by: 25)
        #expect(shifted == (try arterial.greens(offsets: (0, 15))))
        shifted.shift(junction: 1, by: -40)
        #expect(shifted == (try arterial.greens(offsets: (0, 55))))
    }
}
