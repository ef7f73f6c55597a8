extension MachinesDrawing {
    /// Where everything stands in the drawing.
    struct View: PageView {
        var layout: String
        var suffix: String
        var width: Int
        var height: Int
        var drawingTitle: String
        var description: String
        var nodes: [Node]
        var links: [Link]
        /// What is shared and nobody is known to hold.
        var loose: Loose?

        struct Node: PageView {
            var state: String
            var x: Int
            var y: Int
            var w: Int
            var h: Int
            var right: Int
            var inner: Int
            var name: String
            var address: String
            var stateWord: String
            var chips: [Chip]
            /// What is said where there are no chips.
            var empty: String?
            var software: [Note]
            var isHolder: Bool
            var tagX: Int
            var tagY: Int
            var tagWidth: Int
            var tagTextX: Int
            var tagTextY: Int
            var tag: String
        }

        struct Chip: PageView {
            var top: Int
            var baseline: Int
            var label: String
        }

        struct Note: PageView {
            var baseline: Int
            var label: String
        }

        struct Loose: PageView {
            var x: Int
            var y: Int
            var w: Int
            var textX: Int
            var textY: Int
            var label: String
        }

        struct Link: PageView {
            var kind: String
            var x1: Int
            var y1: Int
            var x2: Int
            var y2: Int
            /// Crossed out, from corner to corner.
            var isBroken: Bool
            var a: Int
            var b: Int
            var c: Int
            var d: Int
        }
    }
}
