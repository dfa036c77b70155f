/// Writes words and sentences in one language.
struct PageWriter {
    let language: PageLanguage
    private let words: [Word: String]

    init(_ language: PageLanguage) {
        self.language = language
        words = language.words
    }

    /// A word as it is.
    subscript(word: Word) -> String { words[word] ?? word.rawValue }

    /// A sentence with pieces put in for {0}, {1} and so on.
    func sentence(_ word: Word, _ pieces: Markup...) -> Markup {
        var rest = self[word][...]
        var html = ""
        while let open = rest.firstIndex(of: "{") {
            html += Markup.escaped(String(rest[..<open]))
            rest = rest[rest.index(after: open)...]
            guard let close = rest.firstIndex(of: "}"), let number = Int(rest[..<close]), number < pieces.count else {
                continue
            }
            html += pieces[number].html
            rest = rest[rest.index(after: close)...]
        }
        return Markup(sound: html + Markup.escaped(String(rest)))
    }

    /// All words by name, for templates.
    var table: [String: String] {
        Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, self[$0]) })
    }
}
