import { describe, expect, it } from 'vitest'
import { networkOf, parseEndpoint, parseIp } from '../../outside/ip-address'
import { networkAddress } from './network-address'

const HERE = { HOSTS: 'localhost' }

function from(clientIp: string | null, headers: Record<string, string> = {}): Request {
  return Object.assign(new Request('http://localhost/', { headers }), clientIp === null ? {} : { cf: { clientIp } })
}

describe('at npm start', () => {
  it.each([
    ['203.0.113.9:51234', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:51234', '203.0.113.9'],
    ['[2001:db8:0:1:aaaa:bbbb:cccc:dddd]:443', '2001:db8:0:1::/64'],
    ['[2001:db8:0:1::7]:443', '2001:db8:0:1::/64'],
    ['[fe80::1%eth0]:443', 'fe80:0:0:0::/64'],
    ['unix:', 'unknown'],
  ])('[R30] a socket from %s comes from the network %s', (clientIp, network) => {
    expect(networkAddress(from(clientIp), HERE)).toBe(network)
  })

  it('[R30] no header that a client writes changes it', () => {
    const forged = {
      'cf-connecting-ip': '1.1.1.1',
      'x-forwarded-for': '2.2.2.2',
      'x-real-ip': '3.3.3.3',
      forwarded: 'for=4.4.4.4',
      'true-client-ip': '5.5.5.5',
    }
    expect(networkAddress(from('203.0.113.9:1', forged), HERE)).toBe('203.0.113.9')
    expect(networkAddress(from(null, forged), HERE)).toBe('unknown')
  })

  it.each([
    ['1', '127.0.0.1:5', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['1', '[::1]:5', '2001:db8::1', '2001:db8:0:0::/64'],
    ['1', '10.0.0.7:5', '203.0.113.9', '10.0.0.7'],
    ['10.0.0.7, 10.0.0.8', '10.0.0.8:5', '203.0.113.9', '203.0.113.9'],
    ['172.16.0.0/12', '172.20.1.1:5', '203.0.113.9', '203.0.113.9'],
    ['172.16.0.0/12', '172.32.1.1:5', '203.0.113.9', '172.32.1.1'],
    ['fd00::/8', '[fd12::1]:5', '203.0.113.9:7777', '203.0.113.9'],
    ['1', '127.0.0.1:5', '', '127.0.0.1'],
    ['1', '127.0.0.1:5', '203.0.113.9, nobody', '127.0.0.1'],
    ['', '127.0.0.1:5', '203.0.113.9', '127.0.0.1'],
    ['nonsense 10.0.0.0/x', '10.0.0.1:5', '203.0.113.9', '10.0.0.1'],
  ])('[R30] with TRUST_PROXY=%s, %s saying "%s" speaks for %s', (TRUST_PROXY, peer, forwarded, network) => {
    expect(networkAddress(from(peer, { 'x-forwarded-for': forwarded }), { ...HERE, TRUST_PROXY })).toBe(network)
  })
})

it('[R30] on Cloudflare it is what Cloudflare says', () => {
  expect(networkAddress(from(null, { 'cf-connecting-ip': '203.0.113.9', 'x-forwarded-for': '2.2.2.2' }), {})).toBe('203.0.113.9')
  expect(networkAddress(from(null, { 'cf-connecting-ip': '2001:db8:0:1:2:3:4:5' }), { TRUST_PROXY: '1' })).toBe('2001:db8:0:1::/64')
})

it.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8:9',
  'g::1',
  '1.2.3.4::1',
  `${'1'.repeat(99)}::`,
])('[R30] "%s" is no address', (text) => {
  expect(parseIp(text)).toBeNull()
  expect(parseEndpoint(text)).toBeNull()
})

it('[R30] one address is one network however it is written', () => {
  for (const text of ['1.2.3.4', '::ffff:1.2.3.4', '::FFFF:102:304', '0:0:0:0:0:ffff:1.2.3.4']) expect(networkOf(parseIp(text) ?? [])).toBe('1.2.3.4')
  for (const text of ['::1', '0:0:0:0:0:0:0:1', '::0.0.0.1']) expect(networkOf(parseIp(text) ?? [])).toBe('0:0:0:0::/64')
})
