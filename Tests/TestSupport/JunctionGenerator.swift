import Foundation
import SignalModel

/// Makes random but realistic signalised junctions and networks of them.
///
/// Approaches have one to four lanes with shared lanes, lefts are permissive or protected, rights may be slip lanes that
/// are always green, crossings have pedestrian or cycle groups, and every controller holds a safe program. Traffic keeps
/// to the right. The same seed gives the same network.
public enum JunctionGenerator {
    /// One junction of three to five legs.
    public static func junction(seed: UInt64) -> Network {
        var random = SplitMix64(seed: seed)
        let legCount = Int.random(in: 3...5, using: &random)
        var street = StreetPlan(name: "junction \(seed)")
        let centre = street.addSignals("J", at: Point(x: 0, y: 0))
        addLegs(legCount, around: centre, to: &street, random: &random)
        return NetworkAssembler(street: street, controllers: [("J", [centre])]).network(random: &random)
    }

    /// One controller that runs two nodes with a short link between them.
    public static func joinedJunction(seed: UInt64) -> Network {
        var random = SplitMix64(seed: seed)
        var street = StreetPlan(name: "joined \(seed)")
        let west = street.addSignals("W", at: Point(x: 0, y: 0))
        let east = street.addSignals("E", at: Point(x: Double.random(in: 20...60, using: &random), y: 0))
        street.connect(west, east)
        for node in [west, east] {
            let outward = node == west ? 180.0 : 0.0
            for angle in [outward, 90.0, 270.0] where angle != 270 || random.chance(0.7) {
                street.addBoundary(from: node, angle: angle, distance: Double.random(in: 80...400, using: &random))
            }
        }
        return NetworkAssembler(street: street, controllers: [("WE", [west, east])]).network(random: &random)
    }

    /// A grid of junctions with a boundary leg on every open side.
    public static func grid(rows: Int, columns: Int, seed: UInt64) -> Network {
        var random = SplitMix64(seed: seed)
        let street = gridStreets(
            name: "grid \(rows) x \(columns), \(seed)", rows: rows, columns: columns, jitter: 0, openSides: 1,
            random: &random)
        return NetworkAssembler(street: street, controllers: street.singleControllers).network(random: &random)
    }

    /// A grid with shifted junctions and closed sides, so that no two junctions are alike.
    public static func irregular(rows: Int, columns: Int, seed: UInt64) -> Network {
        var random = SplitMix64(seed: seed)
        let street = gridStreets(
            name: "irregular \(rows) x \(columns), \(seed)", rows: rows, columns: columns, jitter: 60,
            openSides: 0.6, random: &random)
        return NetworkAssembler(street: street, controllers: street.singleControllers).network(random: &random)
    }

    private static func addLegs(
        _ count: Int, around node: Int, to street: inout StreetPlan, random: inout SplitMix64
    ) {
        let turn = Double.random(in: 0..<360, using: &random)
        for leg in 0..<count {
            let jitter = Double.random(in: -12...12, using: &random)
            street.addBoundary(
                from: node, angle: turn + 360 * Double(leg) / Double(count) + jitter,
                distance: Double.random(in: 80...500, using: &random))
        }
    }

    private static func gridStreets(
        name: String, rows: Int, columns: Int, jitter: Double, openSides: Double, random: inout SplitMix64
    ) -> StreetPlan {
        var street = StreetPlan(name: name)
        let spacing = Double.random(in: 180...350, using: &random)
        for row in 0..<rows {
            for column in 0..<columns {
                let position = Point(
                    x: Double(column) * spacing + Double.random(in: -1...1, using: &random) * jitter,
                    y: Double(row) * spacing + Double.random(in: -1...1, using: &random) * jitter)
                let node = street.addSignals(NodeID("N\(row)_\(column)"), at: position)
                if column > 0 { street.connect(node - 1, node) }
                if row > 0 { street.connect(node - columns, node) }
            }
        }
        for row in 0..<rows {
            for column in 0..<columns {
                let node = row * columns + column
                var sides: [Double] = []
                if column == columns - 1 { sides.append(0) }
                if row == rows - 1 { sides.append(90) }
                if column == 0 { sides.append(180) }
                if row == 0 { sides.append(270) }
                for angle in sides where openSides == 1 || street.legCount(of: node) < 3 || random.chance(openSides) {
                    street.addBoundary(from: node, angle: angle, distance: spacing)
                }
            }
        }
        return street
    }
}
