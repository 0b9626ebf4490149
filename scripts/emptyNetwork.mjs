// An empty network namespace: a place on Linux where only this machine's loopback exists, to show that nothing needs more.
import { spawnSync } from 'node:child_process'

/** Brings loopback up with whatever the system has; perl is part of every Debian. */
const loopbackUp = [
  'ip link set lo up',
  'ifconfig lo up',
  `perl -e '$r=pack("a16 s x22","lo",1); socket(S,2,2,0) && ioctl(S,0x8914,$r) || exit 1'`,
  `python3 -c 'import fcntl,socket,struct; fcntl.ioctl(socket.socket(),0x8914,struct.pack("16sh22x",b"lo",1))'`,
]
  .map((command) => `${command} 2>/dev/null`)
  .join(' || ')

/** Ends with 0 only where loopback answers and no other interface exists. */
const probe = `
const server = require('net').createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  const others = Object.keys(require('os').networkInterfaces()).filter((name) => name !== 'lo')
  require('net').connect(server.address().port, '127.0.0.1').on('connect', () => process.exit(others.length)).on('error', () => process.exit(99))
})`

/**
 * How to start a program in an empty network namespace: `{prefix, reason}`, where prefix is the words to put before the
 * command, tried out beforehand, or empty with the reason why this system does not allow it.
 */
export function emptyNetwork(node, run = runQuietly) {
  if (process.platform !== 'linux') return { prefix: [], reason: 'only Linux has network namespaces' }
  for (const flags of ['-rn', '-n']) {
    const prefix = ['unshare', flags, '--', 'sh', '-c', `{ ${loopbackUp}; } && exec "$0" "$@"`]
    if (run([...prefix, node, '-e', probe])) return { prefix, reason: undefined }
  }
  return { prefix: [], reason: 'this system does not allow network namespaces (unshare was refused)' }
}

function runQuietly([command, ...args]) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0
}
