/// A language that reports are written in.
public enum PageLanguage: String, Sendable, CaseIterable {
    /// English.
    case english = "en"
    /// Chinese, in simplified characters.
    case chinese = "zh"

    /// What BCP 47 calls it.
    var tag: String { self == .english ? "en" : "zh-Hans" }

    /// All words of the page in this language.
    var words: [Word: String] { self == .english ? Word.english : Word.chinese }
}
