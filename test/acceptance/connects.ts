// Reads an strace log for attempts to reach anything but this machine.

/**
 * Lines of a trace that connect or send to an internet address outside loopback. Unix, netlink and packet-less sockets
 * do not count; a UDP `connect` to a public address (a route probe) does.
 */
export function outsideConnects(trace: string): readonly string[] {
  return trace
    .split('\n')
    .filter((line) => /\bsa_family=AF_INET6?\b/.test(line))
    .filter((line) => !/inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.)|sin6_addr.*"::1"/.test(line))
}

/**
 * Lines of a trace made with `strace -yy` by which something leaves this machine or is begun that may: connects that are
 * not on UDP, and everything sent. A connect on UDP sends nothing; it is how a program asks for its own address.
 */
export function sentOutside(trace: string): readonly string[] {
  const connected = /\bsend(?:to|msg|mmsg)\(\d+<(?:UDP|TCP)(?:v6)?:\[.*->(?!127\.|\[::1\]|\[::ffff:127\.)/
  const named = outsideConnects(trace).filter((line) => !isRouteLook(line))
  return [...named, ...trace.split('\n').filter((line) => connected.test(line) && !named.includes(line))]
}

/** Whether a line of a trace is a connect on UDP. */
export function isRouteLook(line: string): boolean {
  return /\bconnect\(\d+<UDP(?:v6)?:/.test(line)
}
