import { expect, test } from 'vitest'
import { readOutsideAddress } from './address'

const read = (typed: string, loopback = false, plain = true) => readOutsideAddress(typed, { loopback, plain })

/** As it is asked. */
const PUBLIC: Readonly<Record<string, string>> = {
  'https://www.example.com/': 'https://www.example.com/',
  'http://www.example.com': 'http://www.example.com/',
  '  https://www.example.com/a?b=c#d  ': 'https://www.example.com/a?b=c',
  'HTTPS://WWW.Example.COM/A': 'https://www.example.com/A',
  'https://example.com:443/': 'https://example.com/',
  'http://example.com:80/': 'http://example.com/',
  'https://example.com:80/': 'https://example.com:80/',
  'https://example.com:1024/': 'https://example.com:1024/',
  'https://example.com:65535/': 'https://example.com:65535/',
  'https://bücher.example.com/é': 'https://xn--bcher-kva.example.com/%C3%A9',
  'https://例え.jp/': 'https://xn--r8jz45g.jp/',
  'https://пример.рф/': 'https://xn--e1afmkfd.xn--p1ai/',
  'https://www.example.com/?next=http://127.0.0.1/': 'https://www.example.com/?next=http://127.0.0.1/',
  'https://www.example.com/@me': 'https://www.example.com/@me',
  'https://1.1.1.1/': 'https://1.1.1.1/',
  'https://172.32.0.1/': 'https://172.32.0.1/',
  'https://100.128.0.1/': 'https://100.128.0.1/',
  'https://8.8.2056/': 'https://8.8.8.8/',
  'https://[2606:4700:4700::1111]/': 'https://[2606:4700:4700::1111]/',
  'https://docs-1-2-3-4.example.com/': 'https://docs-1-2-3-4.example.com/',
  'https://localhost.example.com/': 'https://localhost.example.com/',
  'https://internal.example.com/': 'https://internal.example.com/',
}

const INSIDE = [
  // Names of this machine, and of networks like its own.
  'http://localhost/',
  'http://LOCALHOST:8080/',
  'http://localhost./',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'http://a.localhost/',
  'http://localhost.localdomain/',
  'http://printer.local/',
  'http://router.lan/',
  'http://nas.home/',
  'http://gateway.home.arpa/',
  'http://db.internal/',
  'http://db.internal./',
  'http://wiki.corp/',
  'http://kubernetes.default.svc/',
  'http://kubernetes.default.svc.cluster.local/',
  'http://web.service.consul/',
  'http://host.docker.internal:2375/',
  'http://1.0.0.127.in-addr.arpa/',
  'http://server/',
  'http://server.test/',
  'http://server.invalid/',
  'http://abcdefgh.onion/',
  // Where clouds answer with their keys.
  'http://169.254.169.254/latest/meta-data/',
  'http://metadata.google.internal/',
  'http://metadata.goog/',
  'http://metadata/',
  'http://instance-data.ec2.internal/',
  'http://100.100.100.200/',
  'http://192.0.0.192/',
  'http://168.63.129.16/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::a9fe:a9fe]/',
  // IPv4, in every spelling that a URL takes.
  'http://127.0.0.1/',
  'http://127.0.0.1./',
  'http://127.1/',
  'http://127.0.1/',
  'http://127.255.255.254/',
  'http://2130706433/',
  'http://017700000001/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://0x7F.0x0.0x0.0x1/',
  'http://0/',
  'http://0.0.0.0/',
  'http://１２７.０.０.１/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://⑫⑦.0.0.1/',
  'http://10.0.0.1/',
  'http://10.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://3232235777/',
  'http://100.64.0.1/',
  'http://169.254.0.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://192.88.99.1/',
  'http://224.0.0.1/',
  'http://239.255.255.250/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  // IPv6, and IPv4 inside it.
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[::ffff:8.8.8.8]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b::8.8.8.8]/',
  'http://[64:ff9b:1::10.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:808:808::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2606:4700::5efe:10.0.0.1]/',
  'http://[2606:4700:0:0:200:5efe:7f00:1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[5f00::1]/',
  // Names that have an address in them.
  'http://127.0.0.1.nip.io/',
  'http://app.10.0.0.1.nip.io/',
  'http://7f000001.nip.io/',
  'http://10-0-0-1.sslip.io/',
  'http://--1.sslip.io/',
  'http://localtest.me/',
  'http://a.lvh.me/',
  'http://7f000001.c0a80001.rbndr.us/',
  'http://make-1.2.3.4-rebind-127.0.0.1-rr.1u.ms/',
  'http://ip-172-31-0-1.eu.example.com/',
  'http://9.192.168.0.1.example.com/',
]

