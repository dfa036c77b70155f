import SignalModel
import TestSupport
import Testing

@Suite("Problems of counts")
struct CountsProblemsTests {
    typealias Case = PlantedProblem<Counts>

    static let cases: [Case] = [
        Case(
            "a detector without a name",
            "readings[0].detector: must be a text that is not empty, found \"\"",
            "readings[0].detector: must be a detector of the network, found \"\""
        ) { $0.readings[0].detector = "" },
        Case(
            "a detector that is not there",
            "readings[2] \"X\" .detector: must be a detector of the network, found \"X\""
        ) { $0.readings[2].detector = "X" },
        Case("two readings for one start", "readings[1] \"WC in\" .start_s: must be unique, found 0 again") {
            $0.readings[1].start = 0
        },
        Case(
            "a reading that covers the time of another",
            "readings[1] \"WC in\" .start_s: must be unique, found 299, a time that readings[0] covers"
        ) { $0.readings[1].start = 299 },
        Case(
            "an interval of no length", "readings[0] \"WC in\" .length_s: must be a number from 0.1 to 86400, found 0"
        ) { $0.readings[0].length = 0 },
        Case(
            "less than nothing counted",
            "readings[2] \"WC stop\" .count: must be a number from 0 to 1000000, found -4"
        ) { $0.readings[2].count = -4 },
        Case(
            "a detector covered twice", "readings[0] \"WC in\" .occupancy: must be a number from 0 to 1, found 1.5"
        ) { $0.readings[0].occupancy = 1.5 },
        Case("a speed of sound", "readings[0] \"WC in\" .speed_mps: must be a number from 0 to 200, found 343") {
            $0.readings[0].speed = 343
        },
        Case(
            "a start at no time",
            "readings[0] \"WC in\" .start_s: must be a number from -1000000000 to 1000000000, found inf"
        ) { $0.readings[0].start = .infinity },
    ]

    @Test("are named by path, detector and value, these and no others", arguments: cases)
    func named(_ planted: Case) {
        let found = planted.planted(in: SmallNetwork.counts).problems(in: SmallNetwork.network).map(\.description)
        #expect(found == planted.messages)
    }

    @Test("are none in sound counts, and detectors are looked for only where the network is at hand")
    func sound() {
        var counts = SmallNetwork.counts
        #expect(counts.problems(in: SmallNetwork.network) == [])
        counts.readings[2].detector = "X"
        #expect(counts.problems() == [])
    }
}
