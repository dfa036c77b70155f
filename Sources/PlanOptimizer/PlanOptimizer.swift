// PlanOptimizer