const NO_ADDRESS = [
  '',
  'www.example.com',
  '//www.example.com/',
  'https:/www.example.com/',
  'https:www.example.com',
  'https:///www.example.com/',
  'file:///etc/passwd',
  'ftp://www.example.com/',
  'gopher://www.example.com/',
  'data:text/html,hello',
  'javascript:alert(1)',
  'blob:https://www.example.com/1',
  'ws://www.example.com/',
  'view-source:https://www.example.com/',
  'https://user@www.example.com/',
  'https://user:password@www.example.com/',
  'https://@www.example.com/',
  'https://www.example.com@127.0.0.1/',
  'https://127.0.0.1\\@www.example.com/',
  'https:\\\\www.example.com\\',
  'https://www.exam\tple.com/',
  'https://www.example.com/\r\nHost: inside',
  'https://www.exam\u00adple.com/',
  'https://www.exam\u200bple.com/',
  'https://www.exa mple.com/',
  'https://www.example.com:0/',
  'https://www.example.com:22/',
  'https://www.example.com:25/',
  'https://www.example.com:81/',
  'https://www.example.com:1023/',
  'https://www.example.com:65536/',
  'https://www.example.com:-1/',
  'https://www.example.com./',
  'https://www_example.com/',
  'https://-www.example.com/',
  'https://www..example.com/',
  `https://${'a'.repeat(64)}.example.com/`,
  `https://${'abc.'.repeat(70)}example.com/`,
  'https://example.123/',
  'https://256.256.256.256/',
  'https://1.2.3.4.5/',
  'https://[fe80::1%25eth0]/',
  'https://[fe80::1%eth0]/',
  'https://[::1/',
  'https://[::g]/',
  'https://www.exa%00mple.com/',
  'https://exa<mple.com/',
  `https://www.example.com/${'a'.repeat(2_000)}`,
]

test.each(Object.entries(PUBLIC))('[R220] %j may be asked', (typed, asked) => {
  const address = read(typed)
  expect(address.ok ? address.url.href : address.fault).toBe(asked)
})

test.each(INSIDE)('[R220] %j leads inside and is refused in words', (typed) => {
  const address = read(typed)
  expect(address.ok ? address.url.href : address.fault).toMatch(/^Only public addresses are asked|^Only a public name is asked|^An address has no spaces/)
})

test.each(NO_ADDRESS)('[R220] %j is nothing to be asked', (typed) => {
  expect(read(typed)).toEqual({ ok: false, fault: expect.stringMatching(/^[A-Z].*\.$/) as unknown })
})

test('[R220] HTTPS alone where that is the rule', () => {
  expect(read('https://tools.example.com/mcp', false, false).ok).toBe(true)
  expect(read('http://tools.example.com/mcp', false, false)).toEqual({ ok: false, fault: 'An address begins with https:// here.' })
})

test('[R221] this machine, and nothing else of its network, may be asked where its developer says so', () => {
  for (const here of ['http://localhost:3000/mcp', 'http://127.0.0.1:3000/', 'http://127.1:3000/', 'http://[::1]:3000/', 'https://localhost/']) {
    expect([here, read(here, true, false).ok, read(here, true).ok, read(here).ok]).toEqual([here, true, true, false])
  }
  const others = INSIDE.filter((typed) => !['localhost', '[::1]'].includes(URL.parse(typed)?.hostname ?? '') && !URL.parse(typed)?.hostname.startsWith('127.'))
  expect(others.length).toBeGreaterThan(60)
  expect(others.filter((typed) => read(typed, true).ok)).toEqual([])
  expect(read('http://localhost:22/', true).ok).toBe(false)
})
