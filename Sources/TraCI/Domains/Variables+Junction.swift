extension TraciVariable where Domain == Traci.Junction, Value == [TraciID<Traci.Junction>] {
    /// All nodes; of no object.
    public static var all: Self { Self(names: 0x00) }
}

extension TraciVariable where Domain == Traci.Junction, Value == TraciValue.Position {
    /// Where it is, m.
    public static var position: Self { Self(0x42, { value throws(TraciError) in try value.place }) }
}
