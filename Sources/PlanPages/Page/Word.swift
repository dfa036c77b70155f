/// What a page says, apart from names and numbers; the text is in one table for each language.
enum Word: String, CaseIterable, Sendable {
    case semicolon, fullStop, ringsUnfit
    case title, subtitle, subtitlePresent, leadBetter, leadWorse, leadAlone, leadSides, now, new, delayPerVehicle
    case delayUnit, lostHours, lostHoursUnit, footWait, footUnit, traffic, trafficUnit, whatChanges, restsOn
    case restsModel, restsDetectors, restsFlows, restsDefinition, definition, inPieces, uncertain, uncertainFlows
    case uncertainFlowsUnknown, uncertainDemand, uncertainFoot, uncertainFootCounted, uncertainNotices, engineer
    case contents, mapChange, mapSaturation, mapSaturationText, mapChangeText, approaches, muchLess, less, same
    case more, muchMore, saturationLow, saturationFair, saturationHigh, saturationOver, changes, changesText
    case changeCycle, changeCycleNew, changeGreens, changeAll, changeGains, changePays, changeSide
    case changeNobodyGains, changeNobodyPays, notices, noNotices, stageDropped, stageDerived, protectedTurnDropped
    case coordination, coordinationText, coordinationUnknown, subarea, junctionsColumn, coordinated, ownCycles
    case cycle, offsetDelay, offsetBound, offsetGap, hoursPerHour, sensitivity, sensitivityText, demandFactor
    case timeSpace, timeSpaceText, arterial, noCommonCycle, noArterials, direction, outbound, inbound, bandNow
    case bandNew, moreArterials, throughFlow, profiles, profilesText, noProfiles, profileCaption, flowAxis
    case queueAxis, comes, canGo, leaves, secondsAxis, detectors, detectorsFine, detectorsText, detectorsNone
    case detector, fault, counted, expected, dead, stuck, doubled, missing, junctions, junctionTitle, noTiming
    case cycleOffset, cycleNow, atCycleStart, atStartOfGreen, atEndOfGreen, stages, stageNumber, stageGreen
    case stageChange, stagePicture, always, never, signalTimes, signalTimesNew, signalTimesNow, rings, ringsText
    case ring, phase, ringColumn, start, split, green, yellow, redClearance, movementsTable, movementsText
    case laneGroupsTable, laneGroupsText, waitsTable, movement, laneGroup, flow, capacity, saturation, delay
    case stops, queue, los, vehPerHour, perVehicle, stopsPerVehicle, vehicles, crossing, people, perPersonHour
    case perPerson, crossesWord, share, secondsUnit, unsignalled, notes, notesText, left, through, right, uTurn
    case fromNorth, fromNorthEast, fromEast, fromSouthEast, fromSouth, fromSouthWest, fromWest, fromNorthWest
    case unseen, unseenText, lane, notCounted
    case unknownApproach, pedestrians, cycles, trams, madeBy, details, figures
}
