import Foundation
import GraderCore
import Testing

@testable import Reports

/// One machine, two, three; tables and time lines: laid out whatever the exercise.
struct ExhibitPageTests {
    private func report(_ exhibits: [Exhibit], _ language: Language = .french) -> StudentReport {
        StudentReport(
            result: SampleResults.result("x", ["X"], .solved, exhibits: exhibits), language: language)
    }

    private func number(
        _ element: (name: String, attributes: [String: String]), _ name: String
    ) throws -> Int {
        try #require(element.attributes[name].flatMap { Int($0) })
    }

    /// - Parameter count: of the machines; the third has the second's id, since there are two.
    private func machines(_ count: Int, holders: [MachineID]? = nil) -> MachinesExhibit {
        let ids: [MachineID] = [.serv1, .serv2, .serv2]
        return SampleExhibits.machines(
            (0..<count).map { SampleExhibits.card(ids[$0], "192.0.2.\($0)", items: ["web", "dns"]) },
            link: count > 1 ? .whole : nil, holders: holders)
    }

    @Test(arguments: 1...5, Language.allCases)
    func machinesStandApartAndWithinTheDrawing(_ count: Int, _ language: Language) throws {
        let exhibit = SampleExhibits.machines(
            (0..<count).map { SampleExhibits.card(.serv1, "192.0.2.\($0)", items: ["web"]) })
        let page = try ParsedPage(report([.machines(exhibit)], language).html())
        let drawings = page.elements.filter { $0.attributes["class"]?.hasPrefix("drawing ") == true }
        #expect(drawings.count == 2)
        let boxes = page.elements.filter { $0.attributes["class"] == "node-box" }
        #expect(boxes.count == 2 * count)
        for (drawing, own) in zip(drawings, [boxes.prefix(count), boxes.suffix(count)]) {
            let view = try #require(drawing.attributes["viewBox"]).split(separator: " ").compactMap {
                Int($0)
            }
            let places = try own.map { box in
                let (x, y) = (try number(box, "x"), try number(box, "y"))
                let (w, h) = (try number(box, "width"), try number(box, "height"))
                #expect(x >= 0 && y >= 0 && x + w <= view[2] && y + h <= view[3])
                return (x: x, y: y, right: x + w, bottom: y + h)
            }
            for (index, one) in places.enumerated() {
                for other in places.dropFirst(index + 1) {
                    #expect(
                        one.right < other.x || other.right < one.x || one.bottom < other.y
                            || other.bottom < one.y)
                }
            }
        }
        // A machine by itself is linked to none, and each further one to one that stands beside or above it.
        let links = page.elements.count { $0.attributes["class"] == "link link-whole" }
        #expect(links == [0, 0, 2, 4, 7, 9][count])
    }

    @Test func aMachineByItselfHasNoOther() throws {
        var result = SampleResults.result(
            "x", ["X"], .all(.notAssessed(.unreachable)), exhibits: [.machines(machines(1))],
            unreachable: [.serv1: SampleResults.silent])
        let one = try ParsedPage(StudentReport(result: result, language: .french).html()).text
        #expect(one.contains("serv1 n’a pas pu être examiné") && !one.contains("l’autre nœud l’a été"))
        result.exhibits = [.machines(machines(2))]
        #expect(
            try ParsedPage(StudentReport(result: result, language: .french).html()).text.contains(
                "l’autre nœud l’a été"))
        result.exhibits = [.machines(machines(3))]
        #expect(
            try !ParsedPage(StudentReport(result: result, language: .french).html()).text.contains(
                "l’autre nœud l’a été"))
    }

    @Test func threeMachinesInMarkdown() {
        let text = report([.machines(machines(3, holders: [.serv1]))], .english).markdown()
        #expect(text.split(separator: "\n").count { $0.hasPrefix("- **Node:** ") } == 3)
        #expect(text.contains("- **Virtual IP:** 172.16.0.12 was on serv1."))
        #expect(text.contains("resources: web, dns; Debian 12.5"))
    }

    @Test func whatIsSharedHangsOnItsHolderOrAboveAll() throws {
        func tags(_ exhibit: MachinesExhibit) throws -> [String] {
            try ParsedPage(report([.machines(exhibit)]).html()).elements
                .compactMap { $0.attributes["class"] }.filter { $0.hasPrefix("tag ") || $0 == "tag" }
        }
        #expect(try tags(machines(3, holders: [.serv1])) == ["tag", "tag"])
        #expect(try tags(machines(1, holders: [])) == ["tag tag-loose", "tag tag-loose"])
        #expect(try tags(machines(3)) == [])
    }

    @Test func twoDrawingsOnAPageAreToldApart() throws {
        var second = machines(1)
        second.id = "others"
        let page = try ParsedPage(report([.machines(machines(2)), .machines(second)]).html())
        #expect(Set(page.ids).count == page.ids.count)
        #expect(page.ids.contains("others-h") && page.ids.contains("drawing-narrow-2-title"))
    }

    @Test func tablesAndTimeLines() throws {
        let report = report([SampleExhibits.table, SampleExhibits.timeline])
        let page = try ParsedPage(report.html())
        #expect(
            page.ids.contains("ports-h") && page.text.contains("PortService")
                && page.text.contains("80le site"))
        #expect(page.text.contains("−0,120\u{A0}sl’arrêt"))
        let markdown = report.markdown()
        #expect(markdown.contains("| Port | Service |\n| --- | --- |\n| 80 | le site |\n"))
        #expect(markdown.contains("| 22 | SSH \\| sûr |"))
        #expect(markdown.contains("- 1,500\u{A0}s – le retour"))
    }

    @Test func withoutExhibitsThereIsNoEmptyPart() throws {
        let page = try ParsedPage(report([]).html())
        #expect(!page.ids.contains("pair-h") && !page.ids.contains("config-h"))
        let none = report([SampleExhibits.listing("")])
        #expect(try ParsedPage(none.html()).text.contains("Rien n’a pu être relevé."))
        #expect(!none.markdown().contains("```\n```"))
    }
}
