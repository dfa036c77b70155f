/// How flows are forecast.
public struct ForecastSettings: Sendable, Equatable {
    /// Smoothing of the demand of the whole district.
    public var level = HoltForecast.Settings()
    /// Share by which the demand of the district may change from one measurement to the next, before any change was seen.
    public var usualChange = 0.1
    /// Time after which what was known of the shares of single flows counts for 1/e, s.
    public var memory = 3600.0

    /// Takes the standard values.
    public init() {}
}
