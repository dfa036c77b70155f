import ControllerLink
import SignalModel

/// A control law that a controller can follow by itself, second by second, while it has no lease.
///
/// It only has wishes: what the lamps show is for ``JunctionControl`` and the guard to say.
public protocol LocalLaw: Sendable {
    /// The groups that are to be green as soon as the rules allow, from a second on.
    ///
    /// - Parameters:
    ///   - readings: What detectors measured since the last call.
    ///   - shown: What the lamps showed until now, one aspect for each group.
    ///   - time: Start of the second, s of network time.
    /// - Returns: Groups that may be green together; nil where the law cannot tell, and the fallback programme is to run.
    mutating func wish(_ readings: [DetectorReading], shown: [LampAspect], at time: Int) -> [SignalGroupID]?
}
