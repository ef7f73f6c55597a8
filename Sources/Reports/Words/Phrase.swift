import GraderCore

/// The pages' own words: labels and headings that hold no value. Templates name them as `t.` and the case's name;
/// sentences with values in them are ``Sentences``.
enum Phrase: String, CaseIterable, Sendable {
    case reportTitle, collectedOn, mark, ofTotal
    case skipToContent, points, lostHeading, blockingHeading, stillOpen, provisional, provisionalMark,
        questionsHeading, allChecks
    case legendMeaning, seenAbove, sinceLastLook, drillStory, onScreen, teachersPage, teachersPageLead
    case drawingInWords, vantageHeading
    case earlierRun
    case expected, found, why, seeYourself, hint, advice, adviceInAWord, blockedBy
    case provenanceHeading, graderVersion, rubricChecksum, evidenceChecksum, selfContained, selfContainedClass
    case notAssessed, technicalDetail
    case heatMapHeading, heatMapLegend, heatLegend, studentsHeading, reportMarkdown
    case notAssessedHeading, partlyAssessedHeading, mostMissedHeading, nothingMissed
    case missedBy, check, theirs, assessedCount, notAssessedCount, classRate
    case teacher, teacherComment, absent, members, writtenAnswer, decisiveHeading, decisiveLegend
    case markingHeading, markingLead, markingPoints, markingComment, markingProposal, markingOutOf,
        markingNothing
    case outagesHeading, outagesLead, outagesStrip, drill, pairs, median, shortest, longest
    case marksHeading, chartInWords, range, howMany, ofWhichOpen, openLegend
    case progressHeading, improved, declined, understood, unlearnt, runsHeading, runDate, sortBy
    case originsHeading, originClass, originRun, originStudents, originOfLook
    case anomaliesHeading, anomaliesLead
    case drillsHeading, drillsLead, drillsLeadMarkdown, drillsTableLead, drillsLeft, moment, whatHappened,
        lasted

    subscript(language: Language) -> String { text[language] }

