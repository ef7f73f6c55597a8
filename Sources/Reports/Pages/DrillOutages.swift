import GraderCore

/// What one drill's outages were over a class: for the class page's distribution.
public struct DrillOutages: Sendable {
    public struct Outage: Sendable {
        public var student: StudentIdentity
        /// In seconds.
        public var seconds: Double

        public init(student: StudentIdentity, seconds: Double) {
            self.student = student
            self.seconds = seconds
        }
    }

    public var drill: LocalizedText
    public var outages: [Outage]

    public init(drill: LocalizedText, outages: [Outage]) {
        self.drill = drill
        self.outages = outages
    }
}
