import Foundation

/// What is left of classes on this machine, read from two places that outlive a killed program: the classes'
/// folders and their control groups.
public struct ClassInventory: Sendable, Equatable {
    /// Raised to the end and running; being raised or removed by another program at this moment; or cut off while it
    /// was raised, killed, without its folder: `lab up` of that name or `lab down` removes it.
    public enum Condition: Sendable, Equatable { case up, busy, leftOver }

    /// Every class found, by name.
    public let classes: [String: Condition]

    /// From the classes with a folder (whether they were marked complete), those with a control group (whether the
    /// process that holds the class is in it), and those whose lock somebody else holds.
    init(folders: [String: Bool], groups: [String: Bool], busy: Set<String> = []) {
        var classes: [String: Condition] = [:]
        for name in Set(folders.keys).union(groups.keys) {
            classes[name] =
                busy.contains(name) ? .busy : folders[name] == true && groups[name] == true ? .up : .leftOver
        }
        self.classes = classes
    }

    /// Looks at this machine.
    /// - Throws: ``LabError`` where the classes of this machine cannot be listed.
    public init(base: String) throws {
        var folders: [String: Bool] = [:]
        var busy: Set<String> = []
        for name in Self.folders(in: base) {
            let state = ClassState(base: base, className: name)
            guard state.isOurs else { continue }
            folders[name] = state.isComplete
            if ClassLock.isHeld(state.folder) { busy.insert(name) }
        }
        let hierarchy = try ControlGroup.unifiedHierarchy()
        var groups: [String: Bool] = [:]
        for name in Self.folders(in: "\(hierarchy)/\(ControlGroup.parent)") {
            groups[name] = ClassNamespace(group: try ControlGroup(className: name)).holder != nil
        }
        self.init(folders: folders, groups: groups, busy: busy)
    }

    /// The names of the folders in a folder.
    static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/.") }
    }
}
