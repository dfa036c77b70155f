import CProfileKernel

extension EngineWorkspace {
    /// Forgets what was visited.
    func begin() {
        visitCount = 0
        operationCount = 0
        for road in visited { isVisited[road] = false }
        visited.removeAll(keepingCapacity: true)
    }

    /// Visits all roads, and again those behind a change, until departures have settled.
    func settleAll() {
        begin()
        for road in layout.network.order { visit(road, isFirst: true) }
        settle { _ in true }
    }

    /// Visits some roads, and those behind a change, until departures have settled; none that `isAllowed` denies.
    func settle(from start: [Int] = [], where isAllowed: (Int) -> Bool) {
        for road in start { isDirty[road] = true }
        for _ in 0..<layout.network.settings.greatestPassCount {
            var isSettled = true
            for road in layout.network.order where isDirty[road] {
                isDirty[road] = false
                guard isAllowed(road) else { continue }
                isSettled = false
                visit(road, isFirst: false)
            }
            if isSettled { break }
        }
        isDirty.update(repeating: false, count: layout.network.roads.count)
    }

    /// Computes a road once more, so that its arrivals and the services of those that give way can be read.
    func visitAgain(_ road: Int) { visit(road, isFirst: false) }

    private func visit(_ road: Int, isFirst: Bool) {
        let itinerary = itineraries[road]
        isDirty[road] = false
        var place = 0
        while place < itinerary.groupCount {
            let group = itinerary.firstGroup + place
            if yieldCounts[group] > 0 {
                greenband_profile_yield(
                    bins, yieldCounts[group], yields + firstYields[group], yielded + place * cycleRows,
                    serviceSums + (layout.services.count + group) * Self.width)
            }
            place += 1
        }
        greenband_profile_visit(
            bins, roads + road, Int32(itinerary.groupCount), groups + itinerary.firstGroup,
            Float(CyclicReference.leastServed), arrivals, isFirst ? 1 : 0)
        visitCount += itinerary.groupCount
        operationCount += itinerary.operations
        if !isVisited[road] {
            isVisited[road] = true
            visited.append(road)
        }
        var changed: Float = 0
        for group in itinerary.firstGroup..<itinerary.firstGroup + itinerary.groupCount {
            changed = max(changed, groups[group].changed)
        }
        guard changed > tolerance else { return }
        for number in itinerary.firstReached..<itinerary.endReached { isDirty[reached[number]] = true }
    }

    /// What some roads cost, by candidate, added to `sums`.
    func addCosts(of members: some Sequence<Int>, to sums: inout [CyclicPerformance]) {
        costs.update(repeating: 0, count: 3 * Self.width)
        let settings = layout.network.settings
        for road in members {
            for group in layout.network.roads[road].groups {
                greenband_profile_cost(
                    bins, groups + group, totals + road * Self.width, Float(CyclicReference.leastServed),
                    Float(settings.randomness), Float(settings.analysisPeriod), costs, costs + Self.width,
                    costs + 2 * Self.width)
            }
        }
        for candidate in sums.indices {
            sums[candidate].uniformDelay += Double(costs[candidate])
            sums[candidate].incrementalDelay += Double(costs[Self.width + candidate])
            sums[candidate].stops += Double(costs[2 * Self.width + candidate])
        }
    }
}
