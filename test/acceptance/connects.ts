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
