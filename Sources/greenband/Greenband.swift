import ArgumentParser

@main
struct Greenband: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "greenband",
        abstract: "Turns detector counts into signal timings that are measured, checked and explained.",
        discussion: """
            A network and its counts go in, a checked plan comes out:

              greenband import sumo town.net.xml -o network.json
              greenband import e1 e1.xml -o counts.csv
              greenband optimize network.json --counts counts.csv -o plan.json
              greenband report network.json plan.json --counts counts.csv -o report.html
              greenband check network.json plan.json
              greenband export sumo-program network.json plan.json -o plan.add.xml
              greenband compare network.json present plan.json --counts counts.csv

            A centre runs live, with a controller (greenband-edge) at every junction, or a street in SUMO:

              greenband serve city.yaml
              greenband street --net town.net.xml --routes town.rou.xml --begin 0 --end 3600 --centre 127.0.0.1:7400

            Exit codes: 0 done; 1 the plan breaks a rule (check); 64 wrong usage; 65 bad data; 69 no plan is \
            possible; 70 a fault of the program; 73 a file cannot be written.
            """,
        version: "0.1.0",
        subcommands: [
            Import.self, DetectorsCommand.self, Export.self, FlowsCommand.self, Optimize.self, Evaluate.self,
            ReportCommand.self, Check.self,
            Compare.self,
            StreetCommand.self, Serve.self, Audit.self, StoreCommand.self,
        ])
}
