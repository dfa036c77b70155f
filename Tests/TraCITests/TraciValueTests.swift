import TestSupport
import Testing

@testable import TraCI

@Suite("Compound values of TraCI")
struct TraciValueTests {
    @Test("Links of signals are taken from SUMO's flat list")
    func links() throws {
        let value = TraciValue.compound([
            .integer(3), .integer(1), .strings(["a_0", "b_0", ":J_0"]), .integer(0), .integer(2),
            .strings(["a_1", "c_0", ""]), .strings(["d_0", "e_0", ":J_1"]),
        ])
        let links = try TraciSignalLink.list(value)
        #expect(links.map(\.count) == [1, 0, 2])
        #expect(links[2][1] == TraciSignalLink(incoming: "d_0", outgoing: "e_0", inside: ":J_1"))
    }

    @Test("Programs have their states in order")
    func programs() throws {
        let state = TraciValue.compound([
            .double(31), .string("Gr"), .double(5), .double(50), .compound([.integer(2)]), .string("main"),
        ])
        let value = TraciValue.compound([
            .compound([
                .string("0"), .integer(3), .integer(1), .compound([state, state]),
                .compound([.strings(["max-gap", "2"])]),
            ])
        ])
        let program = try #require(try TraciProgram.list(value).first)
        #expect(program.id == "0")
        #expect(program.kind == 3)
        #expect(program.currentState == 1)
        #expect(program.states.count == 2)
        #expect(program.states[0].leastDuration == 5)
        #expect(program.states[0].greatestDuration == 50)
        #expect(program.states[0].next == [2])
        #expect(program.parameters == ["max-gap": "2"])
    }

    @Test("Announced counts that do not fit are errors, not crashes", arguments: [-1, 2, Int32.max])
    func wrongCounts(count: Int32) {
        let item = TraciValue.strings(["a", "b", "c"])
        let value = TraciValue.compound([.integer(count), .integer(count), item])
        #expect(throws: TraciError.self) { try TraciSignalLink.list(value) }
        #expect(throws: TraciError.self) { try TraciPassage.list(value) }
        #expect(throws: TraciError.self) { try TraciLaneLink.list(value) }
        #expect(throws: TraciError.self) { try TraciSignalAhead.list(value) }
    }

    @Test("Any value read as any compound is an answer or an error", arguments: 0..<500)
    func garbage(seed: UInt64) {
        var source = RandomValues(random: SplitMix64(seed: seed))
        let value = source.value()
        let readers: [(TraciValue) throws -> Void] = [
            { _ = try TraciSignalLink.list($0) }, { _ = try TraciProgram.list($0) },
            { _ = try TraciPassage.list($0) }, { _ = try TraciLaneLink.list($0) },
            { _ = try TraciSignalAhead.list($0) },
        ]
        for reader in readers {
            do { try reader(value) } catch { #expect(error is TraciError) }
        }
    }
}
