// PerformanceModel
