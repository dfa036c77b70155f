import Foundation

/// The plain XML files that SUMO's netconvert makes a network of.
public struct SUMOPlainFiles: Equatable, Sendable {
    /// Nodes, `.nod.xml`.
    public var nodes: String
    /// Edges, `.edg.xml`.
    public var edges: String
    /// Lane connections and right of way, `.con.xml`.
    public var connections: String
    /// Signal programs and the signal of each connection, `.tll.xml`.
    public var programs: String
    /// What `netconvert -c` is to read, `.netccfg`; the result is `NAME.net.xml`.
    public var configuration: String

    /// Writes the files `NAME.nod.xml`, `NAME.edg.xml`, `NAME.con.xml`, `NAME.tll.xml` and `NAME.netccfg` into a folder.
    ///
    /// None is written unless all can be.
    /// - Precondition: The configuration was made for the same name.
    /// - Throws: ``FormatError`` when the folder is missing or may not be written.
    public func write(to folder: String, name: String) throws(FormatError) {
        let files = [
            ("nod.xml", nodes), ("edg.xml", edges), ("con.xml", connections), ("tll.xml", programs),
            ("netccfg", configuration),
        ]
        try AtomicFile.write(files.map { suffix, text in ("\(folder)/\(name).\(suffix)", Data(text.utf8)) })
    }
}
