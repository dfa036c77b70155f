extension HCM {
    /// A left turn from a lane of its own: permitted, or protected before it is permitted.
    ///
    /// In the permitted green it waits until the opposing queue has cleared, then uses gaps; when the green ends, those
    /// inside the junction leave (HCM 2010, chapters 18 and 31).
    public struct LeftTurn: Sendable, Equatable {
        /// Flow, veh/h.
        public var flowPerHour: Double
        /// Cycle time, s.
        public var cycle: Double
        /// Effective green with the opposing traffic stopped, s; 0 without one.
        public var protectedGreen: Double
        /// Saturation flow in the protected green, veh/h.
        public var protectedSaturationFlowPerHour: Double
        /// Effective green in which it gives way, g_p, s.
        public var permittedGreen: Double
        /// End of the permitted green in which the opposing queue is gone, g_u, s.
        public var unblockedGreen: Double
        /// Saturation flow in the unblocked green, veh/h.
        public var permittedSaturationFlowPerHour: Double
        /// Vehicles that leave when the permitted green ends.
        public var sneakers: Double

        /// Makes a left turn from its parts.
        ///
        /// - Precondition: The greens fit into the cycle, and the unblocked into the permitted one.
        public init(
            flowPerHour: Double, cycle: Double, protectedGreen: Double = 0,
            protectedSaturationFlowPerHour: Double = 0, permittedGreen: Double, unblockedGreen: Double,
            permittedSaturationFlowPerHour: Double, sneakers: Double = 2
        ) {
            precondition(unblockedGreen >= 0 && unblockedGreen <= permittedGreen, "unblocked <= permitted green")
            precondition(protectedGreen >= 0 && protectedGreen + permittedGreen <= cycle, "greens fit into the cycle")
            self.flowPerHour = flowPerHour
            self.cycle = cycle
            self.protectedGreen = protectedGreen
            self.protectedSaturationFlowPerHour = protectedSaturationFlowPerHour
            self.permittedGreen = permittedGreen
            self.unblockedGreen = unblockedGreen
            self.permittedSaturationFlowPerHour = permittedSaturationFlowPerHour
            self.sneakers = sneakers
        }

        /// The queue over the cycle, in four intervals: protected, permitted but blocked, unblocked, red.
        public var polygon: QueueAccumulationPolygon {
            let interval = { (duration: Double, service: Double, sneakers: Double) in
                QueueAccumulationPolygon.Interval(
                    duration: duration, arrivalFlowPerHour: flowPerHour, serviceFlowPerHour: service,
                    vehiclesAtEnd: sneakers)
            }
            return QueueAccumulationPolygon([
                interval(protectedGreen, protectedSaturationFlowPerHour, 0),
                interval(permittedGreen - unblockedGreen, 0, 0),
                interval(unblockedGreen, permittedSaturationFlowPerHour, sneakers),
                interval(cycle - protectedGreen - permittedGreen, 0, 0),
            ])
        }

        /// Capacity with a protected green of another length, veh/h; with the greatest, the available capacity c_a.
        public func capacityPerHour(protectedGreen: Double) -> Double {
            (protectedSaturationFlowPerHour * protectedGreen + permittedSaturationFlowPerHour * unblockedGreen
                + 3600 * sneakers) / cycle
        }
    }

    /// Saturation flow of a permitted left turn in the unblocked green, before adjustment, veh/h.
    ///
    /// s_p = v_o·e^(−v_o·t_cg/3600)/(1 − e^(−v_o·t_fh/3600)) (HCM 2010, chapter 31).
    ///
    /// - Parameters:
    ///   - opposingFlowPerHour: Opposing flow v_o, veh/h.
    ///   - criticalHeadway: t_cg, s.
    ///   - followUpHeadway: t_fh, s.
    public static func permittedLeftSaturationFlowPerHour(
        opposingFlowPerHour: Double, criticalHeadway: Double = 4.5, followUpHeadway: Double = 2.5
    ) -> Double {
        precondition(opposingFlowPerHour >= 0 && criticalHeadway > 0 && followUpHeadway > 0)
        guard opposingFlowPerHour > 0 else { return 3600 / followUpHeadway }
        let flow = opposingFlowPerHour / 3600
        return opposingFlowPerHour * exponential(-flow * criticalHeadway) / (1 - exponential(-flow * followUpHeadway))
    }
}
