import ArgumentParser
import GraderCore
import NetworkProbes

/// What the program as it was built cannot be asked otherwise: whether its results stay with what they answer. A
/// compiler once exchanged them (scripts/compiler-fault).
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "self-test",
        LocalizedText(
            fr: "Lance des commandes anodines sur ce poste et vérifie que chacune a sa propre réponse.",
            en: "Runs harmless commands on this machine and makes sure that each has its own answer."),
        LocalizedText(
            fr:
                "État de sortie : 0 chaque réponse est celle de sa commande ; 70 une ne l'est pas, et rien de ce que dit ce programme n'est sûr.",
            en:
                "Exit status: 0 every answer is its command's; 70 one is not, and nothing this program says holds."
        ),
        examples: [
            ("bascule self-test", LocalizedText(fr: "deux cents commandes", en: "two hundred commands"))
        ])

    @OptionGroup var voice: VoiceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Combien de commandes, 500 au plus à la fois.", en: "How many commands, at most 500 at once.",
            valueName: "number"))
    var commands = 200

    func validate() throws {
        try require(
            1...500 ~= commands,
            LocalizedText(fr: "--commands va de 1 à 500", en: "--commands takes 1 to 500"))
    }

    func run() async throws {
        let session = try Composition.ownPrograms()
        let asked = (1...commands).map { RemoteCommand(["printf", "%s", "\($0)"], asRoot: false) }
        let brief = await session.run(brief: asked)
        let alone = await session.runAlone(asked)
        for results in [brief, alone] {
            for command in asked {
                let result = try results[command]?.get().answering(command)
                guard result?.standardOutput.text == command.arguments.last else {
                    throw ProgramFault(
                        LocalizedText(
                            fr:
                                "C'est un défaut de Bascule tel qu'il a été compilé : la réponse à une commande est arrivée pour celle d'une autre ; ne pas noter avec lui.",
                            en:
                                "This is a bug in Bascule as it was built: the answer to one command came as another's; do not grade with it."
                        ))
                }
            }
        }
        print(
            String(
                fr:
                    "\(commands) commandes, l'une après l'autre et toutes à la fois : chaque réponse est celle de sa commande.",
                en: "\(commands) commands, one after the other and all at once: each answer is its command's."
            ))
    }
}
