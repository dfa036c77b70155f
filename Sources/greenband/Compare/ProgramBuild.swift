import Foundation

/// Which build of the program this is.
enum ProgramBuild {
    /// The build that is running: version, size and time of the program's file.
    ///
    /// Two builds are told apart by these and not by their bytes, which would take longer to read than a short comparison
    /// takes. A copy with another time counts as another build, which costs runs and never mixes any.
    static var running: String {
        let version = Greenband.configuration.version
        var facts = stat()
        guard stat("/proc/self/exe", &facts) == 0 else { return version }
        let seconds = Double(facts.st_mtim.tv_sec) + Double(facts.st_mtim.tv_nsec) / 1e9
        let time = Date(timeIntervalSince1970: seconds).formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true))
        return "greenband \(version) of \(time), \(facts.st_size) bytes"
    }
}
