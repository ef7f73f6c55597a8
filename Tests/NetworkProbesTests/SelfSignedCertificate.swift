import Foundation
import NIOSSL

/// A certificate that nobody vouches for, made for one test run by the `openssl` command.
struct SelfSignedCertificate: Sendable {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    /// Made once; a machine without `openssl` fails the tests that need it and says why.
    static let shared: Result<SelfSignedCertificate, any Error> = Result { try SelfSignedCertificate() }

    struct OpenSSLFailed: Error, CustomStringConvertible {
        var description: String
    }

    private init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("bascule-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyFile = folder.appendingPathComponent("key.pem").path
        let certificateFile = folder.appendingPathComponent("certificate.pem").path

        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=www.example.org", "-days", "2", "-keyout", keyFile, "-out", certificateFile,
        ]
        let messages = Pipe()
        openssl.standardError = messages
        try openssl.run()
        let printed = try messages.fileHandleForReading.readToEnd() ?? Data()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else {
            throw OpenSSLFailed(
                description: "install openssl for these tests: \(String(decoding: printed, as: UTF8.self))")
        }
        chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
    }

    var serverConfiguration: TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }
}
