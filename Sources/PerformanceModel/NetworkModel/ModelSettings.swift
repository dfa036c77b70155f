/// What the network model takes for granted about drivers; the same for every network.
public struct ModelSettings: Sendable, Equatable {
    /// Length of a time step, s; made a little shorter or longer where an interval of the demand is no whole number of them.
    public var stepLength = 1.0
    /// Mean wait behind the first of a platoon as a share of the travel time: α·β in Robertson's (1969) terms, with
    /// β = 1 − α·β so that the mean travel time is kept.
    public var dispersion = 0.12
    /// Critical gap of every movement that gives way, s; nil derives each from the paths over its junction.
    public var criticalGap: Double?
    /// Least time between drivers who use the same gap at a signal, s: the follow-up headway of permitted left turns in HCM 2010
    /// chapter 31.
    ///
    /// In SUMO 1.28 they follow each other at 2.46 to 2.56 s however wide the turn is, on paths of 12 to 46 m, as each slows down to
    /// look for opposing traffic; where it has an arrow, the same queue leaves at 2.0 to 2.5 s.
    public var followUp = 2.5
    /// The same at nodes without signals: the base follow-up headway of right turns from a minor street in HCM 2010 chapter 19.
    ///
    /// In SUMO 1.28 they leave every 3.05 to 3.35 s where there is no other traffic.
    public var followUpAtPriority = 3.3
    /// Time over which who gives way meets opposing traffic that does not queue, s: a gap and a little more.
    ///
    /// Its mean over that time counts, not what comes in one second: in a trough between two platoons nobody finds a gap that is
    /// longer than the trough.
    public var gapSpan = 7.0
    /// Share of the jam storage of a lane that can be used before it blocks the road behind it.
    public var usableStorage = 0.95
    /// Share of those who want another lane that get past a full one, on roads that each lane before leads to one lane of.
    ///
    /// The rest stand behind it. For links of ``sortedLength`` and more; chosen by what plans are worth in SUMO, before lanes of
    /// shorter ones were told apart.
    public var passingShare = 0.15
    /// Length of a link below which drivers take their lane before they come to it, m: there is no room to change.
    public var sortedLength = 60.0
    /// Length of approach within which queues are followed upstream over nodes without signals, m.
    public var followedLength = 70.0
    /// k·I of the incremental delay term (HCM 2010 equation 18-45): 0.5 for random arrivals and fixed-time control.
    ///
    /// It is for demand known in intervals of 2 minutes and more; shorter ones show a part of the randomness themselves.
    public var randomness = 0.5
    /// The same on lanes that wait for gaps in other traffic, whose capacity is as random as their arrivals: 1 in the delay at
    /// junctions without signals (HCM 2010 equation 19-64).
    public var gapRandomness = 1.0
    /// Time lost to braking and accelerating by a vehicle that stops, beyond what the queue shows, s.
    public var lossPerStop = 2.0
    /// Speed at which the front of a dissolving queue moves upstream, m/s.
    public var dissolvingSpeed = 5.0

    /// Weight in the performance index of the time that vehicles wait before a full road, beyond their delay.
    ///
    /// Where a road is full, queues block each other, and lane changes, in ways that the model does not know; but for links
    /// below ``sortedLength``, whose lanes it knows apart. Chosen by what plans are worth in SUMO, as ``passingShare`` is.
    public var overflowWeight = 2.0

    /// Share by which a run may be worse than a reference, after a sixth of the period, before it is given up.
    public var hopelessLead = 0.01

    /// Vehicles in the analysis period below which a turn out of a lane is left out.
    public var leastVehicles = 1.0

    /// Share of a junction's traffic that must come from another for the two to be looked at together.
    public var influence = 0.15

    /// Takes the standard values.
    public init() {}
}
