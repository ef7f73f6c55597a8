import GraderCore

/// The pair as it was found, as a drawing: places and sizes are worked out here, the shapes are the template's.
///
/// There are two of them on a page, one wide and one narrow, of which the stylesheet shows the one that fits: a
/// drawing that is only scaled down cannot be read on a phone.
struct PairDrawing: Sendable {
    enum Layout: String, Sendable, CaseIterable { case wide, narrow }

    var picture: PairPicture
    var language: Language
    var layout: Layout

    private static let margin = 2
    private static let gap = 56
    private static let maximumResources = 6
    private static let rowHeight = 30

    private var words: Sentences { Sentences(language) }
    private var nodes: [PairPicture.Node] { picture.nodes.sorted { $0.role < $1.role } }
    private var boxWidth: Int { layout == .wide ? 310 : 312 }
    /// The virtual IP has a place of its own above the nodes where none of them is known to hold it.
    private var hasHolder: Bool { nodes.contains { $0.holdsVIP == true } }
    private var top: Int { hasHolder ? 24 : 66 }
    private var boxHeight: Int {
        let shown = nodes.map { min(max($0.resources.count, 1), PairDrawing.maximumResources + 1) }.max() ?? 1
        return 112 + softwareRows * 16 + shown * PairDrawing.rowHeight
    }
    private var width: Int {
        layout == .wide
            ? 2 * PairDrawing.margin + 2 * boxWidth + PairDrawing.gap : 2 * PairDrawing.margin + boxWidth
    }
    private var height: Int {
        let rows = layout == .wide ? 1 : max(nodes.count, 1)
        return top + rows * boxHeight + (rows - 1) * PairDrawing.gap + PairDrawing.margin
    }

    func fields() -> PageFields {
        let boxes = nodes.enumerated().map { box($0.element, at: $0.offset) }
        return [
            "layout": layout.rawValue,
            "width": width, "height": height,
            "drawingTitle": words.pick("La paire au moment du relevé", "The pair as it was found"),
            "description": SafeText.line(words.description(picture), language: language),
            "nodes": boxes,
            "hasLink": nodes.count == 2,
            "link": link,
            "hasLooseVIP": !hasHolder,
            "looseVIP": looseVIP,
        ]
    }

    private func origin(_ index: Int) -> (x: Int, y: Int) {
        layout == .wide
            ? (PairDrawing.margin + index * (boxWidth + PairDrawing.gap), top)
            : (PairDrawing.margin, top + index * (boxHeight + PairDrawing.gap))
    }

    /// One node. What is inside the box is placed from the box's own corner, and cut off at its edge.
    private func box(_ node: PairPicture.Node, at index: Int) -> PageFields {
        let (x, y) = origin(index)
        let tagWidth = min(boxWidth - 24, vipLabel.count * 8 + 36)
        return [
            "state": NodeState(node).rawValue,
            "x": x, "y": y, "w": boxWidth, "h": boxHeight,
            "right": boxWidth - 16, "inner": boxWidth - 32,
            "name": SafeText.label(words.name(node), limit: 14),
            "address": SafeText.label(node.address, limit: 35),
            "stateWord": words.shortState(node),
            "chips": chips(node),
            "hasNoChips": node.resources.isEmpty,
            "empty": node.reached
                ? words.pick("aucune ressource", "no resource")
                : words.pick("ressources inconnues", "resources unknown"),
            "software": software(node).enumerated().map { row, text -> PageFields in
                ["baseline": boxHeight - 12 - (softwareRows - 1 - row) * 16, "label": text]
            },
            "holdsVIP": node.holdsVIP == true,
            "tagX": x + (boxWidth - tagWidth) / 2, "tagY": y - 14, "tagWidth": tagWidth,
            "tagTextX": x + boxWidth / 2, "tagTextY": y + 5, "vip": vipLabel,
        ]
    }

    private func chips(_ node: PairPicture.Node) -> [PageFields] {
        var labels = node.resources.prefix(PairDrawing.maximumResources).map { SafeText.label($0, limit: 34) }
        if node.resources.count > labels.count {
            let more = node.resources.count - labels.count
            labels.append(words.pick("et \(more) de plus", "and \(more) more"))
        }
        return labels.enumerated().map { row, label in
            let top = 92 + row * PairDrawing.rowHeight
            return ["top": top, "baseline": top + 16, "label": label]
        }
    }

    /// `IP virtuelle 172.16.0.12`; an IPv6 address fills the tag by itself.
    private var vipLabel: String {
        let address = SafeText.label(picture.vip, limit: 32)
        let name = words.pick("IP virtuelle", "Virtual IP")
        return address.isEmpty ? name : address.count > 16 ? address : "\(name) \(address)"
    }

    private var looseVIP: PageFields {
        let known = !nodes.isEmpty && nodes.allSatisfy { $0.holdsVIP == false }
        let address = SafeText.label(picture.vip, limit: 16)
        let label =
            (address.isEmpty ? words.pick("IP virtuelle", "Virtual IP") : "VIP \(address)")
            + (known
                ? words.pick(" : sur aucun nœud", ": on neither node")
                : words.pick(" : non vue", ": not seen"))
        let tagWidth = label.count * 8 + 36
        return [
            "x": (width - tagWidth) / 2, "y": 12, "w": tagWidth, "textX": width / 2, "textY": 31,
            "label": label,
        ]
    }

    /// Debian, Pacemaker and the rest, in as many lines as they need, two at most.
    private func software(_ node: PairPicture.Node) -> [String] {
        var lines: [String] = []
        for item in node.software.prefix(8).map({ SafeText.label($0, limit: 38) }) {
            if let last = lines.last, last.count + item.count + 3 <= 40 {
                lines[lines.count - 1] = "\(last) · \(item)"
            } else {
                lines.append(item)
            }
        }
        return Array(lines.prefix(2))
    }

    private var softwareRows: Int { nodes.map { software($0).count }.max() ?? 0 }

    /// The line between the two nodes: whole where the cluster counts both as online, cut where it misses one.
    private var link: PageFields {
        let whole = nodes.allSatisfy { $0.online == true }
        let broken = nodes.contains { $0.online == false }
        let half = PairDrawing.gap / 2
        let (x, y) = origin(0)
        let start = layout == .wide ? (x + boxWidth, y + boxHeight / 2) : (x + boxWidth / 2, y + boxHeight)
        let end =
            layout == .wide ? (start.0 + PairDrawing.gap, start.1) : (start.0, start.1 + PairDrawing.gap)
        let middle = layout == .wide ? (start.0 + half, start.1) : (start.0, start.1 + half - 7)
        return [
            "kind": whole ? "whole" : "broken",
            "x1": start.0, "y1": start.1, "x2": end.0, "y2": end.1,
            "isBroken": broken,
            "a": middle.0 - 6, "b": middle.0 + 6, "c": middle.1 - 6, "d": middle.1 + 6,
        ]
    }
}

extension Sentences {
    /// A word or two for the drawing, where the full ``state(_:)`` has no room.
    func shortState(_ node: PairPicture.Node) -> String {
        switch NodeState(node) {
        case .online: pick("en ligne", "online")
        case .standby: pick("en standby", "in standby")
        case .offline: pick("hors ligne", "offline")
        case .unreached: pick("non examiné", "not examined")
        case .unknown: pick("état inconnu", "state unknown")
        }
    }
}
