/// A two-node cluster made at random: an address `A`, a web server `W`, at times a database `D`, and constraints of every
/// form. In parts, so that one that is read wrongly can be made smaller.
struct GeneratedCluster {
    enum Shape: String, CaseIterable {
        case grouped, groupedWebFirst, groupedWithDatabase, apart, apartWithDatabase, alone
    }

    /// Where a part stands.
    enum Place { case option, resourceDefault, constraint, tag, metaOfGroup, metaOfA, metaOfW }

    struct Part {
        var place: Place
        var xml: String
    }

    var shape: Shape
    var parts: [Part] = []
    /// Name, value; by node.
    var permanent: [Int: [(String, String)]] = [:]
    var transient: [Int: [(String, String)]] = [:]

    var group: String? { shape.rawValue.hasPrefix("grouped") ? "G" : nil }
    var resources: [String] {
        switch shape {
        case .alone: ["A"]
        case .grouped, .groupedWebFirst, .apart: ["A", "W"]
        case .groupedWithDatabase, .apartWithDatabase: ["A", "W", "D"]
        }
    }

    /// Of a node where all was started.
    private var history: String {
        let agents = [
            "A": "class=\"ocf\" provider=\"heartbeat\" type=\"IPaddr2\"",
            "W": "class=\"lsb\" type=\"apache2\"",
            "D": "class=\"ocf\" provider=\"heartbeat\" type=\"mysql\"",
        ]
        let resources = resources.map { id in
            """
            <lrm_resource id="\(id)" \(agents[id] ?? "")><lrm_rsc_op id="\(id)_last_0" operation="start" \
            operation_key="\(id)_start_0" call-id="5" rc-code="0" op-status="0" interval="0" transition-key="1:1:0:x" \
            transition-magic="0:0;1:1:0:x"/></lrm_resource>
            """
        }
        return "<lrm id=\"1\"><lrm_resources>\(resources.joined())</lrm_resources></lrm>"
    }

    /// - Parameters:
    ///   - schema: what the release's Pacemaker validates with.
    ///   - node: where everything runs, by its number; nil: it has never run.
    func cib(schema: String, activeOn node: Int? = nil) -> String {
        func all(_ place: Place) -> String { parts.filter { $0.place == place }.map(\.xml).joined() }
        func meta(_ place: Place, _ id: String) -> String {
            let pairs = all(place)
            return pairs.isEmpty
                ? "" : "<meta_attributes id=\"\(id)-meta_attributes\">\(pairs)</meta_attributes>"
        }
        let a =
            "<primitive id=\"A\" class=\"ocf\" provider=\"heartbeat\" type=\"IPaddr2\">\(meta(.metaOfA, "A"))<operations><op id=\"A-m\" name=\"monitor\" interval=\"10s\"/></operations></primitive>"
        let w =
            "<primitive id=\"W\" class=\"lsb\" type=\"apache2\">\(meta(.metaOfW, "W"))<operations><op id=\"W-m\" name=\"monitor\" interval=\"60s\"/></operations></primitive>"
        let d = "<primitive id=\"D\" class=\"ocf\" provider=\"heartbeat\" type=\"mysql\"/>"
        func grouped(_ members: String) -> String {
            "<group id=\"G\">\(meta(.metaOfGroup, "G"))\(members)</group>"
        }
        let resources =
            switch shape {
            case .grouped: grouped(a + w)
            case .groupedWebFirst: grouped(w + a)
            case .groupedWithDatabase: grouped(a + w + d)
            case .apart: a + w
            case .apartWithDatabase: d + a + w
            case .alone: a
            }
        func pairs(_ values: [(String, String)], _ id: String) -> String {
            values.map { "<nvpair id=\"\(id)-\($0.0)\" name=\"\($0.0)\" value=\"\($0.1)\"/>" }.joined()
        }
        let nodes = [1, 2].map { number in
            let own = pairs(permanent[number] ?? [], "nodes-\(number)")
            let set =
                own.isEmpty ? "" : "<instance_attributes id=\"nodes-\(number)\">\(own)</instance_attributes>"
            return "<node id=\"\(number)\" uname=\"serv\(number)\">\(set)</node>"
        }.joined()
        let states = [1, 2].map { number in
            """
            <node_state id="\(number)" uname="serv\(number)" in_ccm="true" crmd="online" join="member" expected="member" \
            crm-debug-origin="x">\(number == node ? history : "")<transient_attributes id="\(number)"><instance_attributes id="status-\(number)">\
            \(pairs(transient[number] ?? [], "status-\(number)"))</instance_attributes></transient_attributes></node_state>
            """
        }.joined()
        let defaults = all(.resourceDefault)
        let tags = all(.tag)
        return """
            <cib crm_feature_set="3.0.14" validate-with="\(schema)" epoch="5" num_updates="1" admin_epoch="0" \
            have-quorum="1" dc-uuid="1"><configuration><crm_config><cluster_property_set id="cib-bootstrap-options">\
            <nvpair id="o-stonith" name="stonith-enabled" value="false"/>\(all(.option))</cluster_property_set>\
            </crm_config><nodes>\(nodes)</nodes><resources>\(resources)</resources><constraints>\(all(.constraint))\
            </constraints>\(defaults.isEmpty ? "" : "<rsc_defaults><meta_attributes id=\"rsc-options\">\(defaults)</meta_attributes></rsc_defaults>")\
            \(tags.isEmpty ? "" : "<tags>\(tags)</tags>")</configuration><status>\(states)</status></cib>
            """
    }
}
