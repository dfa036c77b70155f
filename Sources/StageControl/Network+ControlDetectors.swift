import AdaptiveControl
import SignalModel

extension Network {
    /// Detectors for control of the second at all junctions that it can be had at: loops before the signals, and on each way
    /// over a junction one that sees who stands there.
    public func detectorsForControl() -> [Detector] {
        let layouts = junctions.compactMap { try? JunctionLayout($0.id, in: self) }
        return LoopDetectorPlan(layouts, in: self, reach: LoopDetectorPlan.reach).detectors
            + layouts.flatMap(\.detectorsInside)
    }
}
