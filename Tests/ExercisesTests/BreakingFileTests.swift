import Foundation
import GraderCore
import Testing

@testable import ClassRun
@testable import Exercises

/// The file that makes the web server's configuration unusable: put there whole, and taken away whatever became of the disk
/// and the power meanwhile. Run by this machine's own shell.
@Suite struct BreakingFileTests {
    private let node: ArmedNode
    private let scripts: DrillScripts
    private var folder: String { "\(node.root)/conf" }
    private var file: String { "\(folder)/zz-bascule-drill.conf" }

    init() throws {
        node = try ArmedNode()
        scripts = DrillScripts(
            id: node.id, plan: try SampleDrill.plan(.serviceBroken), owner: "o", lease: .seconds(60))
        try FileManager.default.createDirectory(
            atPath: "\(node.root)/conf", withIntermediateDirectories: true)
        // Usable as long as the file is not there.
        try node.tool("apachectl", "[ ! -e '\(node.root)/conf/zz-bascule-drill.conf' ]")
        try node.arm(intents: [], plan: "")
        try Data(placed(scripts.planFile(for: .serv1)).utf8).write(
            to: URL(filePath: "\(node.base)/\(node.id)/plan"))
        let intents = try #require(scripts.intents().first { $0.node == .serv1 })
        #expect(try node.run(intents.arguments.map(placed)).status == 0)
    }

    private func placed(_ text: String) -> String {
        node.placed(text).replacingOccurrences(of: "/etc/apache2/conf-enabled", with: folder)
    }

    private func breakIt() throws -> Int32 {
        try node.run(try #require(scripts.perturbation().first).arguments.map(placed)).status
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder) }
    }
    private var receipt: String {
        (try? String(contentsOfFile: "\(node.base)/\(node.id)/receipt", encoding: .utf8)) ?? ""
    }

    @Test func itIsThereWholeAndTakenAway() throws {
        #expect(try breakIt() == 0)
        #expect(try files == ["zz-bascule-drill.conf"])
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "\(WebService.breakingText)\n")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o644)
        #expect(try node.undo("now") == 0)
        #expect(try files.isEmpty && receipt.contains("removed \(file)"), "\(receipt)")
    }

    /// The disk fills, or the power goes, in the middle: what is half there is no server's to read and nobody else's.
    @Test func halfOfItIsNotTheStudents() throws {
        try node.tool("cp", "printf Basc >\"$2\"; exit 1")
        #expect(try breakIt() == 4)
        #expect(try files == ["zz-bascule-drill.conf.new"])
        #expect(try node.undo("now") == 0)
        #expect(try files.isEmpty && !receipt.contains("left alone"), "\(receipt)")
    }

    /// It is in nobody's way either, where nobody has undone it.
    @Test func halfOfAnEarlierOneIsReplaced() throws {
        try Data("Basc".utf8).write(to: URL(filePath: "\(file).new"))
        #expect(try breakIt() == 0)
        #expect(try files == ["zz-bascule-drill.conf"])
    }

    /// What somebody else has put in its place stays.
    @Test func whatWasChangedSinceStays() throws {
        #expect(try breakIt() == 0)
        try Data("# the student's\n".utf8).write(to: URL(filePath: file))
        #expect(try node.undo("now") == 0)
        #expect(try files == ["zz-bascule-drill.conf"] && receipt.contains("left alone"), "\(receipt)")
    }
}
