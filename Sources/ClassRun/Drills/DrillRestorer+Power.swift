import GraderCore

extension DrillRestorer {
    /// Gives a machine that the drill took down its power back, also one that is still on its way down.
    mutating func switchOn(_ record: DrillRecord) async {
        let active = record.opening.plan.active
        guard let on = record.opening.plan.powerOn,
            // Beyond the marks on the nodes: the machine may be down.
            record.mayHavePerturbed, await !connection.isUp(active)
        else { return }
        let who = "\(report.student)/\(active.rawValue)"
        report.found.append(
            LocalizedText(fr: "\(who) : remis sous tension", en: "\(who): switched on again"))
        var power = await runner.means.runHere(on, DrillMeans.powerTimeLimit)
        for attempt in 1...60 {
            await connection.drop(active)
            if await connection.isUp(active) { return }
            try? await Task.sleep(for: .seconds(2))
            // While it went down it took no power, or said that it had some.
            if attempt % 15 == 0 { power = await runner.means.runHere(on, DrillMeans.powerTimeLimit) }
        }
        if !power.isSuccess {
            report.failures.append(
                LocalizedText(
                    fr: "\(who) : powerOn : \(power.account)", en: "\(who): powerOn: \(power.account)"))
        }
    }
}
