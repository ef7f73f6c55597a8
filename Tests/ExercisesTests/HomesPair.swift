import Foundation

/// A pair on which `web` was on serv1 and `other` on serv2, and a drill has brought `web` to serv2.
struct HomesPair {
    let node: ArmedNode
    private static let mark = "bascule-drill-20261122t180000z-etu1-stop-1"

    /// - Parameters:
    ///   - pullsBack: the student's own policy takes `web` to serv2 as soon as nothing holds it.
    ///   - comes: whether the constraint brings it to serv1.
    init(
        on serv: String = "serv1", web: String = "serv2", managed: Bool = true, standby: Bool = false,
        constraints: String = "prefers", pullsBack: Bool = false, comes: Bool = true,
        sound: String = "", ahead: Int = 0, intents: [String] = ["homes"]
    ) throws {
        node = try ArmedNode()
        let root = node.root
        try Data(web.utf8).write(to: URL(filePath: "\(root)/web"))
        try node.tool("sleep", "exit 0")
        try node.tool(
            "crm_mon",
            """
            cat <<END
            <nodes>
            <node name="serv1" online="true" standby="\(standby)" standby_onfail="false" maintenance="false" pending="false"/>
            <node name="serv2" online="true" standby="false" standby_onfail="false" maintenance="false" pending="false"/>
            </nodes>
            <resource id="web" role="Started" blocked="false" managed="\(managed)" failed="false" nodes_running_on="1">
            <node name="$(cat '\(root)/web')" id="1" cached="true"/>
            </resource>
            <clone id="c">
            <resource id="web" role="Started" blocked="false" managed="true" failed="false" nodes_running_on="1">
            <node name="serv1" id="1" cached="true"/>
            </resource>
            </clone>
            <resource id="other" role="Started" blocked="false" managed="true" failed="false" nodes_running_on="1">
            <node name="serv2" id="2" cached="true"/>
            </resource>
            END
            """)
        try node.tool(
            "cibadmin",
            """
            case $* in
            *--create*)
                [ -e '\(node.base)/\(node.id)/moves.1' ] || echo UNANNOUNCED >>'\(root)/log'
                : >'\(root)/constraint'
                \(comes ? "echo serv1 >'\(root)/web'" : "") ;;
            *--delete*)
                rm -f '\(root)/constraint'
                \(pullsBack ? "echo serv2 >'\(root)/web'" : "") ;;
            *constraints*)
                echo '<constraints>'
                for id in \(constraints); do echo "  <rsc_location id=\\"$id\\" rsc=\\"web\\" node=\\"serv1\\"/>"; done
                [ -e '\(root)/constraint' ] && echo '  <rsc_location id="\(Self.mark)-1" rsc="web">'
                echo '</constraints>' ;;
            esac
            """)
        try node.tool(
            "systemctl",
            "case $1 in is-failed) [ ! -e '\(root)/reset' ] ;; reset-failed) : >'\(root)/reset' ;; esac")
        try node.arm(
            intents: intents,
            plan: """
                id='\(node.id)'
                node='\(serv)'
                peer='\(serv == "serv1" ? "serv2" : "serv1")'
                active='serv1'
                members='web'
                homes='web web serv1
                other other serv2'
                constraints='prefers'
                sound_unit='\(sound)'
                ahead='\(ahead)'
                grace='60'
                tools=''

                """.replacing("    other", with: "other"))
    }

    func leaveConstraint() throws { try Data().write(to: URL(filePath: "\(node.root)/constraint")) }
    var hasConstraint: Bool { FileManager.default.fileExists(atPath: "\(node.root)/constraint") }
    var web: String {
        get throws {
            try String(contentsOfFile: "\(node.root)/web", encoding: .utf8)
                .trimmingCharacters(in: .newlines)
        }
    }
    var created: Int { node.log.components(separatedBy: "cibadmin --create").count - 1 }
    var receipt: String {
        (try? String(contentsOfFile: "\(node.base)/\(node.id)/receipt", encoding: .utf8)) ?? ""
    }
}
