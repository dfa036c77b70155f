import LinearAlgebra
import PerformanceModel
import PlanOptimizer
import SignalModel

/// The linear-quadratic regulator of splits of TUC (Diakaki, Papageorgiou and Aboudolas 2002): g(k) = gᴺ − L·x(k).
///
/// L makes Σ xᵀQx + ΔgᵀRΔg least for the store-and-forward model x(k+1) = x(k) + BΔg(k), with Q the reciprocals of the
/// storages and R = r·I: relative occupancies are balanced, and no link is filled while others have room.
///
/// Δg reaches only what the columns of B span: with A = I every other direction has its eigenvalue at 1 whatever is done,
/// and the Riccati equation of the whole has no stabilising solution. So x is split as U·y + V·z, with the columns of U a
/// basis of the range of B and V of the rest; z stays as it is, and the cost is least for e = y + (UᵀQU)⁻¹UᵀQV·z brought to
/// 0: what can be moved is moved to where the whole is cheapest with the rest as it is. The equation is solved for e, which is
/// controllable, and observable since Q is positive definite; its gain K gives L = K·(UᵀQU)⁻¹UᵀQ, the same for e.
struct SplitRegulator {
    private let model: StoreAndForward
    /// L, stages × approaches, s of green per vehicle.
    let gain: Matrix

    /// Prepares the regulator; nil where the greens reach no link.
    ///
    /// - Parameter controlWeight: r, with Q in 1/vehicles.
    init?(_ model: StoreAndForward, controlWeight: Double) {
        self.model = model
        let basis = model.input.rangeBasis()
        guard basis.columns > 0 else { return nil }
        var weighed = basis
        for row in 0..<basis.rows {
            for column in 0..<basis.columns { weighed[row, column] /= model.storages[row] }
        }
        let stateWeight = product(basis.transposed, weighed)
        var symmetric = stateWeight
        var inputWeight = Matrix.identity(model.input.columns)
        for place in inputWeight.elements.indices { inputWeight.elements[place] *= controlWeight }
        for column in 0..<symmetric.columns {
            for row in 0..<symmetric.rows {
                symmetric[row, column] = (stateWeight[row, column] + stateWeight[column, row]) / 2
            }
        }
        guard
            let equation = try? RiccatiEquation(
                dynamics: .identity(basis.columns), input: product(basis.transposed, model.input),
                stateWeight: symmetric, inputWeight: inputWeight),
            let solution = try? equation.solved(), let inverted = try? inverse(positiveDefinite: symmetric)
        else { return nil }
        gain = product(solution.gain, product(inverted, weighed.transposed))
    }

    /// Greens that the regulator wants, s, by junction and stage.
    ///
    /// - Parameters:
    ///   - nominal: Timings whose greens the regulator departs from.
    ///   - vehicles: Vehicles on each link, by position; links that are not named have none.
    func wanted(from nominal: [StagePlan], vehicles: [Int: Double]) -> [[Double]] {
        let state = model.approaches.map { vehicles[$0] ?? 0 }
        var stage = 0
        return nominal.map { plan in
            plan.stages.map { timed in
                defer { stage += 1 }
                return Double(timed.green) - state.indices.reduce(0) { $0 + gain[stage, $1] * state[$1] }
            }
        }
    }
}
