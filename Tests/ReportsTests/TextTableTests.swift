import Testing

@testable import Reports

@Suite("Text in aligned columns")
struct TextTableTests {
    @Test("columns are as wide as their widest entry, numbers end at the same place")
    func alignment() {
        var table = TextTable([.text("name"), .number("flow", "", "veh/h"), .text("note")])
        table.add(["a", "1200", ""])
        table.add(["north", "7", "x"])
        #expect(
            table.lines(indent: 1) == [
                " name    flow  note",
                "        veh/h",
                " a       1200",
                " north      7  x",
            ])
    }

    @Test("without rows there is no header either")
    func noRows() {
        #expect(TextTable([.text("name")]).lines(indent: 2).isEmpty)
    }

    @Test(
        "long names lose their middle",
        arguments: [("short", "short"), ("abcdefghij", "abc…hij"), ("abcdefg", "abcdefg")])
    func shortened(name: String, expected: String) {
        #expect(name.shortened(to: 7) == expected)
    }

    @Test("lines break at spaces only")
    func wrapped() {
        #expect("one two three averylongword x".wrapped(to: 8) == ["one two", "three", "averylongword", "x"])
        #expect("".wrapped(to: 8) == [""])
    }

    @Test(
        "times have the decimals that they need",
        arguments: [(90.0, "90"), (0, "0"), (12.5, "12.5"), (100.125, "100.125")])
    func times(value: Double, expected: String) {
        #expect(seconds(value) == expected)
    }
}
