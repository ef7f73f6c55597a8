import Foundation

extension StringProtocol {
    /// The words of it as they are compared: lower case, without accents, cut at everything that is neither a letter nor a
    /// digit; look-alikes of other alphabets stay what they are (Unicode, NFKD).
    public var foldedWords: [String] {
        decomposedStringWithCompatibilityMapping.lowercased()
            .unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }
            .split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String(String.UnicodeScalarView($0)) }
    }
}
