import GraderCore

/// What a client sees, told while it is measured: for whoever watches. What counts is read from the whole trace at the end.
extension DrillExecution {
    /// A drill's own bounds are shorter.
    private static let mostMoments = 2_400

    /// Tells each moment as soon as it is known, from the baseline's end on.
    func beginTellingMoments() {
        guard let sampling, let target = evidence.plan?.target else { return }
        let (student, kind, onEvent) = (pair.student, evidence.kind, onEvent)
        telling = Task {
            var told = 0
            while !Task.isCancelled, told < Self.mostMoments {
                do { try await Task.sleep(for: LessonDrill.moment) } catch { return }
                let end = await sampling.knownUntil
                let known = min(Int(saturating: end / LessonDrill.moment), Self.mostMoments)
                guard known > told else { continue }
                let trace = await sampling.samples(since: LessonDrill.moment * told)
                onEvent(.seen(student: student, kind, ServiceMoment.moments(told..<known, in: trace, target)))
                told = known
            }
        }
    }
}

extension ServiceMoment {
    /// What the attempts of each came to. Pure.
    static func moments(_ numbers: Range<Int>, in trace: SampleTrace, _ target: SamplingTarget) -> [Self] {
        var served = [Int](repeating: 0, count: numbers.count)
        var failed = served
        for sample in trace.connects + trace.requests {
            let number = Int(saturating: sample.sent / LessonDrill.moment)
            guard numbers.contains(number) else { continue }
            if target.isServed(sample) {
                served[number - numbers.lowerBound] += 1  // bounded: numbers holds it
            } else {
                failed[number - numbers.lowerBound] += 1  // bounded: numbers holds it
            }
        }
        return zip(served, failed).map { served, failed in
            switch (served > 0, failed > 0) {
            case (true, false): .served
            case (true, true): .partly
            case (false, true): .notServed
            case (false, false): .unknown
            }
        }
    }
}
