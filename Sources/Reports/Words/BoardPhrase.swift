import GraderCore

/// The board's own words: labels and headings that hold no value. Templates name them as ``Phrase``'s, `t.` and the
/// case's name; sentences with values in them are ``Sentences``.
enum BoardPhrase: String, CaseIterable, Sendable {
    case boardEnterHeading, boardEnterLead, boardCode, boardEnter, boardLeave
    case boardNav, boardClass, boardProjector, boardMine, boardAnswers
    case boardLost, boardClose, boardNow, boardSeen, boardStuck, boardSince, boardAgainIn, boardNotSeen
    case boardLookAll, boardLook, boardLookAgain, boardCheckNow
    case boardMended, boardMendedTeacher, boardRefusedHeading, boardRefusedLead, boardRefusedTeacher
    case boardRound, boardNextRound, boardUntil, boardNoRound, boardExam, boardExamTeacher, boardRemarks
    case boardHints, boardHintsLead, boardProgress, boardProgressLead
    case boardChanges, boardNoChange, boardEarlier
    case boardWhy, boardSeenCount, boardLesson
    case boardDrills, boardDrillsLead, boardSure, boardRunDrill, boardDrillUnderWay, boardMoments, boardBegan
    case boardTeachersLead, boardHisCode, boardNewCode, boardNewCodeLead, boardSureNewCode
    case boardAnswersLead, boardSave, boardSaved, boardVersions, boardVersionOf, boardNoAnswer
    case boardMarkingLead, boardTake, boardGive, boardMarked, boardNothingToMark
    case boardExamLead, boardMachines
    case boardProjectorLead
    case boardCardsHeading, boardCardLead, boardCardLink, boardCardsAfter
    case boardProblem, boardBack

    subscript(language: Language) -> String { text[language] }

