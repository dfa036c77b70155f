import SignalModel

/// Writes a network as plain XML for SUMO's netconvert.
///
/// Lengths, speeds, right of way and the position of each signal in the state string come out as the network has them;
/// the area of the junctions is netconvert's. SUMO calls lane n of an edge `EDGE_n`, from the kerb: detectors are found
/// again where the network's lanes are named so.
public struct SUMOPlainWriter {
    private let network: Network
    private let name: String
    private let index: NetworkIndex
    /// Place of each lane on its link, from the kerb.
    private let lanes: [LaneID: Int]

    /// The files of a network.
    ///
    /// - Parameters:
    ///   - network: A network; junctions without a state string are given one, see ``SignalModel/Network/withSignalNumbers()``.
    ///   - name: What the files are called before their suffix.
    /// - Throws: ``FormatError`` with the network's name for the file, where a present program cannot be written or a name
    ///   is none that SUMO takes.
    public static func files(for network: Network, name: String) throws(FormatError) -> SUMOPlainFiles {
        try checkNames(of: network)
        let writer = SUMOPlainWriter(network: network.withSignalNumbers(), name: name)
        return try SUMOPlainFiles(
            nodes: writer.nodes(), edges: writer.edges(), connections: writer.connections(),
            programs: writer.programs(), configuration: writer.configuration())
    }

    private init(network: Network, name: String) {
        self.network = network
        self.name = name
        index = NetworkIndex(network)
        var lanes: [LaneID: Int] = [:]
        for link in network.links {
            for (place, lane) in link.lanes.enumerated() { lanes[lane.id] = place }
        }
        self.lanes = lanes
    }

    /// Sees that SUMO takes the names of nodes, links and junctions.
    ///
    /// It refuses those with blanks and some other signs, and takes a link with blanks in a route for several.
    /// - Throws: ``FormatError`` with the network's name for the file.
    public static func checkNames(of network: Network) throws(FormatError) {
        let names =
            network.nodes.enumerated().map { ("nodes[\($0)].id", $1.id.text) }
            + network.links.enumerated().map { ("links[\($0)].id", $1.id.text) }
            + network.junctions.enumerated().map { ("junctions[\($0)].id", $1.id.text) }
        for (field, name) in names where name.contains(where: { $0.isWhitespace || "|\\'\";,<>&".contains($0) }) {
            throw FormatError(
                file: network.name, location: .field(field),
                fault: .unexpected(
                    expected: "a name that SUMO takes, without blanks and | \\ ' \" ; , < > &",
                    found: FormatError.quoted(name)))
        }
    }

    private func nodes() -> String {
        var text = "<nodes>\n"
        for node in network.nodes {
            text +=
                "    <node id=\"\(XMLText.escaped(node.id.text))\" x=\"\(node.position.x)\" y=\"\(node.position.y)\""
            if let junction = index.junctionOfNode[node.id] {
                text += " type=\"traffic_light\" tl=\"\(XMLText.escaped(network.junctions[junction].id.text))\""
            } else {
                text += " type=\"priority\""
            }
            text += "/>\n"
        }
        return text + "</nodes>\n"
    }

    private func edges() -> String {
        var text = "<edges>\n"
        for link in network.links where !link.lanes.isEmpty {
            text += "    <edge id=\"\(XMLText.escaped(link.id.text))\" from=\"\(XMLText.escaped(link.from.text))\""
            text +=
                " to=\"\(XMLText.escaped(link.to.text))\" numLanes=\"\(link.lanes.count)\" length=\"\(link.length)\""
            text += " speed=\"\(link.freeFlowSpeed)\""
            if link.shape.count > 2 {
                // The shape is the middle of the link, not its left edge.
                let points = link.shape.map { "\($0.x),\($0.y)" }.joined(separator: " ")
                text += " shape=\"\(points)\" spreadType=\"center\""
            }
            text += ">\n"
            for (place, lane) in link.lanes.enumerated() {
                text += "        <lane index=\"\(place)\" speed=\"\(lane.freeFlowSpeed)\"\(allowed(lane.use))/>\n"
            }
            text += "    </edge>\n"
        }
        return text + "</edges>\n"
    }

    private func allowed(_ use: LaneUse) -> String {
        switch use {
        case .general: ""
        case .bus: " allow=\"bus\""
        case .cycle: " allow=\"bicycle\""
        case .pedestrian: " allow=\"pedestrian\""
        case .tram: " allow=\"tram\""
        }
    }

    /// The attributes that name a connection; nil where it does not lie on the network's lanes.
    private func attributes(_ movement: Movement, _ connection: LaneConnection) -> String? {
        guard let from = lanes[connection.from], let to = lanes[connection.to] else { return nil }
        return "from=\"\(XMLText.escaped(movement.from.text))\" to=\"\(XMLText.escaped(movement.to.text))\""
            + " fromLane=\"\(from)\" toLane=\"\(to)\""
    }

    private func connections() -> String {
        var text = "<connections>\n"
        for movement in network.movements {
            for connection in movement.connections {
                guard let attributes = attributes(movement, connection) else { continue }
                text += "    <connection \(attributes) speed=\"\(connection.speed)\" length=\"\(connection.length)\""
                // Else SUMO has them wait in the junction, where they can block each other for good.
                if !movement.givesWayTo.isEmpty, movement.waitingInside == 0 { text += " contPos=\"0\"" }
                text += "/>\n"
            }
        }
        // Without its connections a dead end would be given some by guess.
        for (number, link) in network.links.enumerated() where index.movementsFrom[number].isEmpty {
            text += "    <connection from=\"\(XMLText.escaped(link.id.text))\"/>\n"
        }
        for movement in network.movements {
            for other in movement.givesWayTo {
                guard let position = index.movements[other] else { continue }
                let priority = network.movements[position]
                text += "    <prohibition prohibitor=\"\(XMLText.escaped("\(priority.from)->\(priority.to)"))\""
                text += " prohibited=\"\(XMLText.escaped("\(movement.from)->\(movement.to)"))\"/>\n"
            }
        }
        return text + "</connections>\n"
    }

    private func programs() throws(FormatError) -> String {
        let present = Plan(
            network: network.name, name: network.name,
            junctions: network.junctions.compactMap { $0.presentProgram?.plan })
        var text = try "<tlLogics>\n" + SUMOProgramWriter.elements(for: present, network: network, program: "0")
        for movement in network.movements {
            guard let junction = index.junctionOfNode[movement.node] else { continue }
            for connection in movement.connections {
                guard let signal = connection.signalIndex, let attributes = attributes(movement, connection) else {
                    continue
                }
                text += "    <connection \(attributes) tl=\"\(XMLText.escaped(network.junctions[junction].id.text))\""
                text += " linkIndex=\"\(signal)\"/>\n"
            }
        }
        return text + "</tlLogics>\n"
    }

    private func configuration() -> String {
        """
        <configuration>
            <input>
                <node-files value="\(XMLText.escaped(name)).nod.xml"/>
                <edge-files value="\(XMLText.escaped(name)).edg.xml"/>
                <connection-files value="\(XMLText.escaped(name)).con.xml"/>
                <tllogic-files value="\(XMLText.escaped(name)).tll.xml"/>
            </input>
            <output>
                <output-file value="\(XMLText.escaped(name)).net.xml"/>
            </output>
            <processing>
                <no-turnarounds value="true"/>
                <offset.disable-normalization value="true"/>
                <lefthand value="\(network.drivingSide == .left)"/>
            </processing>
        </configuration>

        """
    }
}
