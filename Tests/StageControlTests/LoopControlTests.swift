import ControllerLink
import EdgeControl
import SignalModel
import StageControl
import TestSupport
import Testing

@Suite("A junction controlled by its loops")
struct LoopControlTests {
    /// The small network with loops, its controller, and a street in which vehicles stand where they are put.
    private struct Street {
        var edge: JunctionControl
        var law: LoopControl
        var time = 1000
        /// Loops that a vehicle stands on.
        var covered: Set<DetectorID> = []
        var isSilent = false
        /// How far ahead the clock of the detectors is, s.
        var lead = 0.0
        var running: [RunningContent] = []
        var greens: [[SignalGroupID]] = []

        init() throws {
            var network = SmallNetwork.network
            network.detectors = network.detectorsForControl()
            let junction = network.junctions[0]
            edge = try JunctionControl(
                EdgeSettings(junction: junction, fallback: [.init(plan: junction.programs[0].plan)]))
            law = try ControllableNetwork(network).control(of: junction.id, time: time)
        }

        mutating func step() {
            let readings = law.detectors.map { detector in
                let isCovered = covered.contains(detector)
                return DetectorReading(
                    detector: detector, start: Double(time - 1) + lead, length: 1, count: 0,
                    occupancy: isCovered ? 1 : 0,
                    isPresent: isCovered)
            }
            edge.wish(law.wish(isSilent ? [] : readings, shown: edge.shown, at: time))
            let second = edge.step(at: EdgeTime(uptime: time, network: time))
            edge.confirm()
            running.append(second.status.running)
            let groups = SmallNetwork.junction.signalGroups.map(\.id)
            greens.append(zip(groups, second.aspects).filter { $0.1 == .green }.map(\.0))
            time += 1
        }

        mutating func run(_ seconds: Int) { for _ in 0..<seconds { step() } }
    }

    @Test("Who stands at a stop line gets green, and keeps it until somebody else does")
    func demand() throws {
        var street = try Street()
        let stopLine = try #require(street.law.detectors.first { $0.text.hasPrefix("SC_0/") && $0.text.contains("97") })
        street.run(60)
        street.covered = [stopLine]
        street.run(30)
        #expect(street.greens.last?.contains("side") == true)
        #expect(street.running.last == .local)
    }

    /// Seconds without green between the main road and the side road, when a vehicle of the main road stands inside for some
    /// seconds after its green.
    private static func clearance(standing: Int) throws -> Int {
        var street = try Street()
        let main = try #require(street.law.detectors.first { $0.text.hasPrefix("WC_0/") && $0.text.contains("97") })
        let side = try #require(street.law.detectors.first { $0.text.hasPrefix("SC_0/") && $0.text.contains("97") })
        let inside = try #require(street.law.detectors.first { $0.text == "WC_0/inside/WC>CE" })
        street.covered = [main]
        street.run(60)
        street.covered = [side, inside]
        let before = street.greens.count
        while street.greens.last?.contains("main") == true, street.greens.count < before + 60 { street.step() }
        let end = street.greens.count
        while street.greens.last?.contains("side") == false, street.greens.count < before + 120 {
            if street.greens.count == end + standing { street.covered.remove(inside) }
            street.step()
        }
        return street.greens.count - end
    }

    @Test("While somebody stands inside the junction nobody starts across, but for no longer than may be")
    func occupiedJunction() throws {
        let free = try Self.clearance(standing: 0)
        #expect((5...7).contains(free))
        #expect(try Self.clearance(standing: 2) == free)
        let held = try Self.clearance(standing: 8)
        #expect((8...11).contains(held) && held > free)
        let longest = try Self.clearance(standing: 100)
        #expect((11...13).contains(longest))
    }

    @Test("Readings of a clock that jumps ahead count as none, and those that follow count again")
    func clockAhead() throws {
        var street = try Street()
        street.run(40)
        street.lead = 1e6
        street.run(LoopControl.greatestBlindTime + 1)
        #expect(street.running.last == .fallback)
        street.lead = 0
        street.run(2)
        #expect(street.running.last == .local)
    }

    @Test("Where the loops say nothing the fallback programme runs, and the law again when they speak")
    func silence() throws {
        var street = try Street()
        street.run(40)
        #expect(street.running.last == .local)
        street.isSilent = true
        street.run(LoopControl.greatestBlindTime + 1)
        #expect(street.running.last == .fallback)
        street.run(30)
        #expect(street.running.suffix(30).allSatisfy { $0 == .fallback })
        street.isSilent = false
        street.run(2)
        #expect(street.running.last == .local)
    }
}
