import SignalModel

extension Flows {
    /// The same again and again, until a time is filled, s.
    func repeated(for time: Double) -> Flows {
        guard duration > 0, duration < time else { return self }
        let times = Int((time / duration).rounded(.up))
        func repeated(_ values: [Double]) -> [Double] { Array(repeatElement(values, count: times).joined()) }
        var whole = self
        whole.intervalCount *= times
        for number in sources.indices { whole.sources[number].flowPerHour = repeated(sources[number].flowPerHour) }
        for number in movements.indices {
            whole.movements[number].flowPerHour = repeated(movements[number].flowPerHour)
            whole.movements[number].standardErrorPerHour = repeated(movements[number].standardErrorPerHour)
        }
        for number in crossings.indices {
            whole.crossings[number].flowPerHour = repeated(crossings[number].flowPerHour)
        }
        return whole
    }
}
