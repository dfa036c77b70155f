import Centre
import SignalModel
import Testing

@Suite("The demand of days before")
struct DemandHistoryTests {
    private static let movement = MovementID("m")

    @Test("What was learned is expected at the same time of day, and not at another")
    func timeOfDay() throws {
        var history = DemandHistory()
        for day in 0..<5 { history.learn(400, of: Self.movement, at: Double(day) * 86400 + 8 * 3600) }
        let expected = try #require(history.expected(of: Self.movement, at: 9 * 86400 + 8 * 3600 + 100))
        #expect(expected.perHour == 400)
        #expect(history.expected(of: Self.movement, at: 12 * 3600) == nil)
        #expect(history.expected(of: MovementID("other"), at: 8 * 3600) == nil)
    }

    @Test("Days that differ widen the error; few days widen it more")
    func spread() throws {
        var (steady, unsteady, young) = (DemandHistory(), DemandHistory(), DemandHistory())
        for day in 0..<30 {
            steady.learn(400, of: Self.movement, at: Double(day) * 86400)
            unsteady.learn(day % 2 == 0 ? 200 : 600, of: Self.movement, at: Double(day) * 86400)
        }
        young.learn(400, of: Self.movement, at: 0)
        let errors = try [steady, unsteady, young].map {
            try #require($0.expected(of: Self.movement, at: 0)).standardError
        }
        #expect(errors[0] < errors[1])
        #expect(errors[0] < errors[2])
    }

    @Test("What is no flow teaches nothing")
    func nonsense() {
        var history = DemandHistory()
        for value in [Double.nan, .infinity, -1] { history.learn(value, of: Self.movement, at: 0) }
        #expect(history.expected(of: Self.movement, at: 0) == nil)
    }

    @Test(
        "Control degrades by named steps",
        arguments: [
            (4, 4, false, DemandBasis.measured), (3, 4, false, .imputed), (2, 4, true, .imputed),
            (1, 4, true, .historic),
            (1, 4, false, .unknown), (0, 0, false, .unknown), (0, 4, true, .historic),
        ])
    func steps(sound: Int, all: Int, hasHistory: Bool, basis: DemandBasis) {
        #expect(DemandBasis.of(sound: sound, all: all, hasHistory: hasHistory) == basis)
    }
}
