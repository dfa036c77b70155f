/// Finds the points near a place.
struct PointGrid {
    private let cell: Double
    private let columns: Int
    private var members: [[Int]]

    init(side: Double, cell: Double) {
        self.cell = cell
        columns = max(1, Int(side / cell) + 1)
        members = Array(repeating: [], count: columns * columns)
    }

    mutating func add(_ number: Int, at point: SIMD2<Double>) {
        members[column(point.y) * columns + column(point.x)].append(number)
    }

    func near(_ place: SIMD2<Double>, within distance: Double, _ points: [SIMD2<Double>]) -> [Int] {
        var result: [Int] = []
        for row in column(place.y - distance)...column(place.y + distance) {
            for column in column(place.x - distance)...column(place.x + distance) {
                for member in members[row * columns + column] {
                    let apart = points[member] - place
                    if (apart * apart).sum() < distance * distance { result.append(member) }
                }
            }
        }
        return result
    }

    private func column(_ coordinate: Double) -> Int { min(columns - 1, max(0, Int(coordinate / cell))) }
}
