import CProfileKernel

extension EngineWorkspace {
    /// Starts from the flows of the demand, spread evenly over the cycle, wherever a first pass looks at departures before it has
    /// computed them.
    func clear() {
        let network = layout.network
        for (number, road) in network.roads.enumerated() {
            let flow = Float(road.demand) + EngineLayout.leastInflow
            (totals + number * Self.width).update(repeating: flow * Float(network.cycle), count: Self.width)
        }
        for group in network.groups.indices {
            (scales + group * Self.width).update(repeating: Float(network.groups[group].share), count: Self.width)
        }
        for group in layout.lookedAhead {
            let flow = Float(network.roads[network.groups[group].road].demand) + EngineLayout.leastInflow
            (departures + group * cycleRows).update(repeating: flow, count: cycleRows)
        }
    }

    /// Writes when all stop lines are served, or those of one junction.
    ///
    /// - Parameter candidates: As many as a block is wide, or fewer: the first then stands for the missing ones.
    func serve(_ candidates: ArraySlice<CyclicGreens>, junction: Int? = nil) {
        for number in junction.map({ $0..<$0 + 1 }) ?? layout.network.junctions.indices {
            gather(candidates, slots: layout.slotsOfJunction[number])
        }
        if let junction {
            for service in layout.servicesOfJunction[junction] { serve(service) }
            serveYields(candidates, junction: junction)
        } else {
            for service in layout.services.indices { serve(service) }
            for road in layout.network.roads.indices { serveYields(candidates, of: road) }
        }
    }

    /// Notes what those that give way at a junction can do at the end of green.
    func serveYields(_ candidates: ArraySlice<CyclicGreens>, junction: Int) {
        for road in layout.roadsOfJunction[junction] { serveYields(candidates, of: road) }
    }

    /// Turns the greens of some slots round, candidates side by side.
    private func gather(_ candidates: ArraySlice<CyclicGreens>, slots: [Int]) {
        for slot in slots { isSlotUsed[slot] = false }
        for place in 0..<Self.width {
            let candidate = candidates[candidates.startIndex + (place < candidates.count ? place : 0)]
            candidate.starts.withUnsafeBufferPointer { starts in
                candidate.lengths.withUnsafeBufferPointer { lengths in
                    for slot in slots {
                        slotStarts[slot * Self.width + place] = starts[slot]
                        slotEnds[slot * Self.width + place] = starts[slot] + lengths[slot]
                        if lengths[slot] > 0 { isSlotUsed[slot] = true }
                    }
                }
            }
        }
    }

    private func serve(_ service: Int) {
        let rows = services + service * cycleRows
        let sums = serviceSums + service * Self.width
        let slots = layout.network.greensPerGroup
        var isFirst = true
        for part in layout.services[service].parts {
            guard let signal = part.signal else {
                if isFirst {
                    rows.update(repeating: 0, count: cycleRows)
                    sums.update(repeating: 0, count: Self.width)
                }
                for place in 0..<cycleRows { rows[place] += part.share }
                for place in 0..<Self.width { sums[place] += part.share * Float(bins) }
                isFirst = false
                continue
            }
            // The first slot is written even where nobody uses it.
            for slot in signal * slots..<(signal + 1) * slots where isFirst || isSlotUsed[slot] {
                greenband_profile_green(
                    bins, part.share, slotStarts + slot * Self.width, slotEnds + slot * Self.width, isFirst ? 1 : 0,
                    rows, sums)
                isFirst = false
            }
        }
    }

    private func serveYields(_ candidates: ArraySlice<CyclicGreens>, of road: Int) {
        for number in layout.network.roads[road].groups {
            for (place, yield) in layout.yields[number].enumerated() {
                let row = yieldRows + (firstYields[number] + place) * Self.width
                let served = layout.network.groups[number].saturationFlow * yield.part.share
                var lane = 0
                for candidate in candidates {
                    let greens = yield.part.signal.map(candidate.greens(of:)) ?? (count: 1, seconds: Double(bins))
                    let most = served * greens.seconds
                    row[lane] = most > 0 ? Float(min(1, yield.part.sneakers * Double(greens.count) / most)) : 0
                    lane += 1
                }
                while lane < Self.width {
                    row[lane] = row[0]
                    lane += 1
                }
            }
        }
    }
}
