// What registries keep for something other than the public internet: one list for addresses as they are written, and for what names lead to
// where `npm start` opens the connections (scripts/serve.mjs, which imports this file).

export const SPECIAL_IPV4: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Where Azure's machines reach their host: a public address that means one's own machine there.
  '168.63.129.16/32',
]

/** Of the global unicast: protocols (Teredo among them), documentation, 6to4, AS112. */
export const SPECIAL_IPV6: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

/** This machine. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128']
