import GraderCore

/// What students of a run have in common, for other programs (`anomalies.json`, by
/// `docs/schema/anomalies-1.json`); empty where there is nothing.
public struct AnomaliesJSON: Sendable {
    public static let currentSchemaVersion = 1

    public var anomalies: [ClassAnomaly]

    public init(_ anomalies: [ClassAnomaly]) { self.anomalies = anomalies }

    private struct Document: Encodable {
        var schemaVersion = AnomaliesJSON.currentSchemaVersion
        var anomalies: [ClassAnomaly]
    }

    /// The document, with sorted keys.
    /// - Throws: what `JSONEncoder` does; nothing in it is a number without a form in JSON.
    public func text() throws -> String { try ExportJSON.text(Document(anomalies: anomalies)) }
}
