import Testing
import TraCI

@testable import Simulators

@Suite("Decisions of max-pressure")
struct MaxPressureDecisionTests {
    /// Signals 0 and 1 from the west, straight and left; 2 from the south; 3 from the north.
    private static let links: [[TraciSignalLink]] = [
        [link("w_0", "e_0")], [link("w_1", "n_0")], [link("s_0", "n_0")],
        [link("n_in", "s_out"), link("n_in", "w_out")],
    ]

    private static func link(_ incoming: String, _ outgoing: String) -> TraciSignalLink {
        TraciSignalLink(incoming: TraciID(incoming), outgoing: TraciID(outgoing), inside: "")
    }

    private static func junction(_ states: [String]) -> MaxPressureJunction {
        MaxPressureJunction(id: "J", program: program(states), links: links)
    }

    private static func program(_ states: [String]) -> TraciProgram {
        TraciProgram(
            id: "0", kind: 0, currentState: 0,
            states: states.map {
                TraciProgram.State(
                    signals: $0, duration: 10, leastDuration: 10, greatestDuration: 10, next: [], name: "")
            }, parameters: [:])
    }

    private static let usual = junction(["GGrr", "yyrr", "rrrr", "rrGg", "rryy", "rsrs", "GGrr", "GgyG"])

    @Test("Stages are the states with green and without yellow, each once and in order")
    func stages() {
        let junction = Self.usual
        #expect(junction.stages.map(\.signals) == ["GGrr", "rrGg"])
        #expect(junction.stages[0].links.map(\.incoming) == ["w_0", "w_1"])
        #expect(junction.stages[1].links.map(\.outgoing) == ["n_0", "s_out", "w_out"])
        #expect(Self.junction(["rrrr", "oooo"]).stages.isEmpty)
        #expect(MaxPressureJunction(id: "J", program: nil, links: []).stages.isEmpty)
    }

    @Test("Pressure is the queues before the green links less those behind, for each link")
    func pressure() {
        let stages = Self.usual.stages
        let queues: [MaxPressureJunction.Lane: Int] = [
            "w_0": 4, "w_1": 1, "n_in": 3, "e_0": 2, "n_0": 5, "w_out": 2, "other": 9,
        ]
        #expect(stages[0].pressure(queues: queues) == (4 - 2) + (1 - 5))
        #expect(stages[1].pressure(queues: queues) == (0 - 5) + (3 - 0) + (3 - 2))
    }

    @Test("The stage of greatest pressure comes, after yellow for the signals that lose their green")
    func change() {
        var junction = Self.usual
        let start = junction.decide(queues: ["s_0": 2, "w_0": 1])
        #expect(start == MaxPressureJunction.Change(yellow: nil, green: "rrGg"))
        let next = junction.decide(queues: ["s_0": 1, "w_0": 2])
        #expect(next == MaxPressureJunction.Change(yellow: "rryy", green: "GGrr"))
        #expect(junction.current == 0)
        // A queue behind turns the sign.
        let back = junction.decide(queues: ["w_0": 2, "e_0": 9, "s_0": 1])
        #expect(back == MaxPressureJunction.Change(yellow: "yyrr", green: "rrGg"))
    }

    @Test("At equal pressures the stage that is shown stays, and before the first the first in order comes")
    func ties() {
        var junction = Self.usual
        let start = junction.decide(queues: [:])
        #expect(start?.green == "GGrr")
        #expect(junction.decide(queues: [:]) == nil)
        #expect(junction.decide(queues: ["s_0": 3]) != nil)
        #expect(junction.decide(queues: ["s_0": 3, "w_0": 3]) == nil)
        #expect(junction.current == 1)
        var three = Self.junction(["Grrr", "rGrr", "rrGr"])
        _ = three.decide(queues: [:])
        let next = three.decide(queues: ["w_1": 2, "s_0": 2])
        #expect(next?.green == "rGrr")
    }

    @Test("Without a signal that loses its green there is no yellow")
    func noYellow() {
        #expect(MaxPressureJunction.yellow(from: "Grr", to: "GGr") == nil)
        #expect(MaxPressureJunction.yellow(from: "Ggr", to: "gGr") == nil)
        #expect(MaxPressureJunction.yellow(from: "GgG", to: "Grs") == "Gyy")
    }

    @Test("A junction without stages decides nothing")
    func empty() {
        var junction = Self.junction([])
        #expect(junction.decide(queues: ["w_0": 3]) == nil)
    }
}
