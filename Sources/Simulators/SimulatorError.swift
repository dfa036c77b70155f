/// Why a simulator could not be run.
public enum SimulatorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// SUMO is in none of the places where it was looked for.
    case notFound(searched: [String])
    /// A program ended with a fault; its own words.
    case failed(program: String, message: String)
    /// A folder holds the runs of another comparison.
    case otherComparison(folder: String, difference: String)
    /// Another process is working in the folder.
    case folderInUse(String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .notFound(let places):
            "SUMO was not found; looked in \(places.joined(separator: ", ")). Install eclipse-sumo 1.28.0 from PyPI "
                + "(Tools/setup does), or name its folder with --sumo-home or SUMO_HOME"
        case .failed(let program, let message): "\(program) failed: \(message)"
        case .otherComparison(let folder, let difference):
            "\(folder) holds another comparison: \(difference). Name another folder"
        case .folderInUse(let folder): "\(folder): another comparison is running in this folder"
        }
    }
}
