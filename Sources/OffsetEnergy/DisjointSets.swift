/// Sets of numbers that are joined two by two.
struct DisjointSets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func root(of member: Int) -> Int {
        var member = member
        while parents[member] != member {
            parents[member] = parents[parents[member]]
            member = parents[member]
        }
        return member
    }

    /// Joins the sets of two numbers; false when they are one already.
    @discardableResult
    mutating func join(_ first: Int, _ second: Int) -> Bool {
        let (one, other) = (root(of: first), root(of: second))
        guard one != other else { return false }
        parents[max(one, other)] = min(one, other)
        return true
    }
}
