import InputFiles
import Testing

@testable import ClassRun

struct StudentListTests {
    @Test(arguments: [
        ("id;prénom;adresse\n", "“prénom”"), ("id;nom;Name;adresse\n", "“name” is there twice"),
        ("", "empty"), ("id;name\nx;X\n", "which machines"),
        ("name;address\n\"open;1\n", "quotation"), ("id;address\na b;1\n", "cannot name a folder"),
        ("id;address\na;1;2\n", "3 cells"), ("name;address\nZoé + Alex + Zoé;1\n", "already in the team"),
    ])
    func aTableThatIsWrongSaysWhere(_ text: String, _ word: String) throws {
        let folder = try TestFolder()
        let file = try folder.write(text, to: "list.csv")
        let errors = #expect(throws: InputErrors.self) { try StudentList.read(file: file) }
        #expect(errors?.description.contains(word) == true, "\(errors?.description ?? "")")
        #expect(errors?.description.contains("list.csv:") == true)
    }

    /// In either language, whatever the case, with accents or without, or one of each.
    @Test(arguments: [
        "id;name;address;host;cluster", "Identifiant;Nom;Adresse;Hôte;Cluster",
        "IDENTIFIANT;NOM;ADRESSE;HOTE;CLUSTER", "Id;nom;address;machine;cluster",
    ])
    func headingsAreReadInBothLanguages(_ header: String) throws {
        let folder = try TestFolder()
        let file = try folder.write(
            "\(header)\ndupont;Dupont Camille;172.16.1.10;web1;etu1\n", to: "list.csv")
        #expect(
            try StudentList.read(file: file).rows == [
                StudentList.Row(
                    id: "dupont", names: ["Dupont Camille"], address: "172.16.1.10", host: "web1",
                    cluster: "etu1", line: 2)
            ])
    }
}
