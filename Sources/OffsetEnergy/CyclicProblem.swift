/// An energy on one cycle in which nothing but differences of labels counts: what the solver works on.
///
/// Costs that depend on labels themselves, of one variable or of a pair, depend on the differences to one more variable,
/// the reference, whose label is then taken as zero.
struct CyclicProblem: Sendable {
    /// Cost of (label of `to` − label of `from`), `from` less than `to`.
    struct Pair: Sendable {
        var from: Int
        var to: Int
        var table: [Double]
    }

    /// Cost of (label of `second` − label of `first`) and (label of `third` − label of `first`), in rows of the former.
    struct Triple: Sendable {
        var first: Int
        var second: Int
        var third: Int
        var table: [Double]

        var members: [Int] { [first, second, third] }
    }

    /// Number of labels of every variable.
    let labels: Int
    var variableCount: Int
    /// At most one for two variables.
    var pairs: [Pair]
    var triples: [Triple] = []

    func value(of choice: [Int]) -> Double {
        var sum = 0.0
        for pair in pairs { sum += pair.table[remainder(choice[pair.to] - choice[pair.from], labels)] }
        for triple in triples {
            let row = remainder(choice[triple.second] - choice[triple.first], labels)
            sum += triple.table[row * labels + remainder(choice[triple.third] - choice[triple.first], labels)]
        }
        return sum
    }

    /// Neighbours of each variable by pairs and triples, in ascending order.
    func neighbours() -> [[Int]] {
        var result = [[Int]](repeating: [], count: variableCount)
        for pair in pairs {
            result[pair.from].append(pair.to)
            result[pair.to].append(pair.from)
        }
        for triple in triples {
            for member in triple.members { result[member] += triple.members.filter { $0 != member } }
        }
        return result.map { list in
            var unique: [Int] = []
            for neighbour in list.sorted() where unique.last != neighbour { unique.append(neighbour) }
            return unique
        }
    }
}