    private var text: LocalizedText {
        switch self {
        case .boardEnterHeading: .init(fr: "Entrer dans la séance", en: "Join the lesson")
        case .boardEnterLead:
            .init(
                fr: "Le code est sur la carte que l'enseignant a donnée.",
                en: "The code is on the card that the teacher gave out.")
        case .boardCode: .init(fr: "Code", en: "Code")
        case .boardEnter: .init(fr: "Entrer", en: "Enter")
        case .boardLeave: .init(fr: "Quitter", en: "Leave")
        case .boardNav: .init(fr: "Pages de la séance", en: "Pages of the lesson")
        case .boardClass: .init(fr: "La classe", en: "The class")
        case .boardProjector: .init(fr: "À projeter", en: "Projector")
        case .boardMine: .init(fr: "Mon compte rendu", en: "My report")
        case .boardAnswers: .init(fr: "Mes réponses", en: "My answers")
        case .boardLost:
            .init(
                fr: "Plus de nouvelles depuis %. La page reprendra d'elle-même.",
                en: "No news since %. The page will go on by itself.")
        case .boardClose: .init(fr: "Fermer", en: "Close")
        case .boardNow: .init(fr: "En ce moment", en: "Right now")
        case .boardSeen: .init(fr: "vu", en: "seen")
        case .boardStuck: .init(fr: "rien de neuf", en: "nothing new")
        case .boardSince: .init(fr: "depuis le début :", en: "since the beginning:")
        case .boardAgainIn: .init(fr: "À nouveau possible", en: "Possible again")
        case .boardNotSeen: .init(fr: "pas encore vu", en: "not seen yet")
        case .boardLookAll:
            .init(fr: "Regarder toute la classe maintenant", en: "Look at the whole class now")
        case .boardLook: .init(fr: "Regarder", en: "Look")
        case .boardLookAgain: .init(fr: "Regarder à nouveau maintenant", en: "Look again now")
        case .boardCheckNow: .init(fr: "Vérifier maintenant", en: "Check now")
        case .boardMended: .init(fr: "J'ai corrigé l'accès", en: "I have mended the access")
        case .boardMendedTeacher: .init(fr: "accès corrigé", en: "access mended")
        case .boardRefusedHeading: .init(fr: "Accès refusé", en: "Access refused")
        case .boardRefusedLead:
            .init(
                fr: """
                    Le correcteur n'y retourne pas de lui-même : chaque échec de connexion est compté par la machine, et \
                    trop d'échecs la fermeraient à tout le monde. Corriger d'abord le compte, la clé ou le mot de passe \
                    convenus, puis cocher la case.
                    """,
                en: """
                    The grader does not go back by itself: the machine counts every log-in that fails, and too many would \
                    close it to everybody. First mend the agreed account, key or password, then tick the box.
                    """)
        case .boardRefusedTeacher:
            .init(
                fr: "Pas de nouvel essai tant que personne ne dit que l'accès est corrigé.",
                en: "Not tried again until somebody says that the access is mended.")
        case .boardRound: .init(fr: "Passage en cours", en: "Round under way")
        case .boardNextRound: .init(fr: "Prochain passage", en: "Next round")
        case .boardUntil: .init(fr: "Jusqu'à", en: "Until")
        case .boardNoRound: .init(fr: "aucun prévu", en: "none planned")
        case .boardExam: .init(fr: "Examen", en: "Exam")
        case .boardExamTeacher:
            .init(
                fr: "Examen : les étudiants voient si leurs machines sont joignables, et rien d'autre.",
                en: "Exam: students see whether their machines can be reached, and nothing else.")
        case .boardRemarks: .init(fr: "À savoir", en: "Good to know")
        case .boardHints: .init(fr: "Indices pour la classe", en: "Hints for the class")
        case .boardHintsLead:
            .init(
                fr: "Jamais plus que ce que le barème permet.", en: "Never more than the rubric allows.")
        case .boardProgress: .init(fr: "La classe avance", en: "How the class gets on")
        case .boardProgressLead:
            .init(
                fr: "Combien ont toute la question, au début de la séance → maintenant.",
                en: "How many have all of the question, at the beginning of the lesson → now.")
        case .boardChanges: .init(fr: "Ce qui a changé", en: "What has changed")
        case .boardNoChange:
            .init(fr: "Rien depuis le début de la séance.", en: "Nothing since the lesson began.")
        case .boardEarlier: .init(fr: "Plus tôt", en: "Earlier")
        case .boardSeenCount: .init(fr: "Regardés", en: "Looked at")
        case .boardLesson: .init(fr: "Séance commencée", en: "Lesson under way")
        case .boardWhy: .init(fr: "Pourquoi c'est important", en: "Why it matters")
        case .boardDrills: .init(fr: "S'exercer", en: "Drills")
        case .boardDrillsLead:
            .init(
                fr: """
                    L'incident est réel : il touche les machines en marche, et le service peut s'interrompre une minute \
                    ou deux. Puis tout est remis comme avant. Ne rien y changer pendant ce temps.
                    """,
                en: """
                    The incident is real: it hits the running machines, and the service can be out for a minute or two. \
                    Then everything is put back as it was. Change nothing on them meanwhile.
                    """)
        case .boardSure:
            .init(
                fr: "Personne ne travaille sur ces machines en ce moment",
                en: "Nobody is working on these machines right now")
        case .boardRunDrill: .init(fr: "Lancer l'exercice", en: "Run the drill")
        case .boardDrillUnderWay: .init(fr: "Exercice en cours", en: "Drill under way")
        case .boardMoments:
            .init(
                fr: "Ce qu'un client voit, demi-seconde par demi-seconde",
                en: "What a client sees, half second by half second")
        case .boardBegan: .init(fr: "commencé", en: "begun")
        case .boardTeachersLead:
            .init(
                fr: "Page de l'enseignant : elle montre aussi ce que les étudiants ne voient pas.",
                en: "The teacher's page: it also shows what students do not see.")
        case .boardNewCode: .init(fr: "Donner un nouveau code", en: "Give a new code")
        case .boardHisCode: .init(fr: "Voir le code de cette page", en: "Show the code of this page")
        case .boardNewCodeLead:
            .init(
                fr: "L'ancien code et ce qu'il a ouvert cessent aussitôt de servir.",
                en: "The old code, and what it opened, stop working at once.")
        case .boardSureNewCode: .init(fr: "Remplacer son code", en: "Replace the code")
        case .boardAnswersLead:
            .init(
                fr: "Chaque enregistrement est gardé ; c'est le dernier qui compte.",
                en: "Every version is kept; the last one counts.")
        case .boardSave: .init(fr: "Enregistrer", en: "Save")
        case .boardSaved: .init(fr: "Enregistré.", en: "Saved.")
        case .boardVersions: .init(fr: "Versions enregistrées", en: "Saved versions")
        case .boardVersionOf: .init(fr: "Version du", en: "Version of")
        case .boardNoAnswer: .init(fr: "(rien)", en: "(nothing)")
        case .boardMarkingLead:
            .init(
                fr: "Les points donnés ici comptent aussitôt ; ils se changent autant que voulu.",
                en: "Points given here count at once; they can be changed as often as needed.")
        case .boardTake: .init(fr: "Accepter la proposition", en: "Accept the proposal")
        case .boardGive: .init(fr: "Noter", en: "Mark")
        case .boardMarked: .init(fr: "Noté", en: "Marked")
        case .boardNothingToMark: .init(fr: "Aucune réponse à noter.", en: "No answers to mark.")
        case .boardExamLead:
            .init(
                fr: "Pendant l'examen, cette page dit si les machines sont joignables, et rien d'autre.",
                en: "During the exam this page says whether the machines can be reached, and nothing else.")
        case .boardMachines: .init(fr: "Les machines", en: "The machines")
        case .boardProjectorLead:
            .init(
                fr: "Chaque équipe sous un autre nom ; ni note ni classement.",
                en: "Everybody under another name; no marks, no ranking.")
        case .boardCardsHeading: .init(fr: "Cartes à découper", en: "Cards to cut")
        case .boardCardLead:
            .init(
                fr: "Ouvrir ce lien, ou l'adresse sans ce qui suit # et taper le code. Personnel.",
                en: "Open this link, or the address without what follows #, and type the code. Personal.")
        case .boardCardLink: .init(fr: "Lien", en: "Link")
        case .boardCardsAfter:
            .init(
                fr: "Chaque carte ouvre la page d'un étudiant : une fois distribuées, effacer ce fichier.",
                en: "Every card opens a student's page: once they are handed out, delete this file.")
        case .boardProblem: .init(fr: "Ça n'a pas marché", en: "That did not work")
        case .boardBack: .init(fr: "Revenir", en: "Go back")
        }
    }
}
