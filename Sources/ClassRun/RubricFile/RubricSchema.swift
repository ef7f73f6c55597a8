import Foundation
import GraderCore

/// The form of an exercise's rubric as JSON Schema (draft 2020-12), for editors: keys and checks are completed, and
/// mistakes underlined, while a teacher types. What adds up, and what stands in which order, `RubricFile` alone says.
public struct RubricSchema: Sendable {
    public var exercise: any Exercise
    /// What a check that a rubric declares is made of beside its points, by its keys.
    public var declaredForms: [String: FactsValue]

    public init(_ exercise: any Exercise, declaredForms: [String: FactsValue]) {
        self.exercise = exercise
        self.declaredForms = declaredForms
    }

    /// The schema, with sorted keys.
    /// - Throws: what `JSONSerialization` does; everything in it has a form in JSON.
    public func text() throws -> String {
        let options: JSONSerialization.WritingOptions = [
            .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
        ]
        let declared = try JSONSerialization.jsonObject(with: JSONEncoder().encode(declaredForms))
        let document = document(declared: declared as? [String: Any] ?? [:])
        let data = try JSONSerialization.data(withJSONObject: document, options: options)
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private func document(declared: [String: Any]) -> [String: Any] {
        var document = Self.object(
            required: ["exercise", "title", "total"],
            [
                "exercise": ["const": exercise.id], "title": Self.ref("title"),
                "total": Self.ref("points", "The sum of all points."),
                "exam": [
                    "type": "boolean",
                    "description":
                        "check shows only that the machines can be reached; checks may be left out.",
                ],
                "prerequisites": exercise.prerequisitesDefinition.map { section($0, isQuestion: false) }
                    ?? false,
                "questions": [
                    "type": "array", "description": "In the order of the sheet.", "items": questions,
                ],
            ])
        document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        document["$id"] = "https://bascule.invalid/schema/rubric-\(exercise.id).json"
        document["title"] = "A rubric for \(exercise.id)"
        var definitions = definitions
        definitions["declared"] = Self.object(
            required: ["points", "title"],
            declared.merging([
                "points": Self.ref("points"), "show": Self.ref("show"), "until": Self.ref("until"),
            ]) {
                own, _ in own
            })
        document["$defs"] = definitions
        return document
    }

    /// One condition for each: an editor's message then names the very key.
    private var questions: [String: Any] {
        [
            "allOf": exercise.questionDefinitions.map { question in
                [
                    "if": ["properties": ["id": ["const": question.id.rawValue]], "required": ["id"]],
                    "then": section(question, isQuestion: true),
                ]
            },
            "if": ["properties": ["id": ["not": ["enum": exercise.questionDefinitions.map(\.id.rawValue)]]]],
            "then": unknownQuestion,
        ]
    }

    private var definitions: [String: Any] {
        let text: [String: Any] = ["type": "string", "pattern": "\\S"]
        // Pacemaker's own notation; a bare number is seconds.
        let duration: [String: Any] = ["type": ["string", "integer"]]
        func oneOrMore(_ value: [String: Any]) -> [String: Any] {
            ["oneOf": [value, ["type": "array", "minItems": 1, "items": value]]]
        }
        var check = Self.object(
            required: ["points"],
            [
                "points": Self.ref("points"), "by": ["enum": ["teacher", "bascule"]],
                "title": Self.ref("title"), "answer": Self.ref("answer"), "show": Self.ref("show"),
                "until": Self.ref("until"),
            ])
        check["dependentRequired"] = ["until": ["show"]]
        return [
            "title": ["oneOf": [text, Self.object(required: ["fr", "en"], ["fr": text, "en": text])]],
            "points": ["type": "number", "minimum": 0, "maximum": 9999, "multipleOf": 0.001],
            "show": [
                "enum": Visibility.Level.allCases.map(\.rawValue),
                "description":
                    """
                What students see: all; what was found, not what would be right; only that something of the question \
                is missing; nothing.
                """,
            ],
            "until": [
                "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The last day (UTC) on which show holds; shown in full after that.",
            ], "check": ["oneOf": [Self.ref("points"), check]], "duration": duration,
            "durations": oneOrMore(duration), "number": ["type": "number"], "text": text,
            "texts": oneOrMore(text), "flag": ["type": "boolean"], "answer": answer,
        ]
    }

    private func section(_ question: QuestionDefinition, isQuestion: Bool) -> [String: Any] {
        var properties: [String: Any] = [
            "title": Self.ref("title"),
            "hints": [
                "enum": [true, false, 0, 1, 2, 3],
                "description": "How far hints go: none; why; also what to look at; also how.",
            ], "show": Self.ref("show"), "until": Self.ref("until"),
            "checks": [
                "type": "object",
                "properties": Dictionary(
                    question.checks.map { ($0.id.rawValue, Self.ref("check", $0.title.en)) },
                    uniquingKeysWith: { first, _ in first }),
                "additionalProperties": Self.ownCheck,
            ],
        ]
        if isQuestion {
            properties["id"] = ["const": question.id.rawValue]
            properties["runs"] = [
                "enum": CountedRuns.allCases.map(\.rawValue), "description": "Which of a class's runs count.",
            ]
        }
        if !question.parameters.isEmpty {
            properties["parameters"] = Self.object(
                Dictionary(
                    question.parameters.map { ($0.name, Self.ref($0.kind.rawValue)) },
                    uniquingKeysWith: { first, _ in first }))
        }
        var section = Self.object(required: ["title", "checks"] + (isQuestion ? ["id"] : []), properties)
        section["dependentRequired"] = ["until": ["show"]]
        return section
    }

    /// One form for each fact, so that an editor completes its values.
    private var answer: [String: Any] {
        let parts: [[String: Any]] = exercise.answerFacts.map { fact in
            let words = Self.object(
                Dictionary(
                    fact.values.map { ($0, Self.ref("texts")) }, uniquingKeysWith: { first, _ in first }))
            return Self.object(
                required: ["fact"],
                [
                    "fact": ["const": fact.name], "words": words,
                    "least": [
                        "type": "integer", "minimum": 1, "maximum": fact.isSeveral ? fact.values.count : 1,
                    ],
                ])
        }
        return Self.object(
            required: ["parts"],
            [
                "parts": [
                    "type": "array", "minItems": 1, "items": parts.isEmpty ? false : ["oneOf": parts] as Any,
                ],
                "beside": Self.ref("texts", "Words that change nothing beside what is named."),
                "certain": ["type": "boolean", "description": "false: never to be accepted unread."],
            ])
    }

    /// One that Bascule does not judge: the teacher's marks alone.
    private var unknownQuestion: [String: Any] {
        [
            "type": "object", "required": ["id", "title", "checks"],
            "properties": [
                "id": ["type": "string", "pattern": "^Q[0-9]+$"], "title": Self.ref("title"),
                "checks": ["type": "object", "additionalProperties": Self.ownCheck],
            ],
        ]
    }

    /// The teacher's own: a mark by hand, or a check that is declared.
    private static var ownCheck: [String: Any] {
        [
            "anyOf": [
                [
                    "type": "object", "required": ["points", "by", "title"],
                    "properties": ["by": ["const": "teacher"]], "$ref": "#/$defs/check",
                ], ref("declared"),
            ]
        ]
    }

    private static func ref(_ name: String, _ description: String? = nil) -> [String: Any] {
        var reference = ["$ref": "#/$defs/\(name)"]
        reference["description"] = description
        return reference
    }

    private static func object(required: [String]? = nil, _ properties: [String: Any]) -> [String: Any] {
        var object: [String: Any] = [
            "type": "object", "additionalProperties": false, "properties": properties,
        ]
        object["required"] = required
        return object
    }
}
