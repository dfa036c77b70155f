extension RollingHorizon {
    /// Puts the vehicles in sight into arrays, with what the costs of waiting need.
    mutating func load(_ picture: TrafficPicture) {
        arrivals.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        streams.removeAll(keepingCapacity: true)
        weightSums.removeAll(keepingCapacity: true)
        arrivalSums.removeAll(keepingCapacity: true)
        stopSums.removeAll(keepingCapacity: true)
        weightSums.append(0)
        arrivalSums.append(0)
        stopSums.append(0)
        let horizon = settings.horizon
        loadExits(picture)
        let weightPerWait = weightPerWait(picture)
        for lane in 0..<laneCount {
            laneStarts[lane] = arrivals.count
            var latest: Float = 0
            for vehicle in picture.lanes[lane] where vehicle.distance <= settings.sight {
                let speed = Float(layout.lanes[lane].speed)
                latest = max(latest, Self.arrival(of: vehicle, freeSpeed: speed, settings))
                let wait = Float(min(settings.greatestWaitWeight, 1 + weightPerWait * vehicle.waited))
                let exit = exitOfStream[vehicle.stream]
                let free = exit < 0 ? 1 : max(Float(settings.leastExitWeight), 1 - fills[exit])
                let weight = Float(vehicle.weight) * wait * free
                let share = min(1, Float(vehicle.speed) / speed)
                arrivals.append(latest)
                weights.append(weight)
                streams.append(vehicle.stream)
                weightSums.append(weightSums[weightSums.count - 1] + weight)
                arrivalSums.append(arrivalSums[arrivalSums.count - 1] + weight * latest)
                stopSums.append(
                    stopSums[stopSums.count - 1] + Float(settings.stopCost) * weight * share * share)
            }
            var next = laneStarts[lane]
            for second in 0...horizon {
                while next < arrivals.count, arrivals[next] <= Float(second) { next += 1 }
                arrivedAt[lane * (horizon + 1) + second] = next
            }
        }
        laneStarts[laneCount] = arrivals.count
    }

    /// What a vehicle's weight gains for every second of waiting, by how much work waits.
    private func weightPerWait(_ picture: TrafficPicture) -> Double {
        var work = 0.0
        for lane in 0..<laneCount {
            for vehicle in picture.lanes[lane] where vehicle.waited > 0 && vehicle.distance <= settings.sight {
                // Those who may be there count by the chance, and those who have priority once.
                work += min(1, vehicle.weight) * Double(headways[vehicle.stream]) / lanesAtOnce
            }
        }
        let ease = work > settings.lightWork ? settings.lightWork / work : 1
        return settings.weightPerWait * ease * ease
    }

    /// When a vehicle would be at the stop line if nobody were before it, s from now.
    ///
    /// What it loses against free flow by winning speed at a constant rate is (v₀ − v)²/(2·a·v₀).
    private static func arrival(
        of vehicle: TrafficPicture.Vehicle, freeSpeed: Float, _ settings: AdaptiveSettings
    ) -> Float {
        let missing = max(0, freeSpeed - Float(vehicle.speed))
        let distance = Float(vehicle.distance)
        let acceleration = Float(settings.acceleration)
        // Within the way that winning speed takes: from d = v·t + a·t²/2.
        let way = (freeSpeed * freeSpeed - (freeSpeed - missing) * (freeSpeed - missing)) / (2 * acceleration)
        if distance < way {
            let speed = freeSpeed - missing
            return ((speed * speed + 2 * acceleration * distance).squareRoot() - speed) / acceleration
        }
        return distance / freeSpeed + missing * missing / (2 * acceleration * freeSpeed)
    }

    private mutating func loadExits(_ picture: TrafficPicture) {
        for exit in 0..<exitCount {
            rooms[exit] = .infinity
            fills[exit] = 0
            guard let seen = picture.exits[exit] else { continue }
            let length = layout.exits[exit].length
            let places = max(1, length / layout.spacing)
            let queue = seen.vehicles * max(0, 1 - seen.meanSpeed / settings.queueSpeed)
            fills[exit] = Float(min(1, queue / places))
            if seen.meanSpeed < settings.standingSpeed, seen.vehicles >= settings.fullExit * places {
                rooms[exit] = Float(max(0, places - seen.vehicles))
            }
        }
        for stream in exitOfStream.indices {
            var best = -1
            for number in exitStarts[stream]..<exitStarts[stream + 1]
            where best < 0 || (rooms[exits[number]], -fills[exits[number]]) > (rooms[best], -fills[best]) {
                best = exits[number]
            }
            exitOfStream[stream] = best
        }
    }
}
