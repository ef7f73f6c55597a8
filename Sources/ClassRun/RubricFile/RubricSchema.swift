import Foundation
import GraderCore

/// The form of an exercise's rubric as JSON Schema (draft 2020-12), for editors: keys and checks are completed, and
/// mistakes underlined, while a teacher types. What adds up, and what stands in which order, `RubricFile` alone says.
public struct RubricSchema: Sendable {
    public var exercise: any Exercise

    public init(_ exercise: any Exercise) { self.exercise = exercise }

    public func text() throws -> String {
        let options: JSONSerialization.WritingOptions = [
            .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
        ]
        let data = try JSONSerialization.data(withJSONObject: document, options: options)
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private var document: [String: Any] {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "https://bascule.invalid/schema/rubric-\(exercise.id).json",
            "title": "A rubric for \(exercise.id)",
            "type": "object", "additionalProperties": false,
            "required": ["exercise", "title", "total"],
            "properties": [
                "exercise": ["const": exercise.id], "title": ["$ref": "#/$defs/title"],
                "total": ["$ref": "#/$defs/points", "description": "The sum of all points."],
                "exam": [
                    "type": "boolean",
                    "description":
                        "check shows only that the machines can be reached; checks may be left out.",
                ],
                "prerequisites": exercise.prerequisitesDefinition.map { section($0, isQuestion: false) }
                    ?? false,
                "questions": [
                    "type": "array", "description": "In the order of the sheet.",
                    // One condition for each: an editor's message then names the very key.
                    "items": [
                        "allOf": exercise.questionDefinitions.map { question in
                            [
                                "if": [
                                    "properties": ["id": ["const": question.id.rawValue]], "required": ["id"],
                                ],
                                "then": section(question, isQuestion: true),
                            ]
                        },
                        "if": [
                            "properties": [
                                "id": ["not": ["enum": exercise.questionDefinitions.map(\.id.rawValue)]]
                            ]
                        ],
                        "then": unknownQuestion,
                    ],
                ],
            ],
            "$defs": definitions,
        ]
    }

    private var definitions: [String: Any] {
        let text: [String: Any] = ["type": "string", "pattern": "\\S"]
        let list = ["type": "array", "minItems": 1] as [String: Any]
        // Pacemaker's own notation; a bare number is seconds.
        let duration: [String: Any] = ["type": ["string", "integer"]]
        return [
            "title": [
                "oneOf": [
                    text,
                    [
                        "type": "object", "additionalProperties": false, "required": ["fr", "en"],
                        "properties": ["fr": text, "en": text],
                    ],
                ]
            ],
            "points": ["type": "number", "minimum": 0, "maximum": 9999, "multipleOf": 0.001],
            "show": [
                "enum": Visibility.Level.allCases.map(\.rawValue),
                "description":
                    "What students see: all; only that something of the question is missing; nothing.",
            ],
            "until": [
                "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The last day (UTC) on which show holds; shown in full after that.",
            ],
            "check": [
                "oneOf": [
                    ["$ref": "#/$defs/points"],
                    [
                        "type": "object", "additionalProperties": false, "required": ["points"],
                        "properties": [
                            "points": ["$ref": "#/$defs/points"], "by": ["enum": ["teacher", "bascule"]],
                            "title": ["$ref": "#/$defs/title"], "show": ["$ref": "#/$defs/show"],
                            "until": ["$ref": "#/$defs/until"],
                        ], "dependentRequired": ["until": ["show"]],
                    ],
                ]
            ],
            "duration": duration,
            "durations": ["oneOf": [duration, list.merging(["items": duration]) { first, _ in first }]],
            "number": ["type": "number"], "text": text, "flag": ["type": "boolean"],
            "texts": ["oneOf": [text, list.merging(["items": text]) { first, _ in first }]],
        ]
    }

    private func section(_ question: QuestionDefinition, isQuestion: Bool) -> [String: Any] {
        var properties: [String: Any] = [
            "title": ["$ref": "#/$defs/title"],
            "hints": [
                "enum": [true, false, 0, 1, 2, 3],
                "description": "How far hints go: none; why; also what to look at; also how.",
            ],
            "show": ["$ref": "#/$defs/show"], "until": ["$ref": "#/$defs/until"],
            "checks": [
                "type": "object",
                "properties": Dictionary(
                    uniqueKeysWithValues: question.checks.map {
                        ($0.id.rawValue, ["$ref": "#/$defs/check", "description": $0.title.en])
                    }),
                // The teacher's own.
                "additionalProperties": [
                    "type": "object", "required": ["points", "by", "title"],
                    "properties": ["by": ["const": "teacher"]], "$ref": "#/$defs/check",
                ],
            ],
        ]
        var required = ["title", "checks"]
        if isQuestion {
            properties["id"] = ["const": question.id.rawValue]
            properties["runs"] = [
                "enum": CountedRuns.allCases.map(\.rawValue), "description": "Which of a class's runs count.",
            ]
            required.append("id")
        }
        if !question.parameters.isEmpty {
            properties["parameters"] = [
                "type": "object", "additionalProperties": false,
                "properties": Dictionary(
                    uniqueKeysWithValues: question.parameters.map {
                        ($0.name, ["$ref": "#/$defs/\($0.kind.rawValue)"])
                    }),
            ]
        }
        return [
            "type": "object", "additionalProperties": false, "required": required, "properties": properties,
            "dependentRequired": ["until": ["show"]],
        ]
    }

    /// One that Bascule does not judge: the teacher's marks alone.
    private var unknownQuestion: [String: Any] {
        [
            "type": "object", "required": ["id", "title", "checks"],
            "properties": [
                "id": ["type": "string", "pattern": "^Q[0-9]+$"], "title": ["$ref": "#/$defs/title"],
                "checks": ["type": "object", "additionalProperties": ["$ref": "#/$defs/check"]],
            ],
        ]
    }
}
