// What the optimiser of Swift 6.3.1 makes of a value awaited inside a tuple: scripts/compiler-fault builds this with
// -O and says what it means. Prints for each shape how many of 400 results carry the wrong role, and its name; at
// -Onone all are 0.
struct Failure: Error { var message: String }
enum Role: String, Sendable, CaseIterable { case primary, secondary }
typealias Answer = Result<String, Failure>
struct Observation: Sendable { var role: Role; var answer: Answer }

func connect(_ role: Role) async throws(Failure) -> String {
    try? await Task.sleep(for: .microseconds(role == .primary ? 300 : 100))
    if Int.random(in: 0...1_000_000_000) == 5 { throw Failure(message: "seldom") }
    return role.rawValue
}
func untyped(_ role: Role) async throws -> String { try await connect(role) }
func never(_ role: Role) async -> String { (try? await connect(role)) ?? role.rawValue }

/// Runs what a task group gathers, 200 times for both roles.
func count<Value: Sendable>(
    _ name: String, _ work: @escaping @Sendable (Role) async -> Value,
    _ read: @Sendable (Value) -> (Role, String)
) async {
    var wrong = 0
    for _ in 0..<200 {
        let found = await withTaskGroup(of: Value.self) { group in
            for role in Role.allCases { group.addTask { await work(role) } }
            var found: [Role: String] = [:]
            for await value in group {
                let (role, text) = read(value)
                found[role] = text
            }
            return found
        }
        for role in Role.allCases where found[role] != role.rawValue { wrong += 1 }
    }
    print(wrong, name)
}
func pair(_ value: (Role, Answer)) -> (Role, String) { (value.0, (try? value.1.get()) ?? "") }

await count(
    "tuple around the await, typed throws",
    { role in
        do throws(Failure) { return (role, Answer.success(try await connect(role))) } catch {
            return (role, Answer.failure(error))
        }
    }, { pair($0) })
await count(
    "a tuple within a tuple around the await, typed throws",
    { role in
        do throws(Failure) { return (1, (role, Answer.success(try await connect(role)))) } catch {
            return (1, (role, Answer.failure(error)))
        }
    }, { pair($0.1) })
await count(
    "tuple around the await, nothing thrown",
    { role in (role, await never(role)) }, { ($0.0, $0.1) })
await count(
    "tuple around the await, untyped throws",
    { role in do { return (role, try await untyped(role)) } catch { return (role, "") } }, { ($0.0, $0.1) })
await count(
    "initializer around the await, typed throws",
    { role in
        do throws(Failure) { return Observation(role: role, answer: .success(try await connect(role))) } catch
        {
            return Observation(role: role, answer: .failure(error))
        }
    }, { pair(($0.role, $0.answer)) })
await count(
    "value first",
    { role in
        let answer: Answer
        do throws(Failure) {
            let text = try await connect(role)
            answer = .success(text)
        } catch {
            answer = .failure(error)
        }
        return (role, answer)
    }, { pair($0) })
