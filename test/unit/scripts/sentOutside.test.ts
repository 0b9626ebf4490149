// What a trace shows to have left this machine: connections, messages by name or on a connected socket; no look at a route.
import { expect, test } from 'vitest'
import { isRouteLook, outsideConnects, sentOutside } from '../../acceptance/connects.ts'

const routeLook =
  '12 connect(19<UDPv6:[28]>, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::8", &a)}, 28) = 0'
const leaving = [
  '12 connect(20<TCP:[29]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1',
  '12 sendto(33<UDP:[0.0.0.0:374]>, "x", 20, 0, {sa_family=AF_INET, sin_addr=inet_addr("192.0.2.4")}, 16) = 20',
  '12 sendto(34<UDP:[10.0.0.2:374->192.0.2.53:53]>, "x", 20, 0, NULL, 0) = 20',
  '12 sendmsg(35<TCPv6:[[2001:db8::1]:374->[2001:db8::2]:443]>, {msg_name=NULL}, 0) = 20',
]
const staying = [
  '12 connect(21<TCP:[30]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  '12 sendto(36<TCP:[127.0.0.1:374->127.0.0.1:80]>, "x", 1, 0, NULL, 0) = 1',
  '12 sendto(36<TCPv6:[[::1]:374->[::1]:80]>, "x", 1, 0, NULL, 0) = 1',
  '12 sendmsg(5<UNIX-STREAM:[1->2]>, {msg_name=NULL}, 0) = 1',
]

test('what leaves is found however it leaves, and nothing else', () => {
  expect(sentOutside([routeLook, ...staying, ...leaving].join('\n'))).toEqual(leaving)
})

test('a look at a route is an attempt on its own terms, told apart', () => {
  expect(outsideConnects([routeLook, ...staying].join('\n')).filter(isRouteLook)).toEqual([routeLook])
})
