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
        if let junction {
            gather(candidates, slots: layout.slotsOfJunction[junction])
            for service in layout.servicesOfJunction[junction] { serve(service) }
            for road in layout.roadsOfJunction[junction] { serveYields(of: road) }
        } else {
            gather(candidates, slots: layout.slots)
            for service in layout.services.indices { serve(service) }
            for road in layout.network.roads.indices { serveYields(of: road) }
        }
    }

    /// Notes what those that give way at a junction can do at the end of green, and nothing else.
    func serveYields(_ candidates: ArraySlice<CyclicGreens>, junction: Int) {
        gather(candidates, slots: layout.slotsOfJunction[junction])
        for road in layout.roadsOfJunction[junction] { serveYields(of: road) }
    }

    /// Turns the greens of some slots round, candidates side by side.
    private func gather(_ candidates: ArraySlice<CyclicGreens>, slots: [Int]) {
        for slot in slots { isSlotUsed[slot] = false }
        slots.withUnsafeBufferPointer { slots in
            for place in 0..<Self.width {
                let number = candidates.startIndex + (place < candidates.count ? place : 0)
                candidates[number].starts.withUnsafeBufferPointer { starts in
                    candidates[number].lengths.withUnsafeBufferPointer { lengths in
                        for slot in slots {
                            let length = lengths[slot]
                            slotStarts[slot * Self.width + place] = starts[slot]
                            slotEnds[slot * Self.width + place] = starts[slot] + length
                            isSlotUsed[slot] = isSlotUsed[slot] || length > 0
                        }
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

    /// Notes what those that give way on a road can do at the end of green.
    private func serveYields(of road: Int) {
        let slots = layout.network.greensPerGroup
        for number in layout.network.roads[road].groups {
            for (place, yield) in layout.yields[number].enumerated() {
                let row = yieldRows + (firstYields[number] + place) * Self.width
                let served = Float(layout.network.groups[number].saturationFlow * yield.part.share)
                let sneakers = Float(yield.part.sneakers)
                guard let signal = yield.part.signal else {
                    row.update(repeating: min(1, sneakers / (served * Float(bins))), count: Self.width)
                    continue
                }
                for candidate in 0..<Self.width {
                    var greens: Float = 0
                    var green: Float = 0
                    for slot in signal * slots..<(signal + 1) * slots {
                        let length = slotEnds[slot * Self.width + candidate] - slotStarts[slot * Self.width + candidate]
                        greens += length > 0 ? 1 : 0
                        green += length
                    }
                    row[candidate] = green > 0 ? min(1, sneakers * greens / (served * green)) : 0
                }
            }
        }
    }
}
