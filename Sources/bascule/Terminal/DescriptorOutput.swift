import Foundation

/// Bytes into what somebody else has opened: a pipe, a terminal, a device.
enum DescriptorOutput {
    /// All of them, however slow the reader is: whoever started this program may have made the pipe non-blocking.
    /// - Returns: of errno(3), why not; nil where everything went out.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                // Where the reader goes meanwhile, the next write says so.
                _ = poll(&output, 1, -1)
            case let code: return code
            }
        }
        return nil
    }
}
