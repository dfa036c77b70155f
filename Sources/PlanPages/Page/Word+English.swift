extension Word {
    /// Every word of the page in English; `{0}` and so on stand for what is put in.
    static let english: [Word: String] = [
        .semicolon: "; ",
        .fullStop: ". ",
        .ringsUnfit: "The junction is run by rings and barriers; the greens of this plan do not fit them.",
        .title: "Signal plan for {0}",
        .subtitle: "Plan “{0}”, {1} junctions, {2} s to {3} s of network time",
        .subtitlePresent: "The programs that run now, {1} junctions, {2} s to {3} s of network time",
        .leadBetter:
            """
        With the new timings a vehicle loses {0} s on its way through the network instead of {1} s: {2} % \
        less.
        """,
        .leadWorse:
            """
        With the new timings a vehicle loses {0} s on its way through the network instead of {1} s. That is \
        more than now ({2}\u{a0}%).
        """,
        .leadAlone: "A vehicle loses {0} s on its way through the network.",
        .leadSides: "{0} movements at signals gain, {1} pay, {2} change by less than a second. The map shows where.",
        .now: "now",
        .new: "new",
        .delayPerVehicle: "delay of a vehicle",
        .delayUnit: "s per vehicle",
        .lostHours: "time lost by all vehicles",
        .lostHoursUnit: "vehicle-hours in an hour",
        .footWait: "wait at a crossing on foot",
        .footUnit: "s per person",
        .traffic: "traffic",
        .trafficUnit: "vehicles an hour",
        .whatChanges: "What changes most",
        .restsOn: "What this rests on",
        .restsModel:
            """
        A simulation of every queue, second by second, through the whole analysis period. It is a model, \
        not a measurement: compare it with the street before and after.
        """,
        .restsDetectors: "Counts of {0} detectors, {1} of them left out as faulty.",
        .restsFlows: "Flows that were given as they are.",
        .restsDefinition: "Delay here: {0}.",
        .definition:
            """
        delay on the approaches to signals over all vehicles sent in the analysis period, with those that \
        still wait at its end
        """,
        .inPieces: "The network was simulated in pieces, to which all comes that was sent there.",
        .uncertain: "What is uncertain",
        .uncertainFlows: "Standard error of the flow of a movement in {1} s: {0}\u{a0}% of it, on average.",
        .uncertainFlowsUnknown: "How exact the flows are was not said.",
        .uncertainDemand:
            """
        Demand that differs: the new timings cost less than the present ones at {0} of {1} demands from {2} \
        to {3} times this one.
        """,
        .uncertainFoot: "Nobody counted people on foot: their mean wait is over crossings, not over people.",
        .uncertainFootCounted: "{0} people an hour were counted on foot.",
        .uncertainNotices: "{0} points need a decision of an engineer: see the notices.",
        .engineer: "For the signal engineer",
        .contents: "Contents",
        .mapChange: "Change in delay by approach",
        .mapSaturation: "Degree of saturation by approach",
        .mapSaturationText:
            """
        The greatest degree of saturation x of the movements of each approach. Numbers are those of the \
        junctions below.
        """,
        .mapChangeText:
            """
        Mean over the vehicles of each approach, new less now. Roads without a signal at their end are thin \
        grey lines.
        """,
        .approaches: "approaches",
        .muchLess: "less by more than 10 s",
        .less: "less by 1 to 10 s",
        .same: "within 1 s",
        .more: "more by 1 to 10 s",
        .muchMore: "more by more than 10 s",
        .saturationLow: "x up to 0.70",
        .saturationFair: "x above 0.70 up to 0.85",
        .saturationHigh: "x above 0.85 up to 1.00",
        .saturationOver: "x above 1.00: more comes than can go",
        .changes: "Changes, and who gains and who pays",
        .changesText:
            """
        Delay per vehicle, and the vehicle-hours in an hour that it comes to. Movements that change by less \
        than a second are left out.
        """,
        .changeCycle: "cycle {0} → {1} s",
        .changeCycleNew: "cycle {0} s",
        .changeGreens: "greens {0} → {1} s",
        .changeAll: "together {0} veh h/h",
        .changeGains: "Gains:",
        .changePays: "Pays:",
        .changeSide: "{0} {1} s per vehicle ({2} veh h/h)",
        .changeNobodyGains: "nobody gains more than a second",
        .changeNobodyPays: "nobody pays more than a second",
        .notices: "Notices",
        .noNotices: "None: every present stage is served, no stage is new.",
        .stageDropped: "{0}: the present stage with {1} is dropped.",
        .stageDerived: "{0}: the stage with {1} is new, derived from the conflict matrix.",
        .protectedTurnDropped: "{0}: the protected green of {1} is dropped; it now only gives way.",
        .coordination: "Coordination: the bound and the gap",
        .coordinationText:
            """
        In this model, with mean flows and the profiles that settle under the plan: delay between the \
        signals with what stops count for, what no offsets can go below, and the most that others could \
        save.
        """,
        .coordinationUnknown: "How good the offsets are is known only for plans that were optimised in the same run.",
        .subarea: "subarea",
        .junctionsColumn: "junctions",
        .coordinated: "common cycle",
        .ownCycles: "own cycles",
        .cycle: "cycle",
        .offsetDelay: "delay and stops",
        .offsetBound: "bound",
        .offsetGap: "gap",
        .hoursPerHour: "veh h/h",
        .sensitivity: "Sensitivity to demand",
        .sensitivityText: "The same timings, simulated at other demands: all flows times one factor.",
        .demandFactor: "demand, times this one",
        .timeSpace: "Time–space diagrams",
        .timeSpaceText:
            """
        Time runs to the right, distance up. Bars are greens of the movement that goes straight on: above \
        the line of a junction in the outbound direction, below it inbound. Wide stripes are the bands at \
        free-flow speed; lines are vehicles of the first stop’s platoon, which wait where a queue stands \
        (cyclic model).
        """,
        .arterial: "Street of {0} junctions, {1} m",
        .noCommonCycle: "The junctions have no cycle in common: no bands.",
        .noArterials: "No street with three junctions or more in a row that traffic goes straight on along.",
        .direction: "direction",
        .outbound: "outbound",
        .inbound: "inbound",
        .bandNow: "band now",
        .bandNew: "band new",
        .moreArterials: "The longest {0} streets are shown.",
        .throughFlow: "through flow",
        .profiles: "Cyclic flow profiles and queues",
        .profilesText:
            """
        One cycle at the stop line, in the cyclic model: what comes (IN), what can go (GO), what leaves \
        (OUT), and the queue. The lane groups with most delay.
        """,
        .noProfiles: "No lane group has a profile: cycles are no whole seconds from 10 to 600.",
        .profileCaption: "{0}: {1} veh h/h of delay",
        .flowAxis: "veh/h",
        .queueAxis: "vehicles in queue",
        .comes: "IN: comes",
        .canGo: "GO: can go",
        .leaves: "OUT: leaves",
        .secondsAxis: "s of network time, in the cycle",
        .detectors: "Detector health",
        .detectorsFine: "All {0} detectors of the network are used.",
        .detectorsText: "{0} of {1} detectors are left out.",
        .unseen: "Traffic that was not counted",
        .unseenText:
            "Lanes at the edge over whose entry a queue stands to the end: {0}. What waits behind it is not counted, and is "
            + "taken to come at the rate at which it came before; nothing tells how much that is where the queue has "
            + "stood there from the start.",
        .lane: "lane",
        .notCounted: "not counted",
        .detectorsNone: "No counts were given: the flows were.",
        .detector: "detector",
        .fault: "fault",
        .counted: "counted",
        .expected: "expected",
        .dead: "dead: counts nothing while its surroundings carry traffic",
        .stuck: "stuck: counts the same throughout",
        .doubled: "doubled: counts about twice what passes",
        .missing: "missing: no reading in most intervals",
        .junctions: "Junctions",
        .junctionTitle: "Junction {0}: {1}",
        .noTiming: "The plan has no timing for this junction.",
        .cycleOffset: "Cycle {0} s, offset {1} s to {2}.",
        .cycleNow: "Now {0} s.",
        .atCycleStart: "the start of the cycle",
        .atStartOfGreen: "the start of green of {0}",
        .atEndOfGreen: "the end of green of {0}",
        .stages: "Stages",
        .stageNumber: "Stage {0}",
        .stageGreen: "green {0} s",
        .stageChange: "then {0} s",
        .stagePicture: "Stage {0}: green for {1}",
        .always: "Always green",
        .never: "Never green",
        .signalTimes: "Signal groups over the cycle",
        .signalTimesNew:
            "Signal groups over the new cycle: bars are green with their length in s, then yellow; lines are red",
        .signalTimesNow: "Signal groups over the present cycle",
        .rings: "Rings and barriers",
        .ringsText: "Phases with their splits in s; heavy lines are barriers",
        .ring: "ring {0}",
        .phase: "phase",
        .ringColumn: "ring",
        .start: "start",
        .split: "split",
        .green: "green",
        .yellow: "yellow",
        .redClearance: "red clearance",
        .movementsTable: "Movements",
        .movementsText: "Simulated second by second through the analysis period",
        .laneGroupsTable: "Lane groups",
        .laneGroupsText: "Cyclic model with mean flows",
        .waitsTable: "People on foot and on cycles",
        .movement: "movement",
        .laneGroup: "lane group",
        .flow: "flow",
        .capacity: "capacity",
        .saturation: "x",
        .delay: "delay",
        .stops: "stops",
        .queue: "queue",
        .los: "LOS",
        .vehPerHour: "veh/h",
        .perVehicle: "s/veh",
        .stopsPerVehicle: "per veh",
        .vehicles: "veh",
        .crossing: "crossing",
        .people: "people",
        .perPersonHour: "per h",
        .perPerson: "s each",
        .crossesWord: "across {0}",
        .share: "%",
        .secondsUnit: "s",
        .unsignalled: "Approaches without a signal, on which queues from a signal are followed",
        .notes: "Notes",
        .notesText:
            """
        Flow: demand. Capacity: what the model could let through, mean of the analysis period; of a shared \
        lane the movement’s part. x: flow over capacity. LOS: level of service of the HCM 2010 (exhibit \
        18-4) by the model’s delay, F where x is above 1. Queue: longest on one lane, with those that \
        arrive; of lane groups on all lanes. Movements without traffic are left out. Every figure is in the \
        JSON that the same command prints with --json.
        """,
        .left: "left",
        .through: "through",
        .right: "right",
        .uTurn: "U-turn",
        .fromNorth: "from the north",
        .fromNorthEast: "from the north-east",
        .fromEast: "from the east",
        .fromSouthEast: "from the south-east",
        .fromSouth: "from the south",
        .fromSouthWest: "from the south-west",
        .fromWest: "from the west",
        .fromNorthWest: "from the north-west",
        .unknownApproach: "approach",
        .pedestrians: "on foot",
        .cycles: "on cycles",
        .trams: "tram",
        .madeBy: "Made by greenband. {0} of {1} junctions have pictures of their stages.",
        .details: "details",
        .figures: "Figures",
    ]
}
