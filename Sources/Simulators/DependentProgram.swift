import Foundation
import Subprocess
import SystemPackage

/// Other programs that end with this one, however that ends.
enum DependentProgram {
    /// util-linux's, which then becomes the program itself, under the same number.
    ///
    /// It is looked for where distributions that have util-linux put it: others of its name do not know the option.
    private static let setter = "/usr/bin/setpriv"
    private static let hasSetter = FileManager.default.isExecutableFile(atPath: setter)

    /// What starts a program so that the system kills it when this one is gone.
    ///
    /// Where the machine has no means of that, or there is no such program, it is the program itself. The system minds
    /// the thread that started it, and Subprocess has one for that which stays.
    ///
    /// - Parameter program: Path of the program, or the name of one that is on the usual paths.
    static func start(_ program: String, _ arguments: [String]) -> (Executable, Arguments) {
        let isPath = program.contains("/")
        if hasSetter, !isPath || FileManager.default.isExecutableFile(atPath: program) {
            return (.path(FilePath(setter)), Arguments(["--pdeathsig", "KILL", program] + arguments))
        }
        return (isPath ? .path(FilePath(program)) : .name(program), Arguments(arguments))
    }
}
