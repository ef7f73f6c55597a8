import Foundation
import GraderCore
import InputFiles

/// All exercises: those of this program, one line for each lab sheet, and those that are declared in files.
public struct Catalog: Sendable {
    /// Those of the program itself.
    public static let builtIn: [any Exercise] = [
        Activite2()
    ]

    /// The one that is meant where nobody names one.
    public static var usual: any Exercise { builtIn[0] }  // bounded: a list of ours

    /// The program's own, and then the declared ones that have no mistake in them, by their ids.
    public let exercises: [any Exercise]
    /// What is wrong with the others, by the names of their folders.
    public let mistakes: [String: InputErrors]

    /// - Parameter folders: where exercises lie, each in a folder of its name with an `exercise.yaml`; of two of one name
    ///   the first counts.
    public init(folders: [String]) {
        var found: [String: any Exercise] = [:]
        var mistakes: [String: InputErrors] = [:]
        let own = Set(Self.builtIn.map(\.id))
        for folder in folders {
            for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
                let file = "\(folder)/\(name)/exercise.yaml"
                guard found[name] == nil, mistakes[name] == nil, !own.contains(name),
                    FileManager.default.fileExists(atPath: file)
                else { continue }
                do throws(InputErrors) {
                    found[name] = try Declaration.exercise(file: file).sound()
                } catch {
                    mistakes[name] = error
                }
            }
        }
        exercises = Self.builtIn + found.sorted { $0.key < $1.key }.map(\.value)
        self.mistakes = mistakes
    }

    /// The exercise of this id; nil where there is none that could be read.
    public func exercise(_ id: String) -> (any Exercise)? { exercises.first { $0.id == id } }

    /// Everything that `bascule parse` reads; of two of one name the first exercise's.
    public static var readers: [PrintedReader] {
        builtIn.flatMap(\.readers).reduce(into: []) { readers, reader in
            if !readers.contains(where: { $0.name == reader.name }) { readers.append(reader) }
        }
    }

    /// Of every exercise's drills, for a command's help. Drills are the program's own.
    public static var drillNames: String {
        var names: [String] = []
        for drill in builtIn.flatMap(\.drills) where !names.contains(drill.kind.rawValue) {
            names.append(drill.kind.rawValue)
        }
        return names.joined(separator: ", ")
    }
}
