// FlowEstimation
