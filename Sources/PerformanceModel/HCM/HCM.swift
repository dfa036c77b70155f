/// The equations of the Highway Capacity Manual for signalised intersections, one function or type each.
///
/// Lengths are metres, speeds m/s, times s and flows veh/h; the manual's imperial constants are converted inside. The
/// edition is HCM 2010 (Transportation Research Board), chapter 18, with its supplement chapter 31.
public enum HCM {
    /// Metres in a foot.
    static let foot = 0.3048
    /// m/s in a mile per hour.
    static let milePerHour = 0.44704
}
