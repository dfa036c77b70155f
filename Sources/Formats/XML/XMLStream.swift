import Foundation
import FoundationXML

/// Reads an XML file tag by tag, plain or compressed by gzip.
enum XMLStream {
    /// Deepest nesting that is read; road networks need five.
    static let greatestDepth = 64

    /// Hands every start tag, with the names of the tags around it, outermost first, to a handler.
    ///
    /// Nothing outside the file is fetched, and a file that declares a document type is refused: no format read here
    /// has one, and the entities in it can swell without bound.
    /// - Throws: The handler's error, or one that says what is wrong with the file and in which line.
    static func read(
        _ path: String, root: Set<String>, _ handler: (XMLStartTag, [String]) throws(FormatError) -> Void
    ) throws(FormatError) {
        let data = try FileContents.read(path)
        guard !data.isEmpty else {
            throw FormatError(file: path, fault: .malformed("the file is empty"))
        }
        // UTF-16 is full of them, and in it a document type would go unseen below.
        guard !data.contains(0) else {
            throw FormatError(file: path, fault: .malformed("not text in UTF-8: a character NUL is in it"))
        }
        guard !declaresDocumentType(data) else {
            throw FormatError(file: path, fault: .malformed("document types and entities are not accepted"))
        }
        // In pieces: the parser refuses a large file in one.
        let parser = XMLParser(stream: InputStream(data: data))
        parser.shouldResolveExternalEntities = false
        let failure = try withoutActuallyEscaping(handler) { escaping throws(FormatError) -> FormatError? in
            let delegate = Delegate(file: path, root: root, handler: escaping)
            parser.delegate = delegate
            _ = parser.parse()
            parser.delegate = nil
            if delegate.failure == nil, let error = delegate.firstError ?? parser.parserError {
                delegate.failure = FormatError(
                    file: path, location: .line(max(1, delegate.errorLine ?? parser.lineNumber)),
                    fault: .malformed(reason(of: error)))
            }
            if delegate.failure == nil, !delegate.sawRoot {
                delegate.failure = FormatError(file: path, fault: .malformed("not XML: no element is in it"))
            }
            return delegate.failure
        }
        if let failure { throw failure }
    }

    /// What the parser means: of libxml2's errors it hands on nothing but the number (xmlParserErrors).
    private static func reason(of error: any Error) -> String {
        switch (error as NSError).code {
        case 4: "not XML: no element is in it"
        case 5: "the file is cut short, or goes on after its end"
        case 76, 77: "an element does not end where it should, or the file is cut short"
        case 9, 81: "a character that XML does not allow, or text that is not UTF-8"
        case 26: "an unknown entity, &…;"
        case 42: "an attribute stands twice in one element"
        case let number: "not XML, or cut short (parser code \(number))"
        }
    }

    /// Whether a document type comes before the first element; comments and instructions are passed over.
    private static func declaresDocumentType(_ data: Data) -> Bool {
        var rest = data[...]
        while let mark = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[mark...]
            let end: Data
            if rest.starts(with: Data("<!--".utf8)) {
                end = Data("-->".utf8)
            } else if rest.starts(with: Data("<?".utf8)) {
                end = Data("?>".utf8)
            } else {
                return rest.starts(with: Data("<!".utf8))
            }
            guard let range = rest.range(of: end) else { return false }
            rest = rest[range.upperBound...]
        }
        return false
    }

    private final class Delegate: NSObject, XMLParserDelegate {
        let file: String
        let root: Set<String>
        let handler: (XMLStartTag, [String]) throws(FormatError) -> Void
        var failure: FormatError?
        var sawRoot = false
        /// The parser may read on after an error; what it says and where it stands then is of no use.
        var firstError: (any Error)?
        var errorLine: Int?
        private var open: [String] = []

        init(
            file: String, root: Set<String>, handler: @escaping (XMLStartTag, [String]) throws(FormatError) -> Void
        ) {
            self.file = file
            self.root = root
            self.handler = handler
        }

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
        ) {
            guard failure == nil, firstError == nil else { return }
            let tag = XMLStartTag(name: elementName, attributes: attributeDict, line: parser.lineNumber, file: file)
            do throws(FormatError) {
                if open.isEmpty {
                    sawRoot = true
                    guard root.contains(elementName) else {
                        throw tag.failure(
                            .unexpected(
                                expected: root.sorted().map { "<\($0)>" }.joined(separator: " or "),
                                found: "<\(elementName)>"))
                    }
                }
                try handler(tag, open)
                guard open.count < XMLStream.greatestDepth else {
                    throw tag.failure(
                        .malformed("elements nested more than \(XMLStream.greatestDepth) deep"))
                }
            } catch {
                failure = error
                parser.abortParsing()
            }
            open.append(elementName)
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
        ) {
            if !open.isEmpty { open.removeLast() }
        }

        func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
            guard firstError == nil else { return }
            firstError = parseError
            errorLine = parser.lineNumber
        }
    }
}
