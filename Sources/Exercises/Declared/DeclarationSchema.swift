import GraderCore

extension Declaration {
    /// The form of `exercise.yaml` as JSON Schema (draft 2020-12), for editors: keys are completed, and mistakes
    /// underlined, while a teacher types. What hangs together, `bascule exercise lint` alone says.
    public static func schema() -> FactsValue {
        let text: FactsValue = ["type": "string"]
        let localized: FactsValue = .any([text, object(required: ["fr", "en"], ["fr": text, "en": text])])
        var check: [String: FactsValue] = [
            "points": ["type": "number", "minimum": 0], "by": .words(["teacher", "bascule"]),
            "title": localized,
            "why": localized, "hint": localized, "seeYourself": text, "needs": .oneOrMore(text),
            "expect": [:],
            "on": .any([.oneOrMore(text), object(["any": .oneOrMore(text)])]),
            "credit": .words(DeclaredCheck.Credit.allCases.map(\.rawValue)), "become": ["type": "boolean"],
            "timeLimit": .any([text, ["type": "integer"]]), "outputLimit": text, "show": text, "until": text,
            "answer": ["type": "object"],
        ]
        for (key, form) in looks { check[key] = form }
        let question = object(
            required: ["id", "title", "checks"],
            [
                "id": ["type": "string", "pattern": "^Q[0-9]+$"], "title": localized, "hints": [:],
                "runs": text,
                "show": text, "until": text, "parameters": ["type": "object"],
                "checks": ["type": "object", "additionalProperties": object(required: ["title"], check)],
            ])
        let key = object(
            required: ["kind"],
            [
                "kind": .words(["text", "number", "choice", "address", "dns", "web"]), "is": localized,
                "required": ["type": "boolean"], "from": ["type": "integer"], "to": ["type": "integer"],
                "of": .oneOrMore(text), "at": text,
            ])
        let whole = object(
            required: ["exercise", "title", "machines", "questions"],
            [
                "exercise": ["type": "string", "pattern": "^[a-z][a-z0-9-]*$"], "title": localized,
                "machines": .oneOrMore(text), "lab": ["type": "object", "additionalProperties": key],
                "total": ["type": "number"], "exam": ["type": "boolean"],
                "questions": ["type": "array", "items": question],
            ])
        return whole.adding("$schema", "https://json-schema.org/draft/2020-12/schema")
            .adding("$id", "https://bascule.invalid/schema/exercise.json")
            .adding("title", "An exercise that is declared")
    }

    private static let text: FactsValue = ["type": "string"]
    private static let localized: FactsValue = .any([
        text, object(required: ["fr", "en"], ["fr": text, "en": text]),
    ])

    /// What a declared check is made of beside its points, by its keys: for the schema of rubrics.
    public static var checkForms: [String: FactsValue] {
        var forms: [String: FactsValue] = [
            "title": localized, "why": localized, "hint": localized, "seeYourself": text,
            "needs": .oneOrMore(text),
            "expect": [:], "expected": localized,
            "on": .any([.oneOrMore(text), object(["any": .oneOrMore(text)])]),
            "credit": .words(DeclaredCheck.Credit.allCases.map(\.rawValue)), "become": ["type": "boolean"],
            "timeLimit": .any([text, ["type": "integer"]]), "outputLimit": text,
        ]
        for (key, form) in looks { forms[key] = form }
        return forms
    }

    private static var looks: KeyValuePairs<String, FactsValue> {
        let port: FactsValue = ["type": "integer", "minimum": 1, "maximum": 65535]
        return [
            "run": ["type": "array", "minItems": 1, "items": ["type": ["string", "number"]]], "shell": text,
            "script": text,
            "file": .any([text, object(required: ["path"], ["path": text, "follow": ["type": "boolean"]])]),
            "service": text, "package": text,
            "listen": .any([
                port, object(required: ["port"], ["port": port, "protocol": .words(["tcp", "udp"])]),
            ]),
            "port": .any([port, object(required: ["number"], ["number": port, "address": text])]),
            "http": .any([text, object(required: ["url"], ["url": text, "at": text])]),
            "dns": object(
                required: ["name", "server"],
                [
                    "name": text, "server": text,
                    "type": .words(DNSProbeRequest.RecordType.allCases.map(\.rawValue)),
                ]),
            "user": text, "mount": text, "address": object([:]),
        ]
    }

    private static func object(required: [String] = [], _ properties: [String: FactsValue]) -> FactsValue {
        var form: FactsValue = [
            "type": "object", "additionalProperties": .bool(false), "properties": .object(properties),
        ]
        if !required.isEmpty { form = form.adding("required", FactsValue(required)) }
        return form
    }
}

extension FactsValue {
    fileprivate static func words(_ words: [String]) -> FactsValue { ["enum": FactsValue(words)] }
    fileprivate static func any(_ forms: [FactsValue]) -> FactsValue { ["anyOf": .array(forms)] }
    fileprivate static func oneOrMore(_ form: FactsValue) -> FactsValue {
        .any([form, ["type": "array", "minItems": 1, "items": form]])
    }
}
