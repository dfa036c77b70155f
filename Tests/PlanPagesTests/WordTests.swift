import Testing

@testable import PlanPages

@Suite("Words of the page")
struct WordTests {
    /// What is put into a sentence: {0}, {1} and so on.
    private func places(_ text: String) -> Set<String> {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false)
        return Set(parts.dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) })
    }

    @Test("every language has every word, with the same places for names and numbers")
    func complete() throws {
        for language in PageLanguage.allCases {
            #expect(language.words.count == Word.allCases.count)
            for word in Word.allCases {
                let text = try #require(language.words[word], "\(language): \(word)")
                #expect(!text.isEmpty)
                #expect(places(text) == places(Word.english[word] ?? ""), "\(language): \(word)")
            }
        }
    }

    @Test("templates name only words that there are, and hold none of their own")
    func templates() {
        let templates = [
            PlanPage.pageTemplate, PlanPage.firstTemplate, PlanPage.engineerTemplate, PlanPage.junctionTemplate,
            PlanPage.tableTemplate, PlanPage.mapTemplate,
        ]
        var found = 0
        for template in templates {
            for part in template.components(before: "{{w.") {
                #expect(Word(rawValue: part) != nil, "\(part)")
                found += 1
            }
        }
        #expect(found > 30)
    }

    @Test("what is put into a sentence does not become a place of its own")
    func sentence() {
        let writer = PageWriter(.english)
        #expect(writer.sentence(.junctionTitle, Markup("{1}"), Markup("<b>")).html == "Junction {1}: &lt;b&gt;")
    }
}

extension String {
    /// What stands between a beginning and the next braces.
    fileprivate func components(before beginning: String) -> [String] {
        split(separator: beginning).dropFirst().compactMap { $0.split(separator: "}}").first.map(String.init) }
    }
}
