/// What a name of a view stands for, known without a value of it: what a template may ask for.
indirect enum PageShape {
    case text
    case flag
    case list(PageShape)
    case view([String: PageShape])

    /// The names that stand in it; empty for what is no view.
    var names: [String: PageShape] {
        guard case .view(let names) = self else { return [:] }
        return names
    }
}

/// Writes down the names that the compiler's own `init(from:)` of a view asks a decoder for, and answers with blanks:
/// there is no second list of them that could differ.
final class PageNameReader: Decoder {
    private(set) var names: [String: PageShape] = [:]
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    /// A view has only properties that are ``PageValue``s.
    struct NoPageValue: Error { var type: Any.Type }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Names(reader: self))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw NoPageValue(type: [Any].self) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw NoPageValue(type: Any.self)
    }

    private struct Names<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let reader: PageNameReader
        let codingPath: [any CodingKey] = []
        let allKeys: [Key] = []

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            guard let value = type as? any PageValue.Type, let blank = try value.blank as? Value else {
                throw NoPageValue(type: type)
            }
            let shape = try value.shape
            reader.names[key.stringValue] = shape
            if case .list = shape { addPresence(key) }
            return blank
        }

        /// Asked only of what may be nil.
        func contains(_ key: Key) -> Bool {
            addPresence(key)
            return true
        }
        func decodeNil(forKey key: Key) -> Bool { false }

        private func addPresence(_ key: Key) {
            reader.names[PageFields.presence(of: key.stringValue)] = .flag
        }

        func nestedContainer<Nested>(keyedBy type: Nested.Type, forKey key: Key) throws
            -> KeyedDecodingContainer<Nested>
        { throw NoPageValue(type: type) }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            throw NoPageValue(type: [Any].self)
        }
        func superDecoder() -> any Decoder { reader }
        func superDecoder(forKey key: Key) -> any Decoder { reader }
    }
}
