/// The place of a field in a document, such as `junctions[3] "J7" .signalGroups[2] "west" .leastGreen_s`.
public struct FieldPath: Equatable, Sendable {
    /// One step from a value to a part of it.
    public enum Step: Equatable, Sendable {
        /// A field by the name that documents use.
        case field(String)
        /// An entry of a list by its position from 0, with its identifier where it has one.
        case item(Int, name: String?)
    }

    /// Steps from the whole document to the field.
    public var steps: [Step]

    /// Starts at the whole document, or where the steps lead.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// The path of a field of the value at this path.
    public func field(_ name: String) -> FieldPath { FieldPath(steps + [.field(name)]) }

    /// The path of an entry of the list at this path.
    public func item(_ index: Int, _ name: String? = nil) -> FieldPath { FieldPath(steps + [.item(index, name: name)]) }

    /// The path of an entry of a list that is a field of the value at this path.
    public func item(_ list: String, _ index: Int, _ name: String? = nil) -> FieldPath {
        FieldPath(steps + [.field(list), .item(index, name: name)])
    }
}

extension FieldPath: CustomStringConvertible {
    /// The path as messages show it.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .field(let name): text += (text.isEmpty ? "" : ".") + name
            case .item(let index, nil), .item(let index, ""): text += "[\(index)]"
            // A blank sets the name apart from the field after it.
            case .item(let index, let name?): text += "[\(index)] \(Problem.quoted(name)) "
            }
        }
        return text.last == " " ? String(text.dropLast()) : text
    }
}
