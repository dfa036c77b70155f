import PerformanceModel
import PlanOptimizer
import SafetyGuard
import SignalModel
import Synchronization
import TestSupport
import Testing

@Suite("Networks cut into subareas")
struct CityOptimizerTests {
    private let network = JunctionGenerator.irregular(rows: 2, columns: 3, seed: 3)
    private var flows: Flows { FlowsGenerator.flows(for: network, seed: 3, greatestFlowPerLane: 250) }

    private func optimizer(
        greatestSubarea: Int, threads: Int = 1, isStopped: @Sendable @escaping () -> Bool = { false }
    ) -> CityOptimizer {
        var settings = OptimizerSettings()
        settings.effort = 6
        settings.threads = threads
        settings.greatestSubarea = greatestSubarea
        return CityOptimizer(network: network, flows: flows, settings: settings, isStopped: isStopped)
    }

    @Test("A plan made of subareas is safe, whole and about as good as one made at once", arguments: [2, 3])
    func pieces(greatest: Int) throws {
        let cut = optimizer(greatestSubarea: greatest)
        #expect(cut.subareaCount * greatest >= network.junctions.count)
        let pieces = try cut.optimize()
        let whole = try optimizer(greatestSubarea: 100).optimize()
        #expect(SafetyGuard.violations(of: pieces.plan, in: network).isEmpty)
        #expect(pieces.subareas.count == cut.subareaCount)
        let model = NetworkModel(network: network, flows: flows)
        #expect(model.evaluate(pieces.plan).delay < 1.1 * model.evaluate(whole.plan).delay)
    }

    @Test("The plan does not depend on the number of threads")
    func threads() throws {
        let one = try optimizer(greatestSubarea: 3).optimize().plan
        #expect(try optimizer(greatestSubarea: 3, threads: 2).optimize().plan == one)
        #expect(try optimizer(greatestSubarea: 3, threads: 3).optimize().plan == one)
    }

    @Test(
        "A search that is stopped at any time leaves a safe plan", arguments: [0, 3, 30, 300], [3, 100])
    func stopped(questions: Int, greatest: Int) throws {
        let asked = Mutex(0)
        let plan = try optimizer(greatestSubarea: greatest) {
            asked.withLock { count in
                count += 1
                return count > questions
            }
        }.optimize().plan
        #expect(SafetyGuard.violations(of: plan, in: network).isEmpty)
        #expect(plan.junctions.count == network.junctions.count)
    }

    @Test("A search that goes on for longer ends with a better plan")
    func patience() throws {
        let model = NetworkModel(network: network, flows: flows)
        let hasty = try optimizer(greatestSubarea: 100) { true }.optimize().plan
        let patient = try optimizer(greatestSubarea: 100).optimize().plan
        #expect(model.evaluate(patient).performanceIndex < model.evaluate(hasty).performanceIndex)
    }

    @Test("Progress counts up to the end")
    func progress() throws {
        let told = Mutex([Int]())
        let optimizer = optimizer(greatestSubarea: 3, threads: 2)
        _ = try optimizer.optimize { step in
            told.withLock { $0.append(step.done) }
            #expect(step.all == 2 * optimizer.subareaCount)
            #expect((0..<optimizer.subareaCount).contains(step.subarea))
        }
        #expect(told.withLock { $0 } == Array(1...(2 * optimizer.subareaCount)))
    }
}
