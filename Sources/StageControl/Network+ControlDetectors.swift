import AdaptiveControl
import SignalModel

extension Network {
    /// Loops for control of the second before the signals of all junctions that it can be had at.
    public func detectorsForControl() -> [Detector] {
        let layouts = junctions.compactMap { try? JunctionLayout($0.id, in: self) }
        return LoopDetectorPlan(layouts, in: self, reach: LoopDetectorPlan.reach).detectors
    }
}
