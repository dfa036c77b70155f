/// A class of values on a map: its look does not rest on colour alone, but on width and dashes too.
struct MapClass {
    /// Class of the style sheet.
    let look: String
    let word: Word
    /// Values up to this one, and above that of the class before.
    let greatest: Double

    /// Classes of the change in delay, s per vehicle.
    static let changes = [
        MapClass(look: "mc1", word: .muchLess, greatest: -10), MapClass(look: "mc2", word: .less, greatest: -1),
        MapClass(look: "mc3", word: .same, greatest: 1), MapClass(look: "mc4", word: .more, greatest: 10),
        MapClass(look: "mc5", word: .muchMore, greatest: .infinity),
    ]

    /// Classes of the degree of saturation.
    static let saturations = [
        MapClass(look: "ms1", word: .saturationLow, greatest: 0.7),
        MapClass(look: "ms2", word: .saturationFair, greatest: 0.85),
        MapClass(look: "ms3", word: .saturationHigh, greatest: 1),
        MapClass(look: "ms4", word: .saturationOver, greatest: .infinity),
    ]
}
