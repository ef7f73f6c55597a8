import InputFiles
import Testing

@testable import ClassRun

struct StudentListTests {
    @Test(arguments: [
        ("id;nom;adresse\n", "“nom”"), ("", "empty"), ("id;name\nx;X\n", "which machines"),
        ("name;address\n\"open;1\n", "quotation"), ("id;address\na b;1\n", "cannot name a folder"),
        ("id;address\na;1;2\n", "3 cells"),
    ])
    func aTableThatIsWrongSaysWhere(_ text: String, _ word: String) throws {
        let folder = try TestFolder()
        let file = try folder.write(text, to: "list.csv")
        let errors = #expect(throws: InputErrors.self) { try StudentList.read(file: file) }
        #expect(errors?.description.contains(word) == true, "\(errors?.description ?? "")")
        #expect(errors?.description.contains("list.csv:") == true)
    }
}
