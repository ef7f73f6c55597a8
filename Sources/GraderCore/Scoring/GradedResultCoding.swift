// The form in `result.json`, and the reader for what was written before version 2.

import Foundation

extension GradedResult {
    enum CodingKeys: String, CodingKey {
        case schemaVersion, className, student, exercise, exerciseTitle, collectedAt, collectionSeconds,
            questions
        case score, unreachable, instability, exhibits, networkVantage, provenance, comment, isAbsent, members
        case drills, drillsTellOf, identityMarks, anomalies, lateness, origin, handIn
    }

    /// Version 1 kept fields of one exercise in the place of exhibits and identity marks: these are made again from
    /// the evidence, where that is at hand. Which checks drills tell of stood with the checks that are concealed.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional<Value: Decodable>(_ key: CodingKeys) throws -> Value? {
            try container.decodeIfPresent(Value.self, forKey: key)
        }
        let isOfVersion1 = try container.decode(Int.self, forKey: .schemaVersion) == 1
        self.init(
            className: try container.decode(String.self, forKey: .className),
            student: try container.decode(StudentIdentity.self, forKey: .student),
            exercise: try container.decode(String.self, forKey: .exercise),
            exerciseTitle: try container.decode(LocalizedText.self, forKey: .exerciseTitle),
            collectedAt: try container.decode(Date.self, forKey: .collectedAt),
            collectionSeconds: try container.decode(Double.self, forKey: .collectionSeconds),
            questions: try container.decode([QuestionResult].self, forKey: .questions),
            score: try container.decode(Tally.self, forKey: .score),
            unreachable: try container.decode([MachineID: TransportFailure].self, forKey: .unreachable),
            instability: try optional(.instability),
            exhibits: isOfVersion1 ? [] : try container.decode([Exhibit].self, forKey: .exhibits),
            networkVantage: try optional(.networkVantage),
            provenance: try container.decode(Provenance.self, forKey: .provenance))
        comment = try optional(.comment)
        isAbsent = try optional(.isAbsent)
        members = try optional(.members)
        drills = try optional(.drills)
        drillsTellOf = isOfVersion1 ? try Version1(from: decoder).drillsTellOf : try optional(.drillsTellOf)
        identityMarks = try optional(.identityMarks)
        anomalies = try optional(.anomalies)
        lateness = try optional(.lateness)
        origin = try optional(.origin)
        handIn = try optional(.handIn)
    }

    private struct Version1: Decodable {
        struct Question: Decodable { var checks: [Check] }
        struct Check: Decodable {
            struct Result: Decodable { var id: CheckID }
            struct Concealed: Decodable { var alsoSeenIn: [String] }
            var result: Result
            var concealed: Concealed?
        }
        var questions: [Question]

        var drillsTellOf: [CheckID]? {
            let told = questions.flatMap(\.checks).filter {
                $0.concealed?.alsoSeenIn.contains("drills") ?? false
            }
            return told.isEmpty ? nil : told.map(\.result.id)
        }
    }
}
