/// Names for students who do not exist: first names with birds and trees for surnames.
enum InventedNames {
    private static let first = [
        "Alizée", "Basile", "Capucine", "Désiré", "Églantine", "Firmin", "Garance", "Hilaire", "Iseult",
        "Jonquille", "Klervi", "Lancelot", "Mélisande", "Narcisse", "Ondine", "Perceval",
    ]
    private static let last = [
        "MÉSANGE", "CORMORAN", "BOUVREUIL", "TAMARIS", "SITTELLE", "CHARME", "GRÈBE", "ÉRABLE", "HULOTTE",
        "SORBIER", "FAUVETTE", "MÉLÈZE", "PLUVIER", "AUBÉPINE", "LORIOT", "GENÉVRIER", "AVOCETTE",
    ]

    /// Of student `number` (from 1). The lists have coprime lengths: the first 272 have different names.
    static func name(_ number: Int) -> String {
        let index = max(number - 1, 0)
        return "\(first[index % first.count]) \(last[index % last.count])"
    }
}
