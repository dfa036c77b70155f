import ArgumentParser

@main
struct Greenband: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "greenband")
}
