# What comments in the manual's pages may ask for before a command (scripts/manual_page.py): the class as the reader has it by
# then. Read by bash in a page's folder, in the virtual class's network; $MANUAL_CLASS names that class, whose students etu1 and
# etu2 are the manual's dupont and martin.
lab=/run/bascule/lab/$MANUAL_CLASS

# The key that the class's machines let in.
lab_key() {
    cp "$lab/id_ed25519" . && chmod 600 id_ed25519
}

# Each student pastes the first lines of `enroll --print-setup` on both servers.
students_paste() {
    local machine
    bascule enroll --print-setup --identity-file id_ed25519 --from any | sed '/^$/,$d' >paste.sh || return 1
    for machine in etu1/serv1 etu1/serv2 etu2/serv1 etu2/serv2; do
        bascule lab shell --class "$MANUAL_CLASS" "$machine" sh <paste.sh || return 1
    done
    rm paste.sh
}

# A roster of both, with their key, enrolled: class_of_two [ID-OF-THE-FIRST] [CLASS]
class_of_two() {
    lab_key && sed "s/^class: .*/class: ${2:-bts-sio-2}/; s/id: etu1/id: ${1:-dupont}/; s/id: etu2/id: martin/" \
        "$lab/class.yaml" >class.yaml && bascule enroll >/dev/null
}

# The same, graded.
graded_class() {
    class_of_two && { bascule grade-all --quiet >/dev/null || [ $? -eq 2 ]; }
}

# The first of them is a team.
graded_team() {
    class_of_two && python3 - <<'END' && { bascule grade-all --quiet >/dev/null || [ $? -eq 2 ]; }
import re
text = open("class.yaml").read()
text = re.sub(r'(id: dupont\n *)name: .*', r'\1names: ["Camille Dupont", "Alex Martin"]', text)
open("class.yaml", "w").write(text)
END
}

# Two classes, each graded on its own: two_rooms [NAME NAME]
two_rooms() {
    local room student
    for room in "${1:-salle-a}" "${2:-salle-b}"; do
        [ "$room" = "${1:-salle-a}" ] && student=dupont || student=martin
        class_of_two dupont "$room" || return 1
        bascule grade-all --student "$student" --quiet >/dev/null || [ $? -eq 2 ] || return 1
    done
    rm class.yaml
}

# A zip as Moodle makes one of an assignment: handed_in FILE
handed_in() {
    local folder file
    folder=$(mktemp -d) && file=$PWD/$1
    mkdir -p "$folder/Camille Dupont_4711_assignsubmission_file_" "$folder/martin_4712_assignsubmission_file_"
    printf '# Q2\nSur serv1, elle y a démarré.\n\n# Q7\nserv2\n' >"$folder/Camille Dupont_4711_assignsubmission_file_/reponses.md"
    printf '# Q2\nserv2\n' >"$folder/martin_4712_assignsubmission_file_/reponses.md"
    (cd "$folder" && zip -q -r "$file" .) && rm -r "$folder"
}

# The files that `check --local --hand-in` wrote on the first student's machines.
take_hand_ins() {
    local machine
    for machine in serv1 serv2; do
        bascule lab shell --class "$MANUAL_CLASS" "etu1/$machine" sh -c "cat /root/manual/etu7-$machine.zip" >"etu7-$machine.zip" || return 1
    done
}

# The manual's first check, put into a rubric: first_check FILE
first_check() {
    python3 - "$1" <<'END'
import sys
text = open(sys.argv[1]).read().replace("\ntotal: 20\n", "\ntotal: 20.5\n")
check = """      Q9.forwarding:
        points: 0.5
        title: {fr: "Le noyau ne route pas", en: "The kernel does not forward"}
        why: {fr: "Un serveur n'est pas un routeur.", en: "A server is no router."}
        hint: {fr: "Un réglage du noyau le dit.", en: "A setting of the kernel says so."}
        run: [sysctl, -n, net.ipv4.ip_forward]
        expect: 0
"""
at = text.index("      Q9.")
open(sys.argv[1], "w").write(text[:at] + check + text[at:])
END
}
