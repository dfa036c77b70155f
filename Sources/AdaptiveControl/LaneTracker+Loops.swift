extension LaneTracker {
    /// Green without anything at the stop line after which a queue that should be there is not, s.
    static let idleTime = 3

    /// Takes in one second of the loops before and at the stop line.
    ///
    /// Vehicles are counted in and out. What that misses is made good where it shows: nothing at the stop line under green
    /// means that nobody stands there, a covered loop that somebody does, and a loop far up that stays covered that the
    /// queue reaches there.
    /// - Parameters:
    ///   - entry: The loop before the stop line; nil where it says nothing that can be true.
    ///   - exit: The loop at the stop line.
    mutating func observe(
        entry: LoopReading?, exit: LoopReading?, queueReachesEntry: Bool, open: (Int) -> Bool, yields: (Int) -> Bool
    ) {
        let green = streams.filter(open)
        let departed = drive(open: open, passesAlone: exit == nil)
        if let exit {
            countOut(exit, green: green)
            rememberWhoIsStuck(exit.isCovered && exit.passed == 0, open: open, yields: yields)
        } else {
            for _ in 0..<departed { turns.learn(from: green) }
            stuck = 0
        }
        if let entry {
            for _ in 0..<entry.passed { enter() }
            rate += (Double(entry.passed) - rate) / Self.rateMemory
            if queueReachesEntry { fill() }
        } else {
            enterAsUsual()
        }
    }

    /// A vehicle leaves a second or so after its front came on the loop: it is taken away when it comes on under green, and
    /// when it starts from there.
    private mutating func countOut(_ exit: LoopReading, green: [Int]) {
        if isOnLine, !exit.isCovered || exit.passed > 0 {
            // Who stood on the loop has left it.
            if !vehicles.isEmpty { take(green.isEmpty ? streams : green) }
            if !green.isEmpty { turns.learn(from: green) }
            isOnLine = false
        }
        if exit.passed > 0 {
            if vehicles.isEmpty { enter() }
            vehicles[0].distance = 0
            isOnLine = true
            idle = 0
        } else if exit.isCovered {
            if vehicles.isEmpty { enter() }
            vehicles[0].distance = 0
            isOnLine = true
            idle = 0
        } else if !green.isEmpty, let first = vehicles.first, first.distance < spacing, green.contains(first.stream) {
            idle += 1
            if idle >= Self.idleTime { vehicles.removeFirst() }
        } else {
            idle = 0
        }
    }

    /// A queue as long as the lane up to the loop.
    private mutating func fill() {
        let places = Int(length / spacing)
        while vehicles.count < places {
            let last = vehicles.last?.distance ?? -spacing
            vehicles.append(
                Vehicle(distance: min(length, last + spacing), speed: 0, waited: 0, stream: turns.draw()))
        }
    }
}