    private var text: LocalizedText {
        switch self {
        case .reportTitle: .init(fr: "Compte rendu", en: "Report")
        case .collectedOn: .init(fr: "Relevé du", en: "Examined on")
        case .mark: .init(fr: "Note", en: "Mark")
        case .ofTotal: .init(fr: "sur", en: "out of")
        case .skipToContent: .init(fr: "Aller aux questions", en: "Skip to the questions")
        case .points: .init(fr: "Points", en: "Points")
        case .lostHeading: .init(fr: "Ce qui a coûté des points", en: "What cost points")
        case .blockingHeading:
            .init(fr: "Ce que d'autres points attendent", en: "What other checks wait for")
        case .provisional: .init(fr: "provisoire", en: "provisional")
        case .provisionalMark: .init(fr: "Note provisoire", en: "Provisional mark")
        case .questionsHeading: .init(fr: "Question par question", en: "Question by question")
        case .allChecks: .init(fr: "Chaque vérification en détail", en: "Every check in detail")
        case .legendMeaning: .init(fr: "Ce que disent les signes", en: "What the signs say")
        case .seenAbove: .init(fr: "voir plus haut", en: "see above")
        case .sinceLastLook: .init(fr: "Depuis le dernier regard", en: "Since the last look")
        case .drillStory: .init(fr: "Le récit, moment par moment", en: "The story, moment by moment")
        case .onScreen:
            .init(
                fr:
                    "À l'écran, la page montre derrière chaque ligne ce qui était attendu et ce qui a été constaté.",
                en: "On a screen the page shows behind each line what was expected and what was found.")
        case .teachersPage: .init(fr: "Page de l'enseignant", en: "The teacher's page")
        case .teachersPageLead:
            .init(
                fr: """
                    Elle montre aussi ce que le barème ne montre pas aux étudiants ; leur page à eux est report.html, \
                    à côté.
                    """,
                en: """
                    It also shows what the rubric does not show to students; their own page is report.html, beside it.
                    """)
        case .stillOpen: .init(fr: "Ce qui reste à décider", en: "What is still open")
        case .drawingInWords: .init(fr: "Le schéma en toutes lettres", en: "The drawing in words")
        case .vantageHeading:
            .init(fr: "D'où les essais ont été faits", en: "Where the probes were made from")
        case .earlierRun: .init(fr: "Passage antérieur", en: "Earlier run")
        case .expected: .init(fr: "Attendu", en: "Expected")
        case .found: .init(fr: "Constaté", en: "Found")
        case .why: .init(fr: "Pourquoi", en: "Why")
        case .seeYourself: .init(fr: "Pour le voir", en: "See it with")
        case .hint: .init(fr: "Un indice", en: "A hint")
        case .advice: .init(fr: "conseil, sans points", en: "advice, no points")
        case .adviceInAWord: .init(fr: "conseil", en: "advice")
        case .blockedBy: .init(fr: "Attend d'abord", en: "Waiting for")
        case .originsHeading: .init(fr: "D'où viennent ces relevés", en: "Where these results come from")
        case .originClass: .init(fr: "Classe", en: "Class")
        case .originRun: .init(fr: "Passage", en: "Run")
        case .originStudents: .init(fr: "Étudiants", en: "Students")
        case .originOfLook: .init(fr: "Repris de", en: "Taken from")
        case .provenanceHeading: .init(fr: "Origine de ce compte rendu", en: "How this report was made")
        case .graderVersion: .init(fr: "Correcteur", en: "Grader")
        case .rubricChecksum: .init(fr: "Barème (SHA-256)", en: "Rubric (SHA-256)")
        case .evidenceChecksum: .init(fr: "Relevé (SHA-256)", en: "Evidence (SHA-256)")
        case .selfContained:
            .init(
                fr: "Cette page se suffit à elle-même : elle n'exécute rien et ne demande rien au réseau.",
                en: "This page stands on its own: it runs nothing and asks nothing of the network.")
        case .selfContainedClass:
            .init(
                fr:
                    "Cette page se suffit à elle-même : elle ne demande rien au réseau, et son seul script trie le tableau.",
                en:
                    "This page stands on its own: it asks nothing of the network, and its one script sorts the table."
            )
        case .notAssessed: .init(fr: "Non évalué", en: "Not assessed")
        case .technicalDetail: .init(fr: "Détail technique", en: "Technical detail")
        case .heatMapHeading: .init(fr: "Étudiants et questions", en: "Students and questions")
        case .heatMapLegend:
            .init(
                fr: """
                    Chaque case donne les points obtenus. Plus sa couleur est soutenue, plus la question est acquise ; \
                    une case hachurée a encore des points à décider.
                    """,
                en: """
                    Each cell gives the points earned. The stronger its colour, the more of the question was met; \
                    a hatched cell has points still to be decided.
                    """)
        case .heatLegend: .init(fr: "Les signes", en: "The signs")
        case .studentsHeading: .init(fr: "Étudiant ou équipe", en: "Student or team")
        case .reportMarkdown: .init(fr: "Markdown", en: "Markdown")
        case .notAssessedHeading: .init(fr: "Non évalués", en: "Not assessed")
        case .partlyAssessedHeading: .init(fr: "Évalués en partie", en: "Assessed in part")
        case .mostMissedHeading:
            .init(fr: "Ce qui est le plus souvent manqué", en: "What was missed most often")
        case .nothingMissed:
            .init(fr: "Rien n'a manqué parmi ce qui a été décidé.", en: "Nothing decided was missed.")
        case .missedBy: .init(fr: "Manqué par", en: "Missed by")
        case .check: .init(fr: "Vérification", en: "Check")
        case .theirs: .init(fr: "Qui", en: "Who")
        case .assessedCount: .init(fr: "Évalués", en: "Assessed")
        case .notAssessedCount: .init(fr: "Non évalués", en: "Not assessed")
        case .teacher: .init(fr: "Enseignant", en: "Teacher")
        case .teacherComment: .init(fr: "Le mot de l'enseignant", en: "From the teacher")
        case .absent: .init(fr: "Absent", en: "Absent")
        case .members: .init(fr: "Notes dans l'équipe", en: "Marks within the team")
        case .writtenAnswer: .init(fr: "Réponse écrite", en: "Written answer")
        case .markingHeading: .init(fr: "Réponses à noter", en: "Answers to mark")
        case .markingLead:
            .init(
                fr: "Pour l'enseignant. Les points se reportent par bascule marks import ou bascule mark.",
                en: "For the teacher. The points go in by bascule marks import or bascule mark.")
        case .markingPoints: .init(fr: "Points", en: "Points")
        case .markingComment: .init(fr: "Commentaire", en: "Comment")
        case .markingProposal: .init(fr: "Proposition :", en: "Proposal:")
        case .markingOutOf: .init(fr: "sur", en: "out of")
        case .markingNothing: .init(fr: "(rien n'a été rendu)", en: "(nothing was handed in)")
        case .decisiveHeading: .init(fr: "Les lignes décisives", en: "The decisive lines")
        case .decisiveLegend:
            .init(
                fr: "Les lignes marquées ont décidé de la vérification indiquée à côté.",
                en: "The marked lines decided the check named beside them.")
        case .marksHeading: .init(fr: "Répartition des notes", en: "Distribution of the marks")
        case .outagesHeading: .init(fr: "Durée des interruptions", en: "How long the outages were")
        case .outagesLead:
            .init(
                fr:
                    "Combien de temps un client est resté sans le service, les paires en bâtons, sur une échelle logarithmique ; le trait fin est la médiane.",
                en:
                    "How long a client was without the service, pairs as columns on a logarithmic scale; the thin line is the median."
            )
        case .outagesStrip: .init(fr: "Répartition", en: "Distribution")
        case .drill: .init(fr: "Exercice", en: "Drill")
        case .pairs: .init(fr: "Paires", en: "Pairs")
        case .median: .init(fr: "Médiane", en: "Median")
        case .shortest: .init(fr: "La plus courte", en: "Shortest")
        case .longest: .init(fr: "La plus longue", en: "Longest")
        case .chartInWords: .init(fr: "Le graphique en chiffres", en: "The chart in figures")
        case .range: .init(fr: "De – à", en: "From – to")
        case .howMany: .init(fr: "Combien", en: "How many")
        case .ofWhichOpen: .init(fr: "dont provisoires", en: "of these provisional")
        case .openLegend:
            .init(
                fr: "En pointillés : des points restent à décider.",
                en: "Dashed: some points are still to be decided.")
        case .progressHeading: .init(fr: "Depuis la dernière fois", en: "Since last time")
        case .improved: .init(fr: "En progrès", en: "Improved")
        case .declined: .init(fr: "En recul", en: "Fell back")
        case .understood: .init(fr: "Compris depuis", en: "Understood since")
        case .unlearnt: .init(fr: "À reprendre", en: "To be taken up again")
        case .runsHeading: .init(fr: "D'un passage à l'autre", en: "From run to run")
        case .runDate: .init(fr: "Passage du", en: "Run of")
        case .anomaliesHeading:
            .init(fr: "Ce que plusieurs étudiants ont en commun", en: "What several students have in common")
        case .anomaliesLead:
            .init(
                fr: "Pour l'enseignant seulement : rien de ceci ne change une note.",
                en: "For the teacher only: nothing here changes a mark.")
        case .drillsHeading: .init(fr: "Exercices de bascule", en: "Failover drills")
        case .drillsLead:
            .init(
                fr: """
                    Ce qu'un client du site a vécu, et ce que le cluster en dit dans son journal. \
                    Le temps compte à partir de l'incident ; les numéros renvoient au récit, qui se déplie à l'écran.
                    """,
                en: """
                    What a client of the site lived through, and what the cluster's own log says of it. \
                    Time counts from the incident; the numbers refer to the story, which unfolds on a screen.
                    """)
        case .drillsLeadMarkdown:
            .init(
                fr: """
                    Ce qu'un client du site a vécu, et ce que le cluster en dit dans son journal. \
                    Le temps compte à partir de l'incident.
                    """,
                en: """
                    What a client of the site lived through, and what the cluster's own log says of it. \
                    Time counts from the incident.
                    """)
        case .drillsTableLead:
            .init(
                fr: "Combien de temps un client est resté sans le service à la bascule.",
                en: "How long a client was without the service at the failover.")
        case .drillsLeft:
            .init(
                fr: "Quelque chose n'a pas été remis comme avant chez :",
                en: "Something was not given back as it was on the pair of:")
        case .moment: .init(fr: "Moment", en: "Moment")
        case .whatHappened: .init(fr: "Ce qui se passe", en: "What happened")
        case .lasted: .init(fr: "Durée", en: "Lasted")
        case .sortBy: .init(fr: "Trier par", en: "Sort by")
        case .classRate: .init(fr: "Taux de réussite (points décidés)", en: "Success rate (decided points)")
        }
    }
}
