import { expect, test } from 'vitest'
import { allNodes, distinctNodes } from './distinct-nodes'

test('[R50] each rendering is named once, and every row has its own again', () => {
  const [headed, continued] = [{ is: 'headed' }, { is: 'continued' }] as never[]
  const nodes = [headed, continued, headed, headed, null, continued] as const
  expect(distinctNodes(nodes)).toEqual({ distinct: [headed, continued, null], rows: [0, 1, 0, 0, 2, 1] })
  expect(allNodes(distinctNodes(nodes))).toEqual(nodes)
  expect(allNodes(distinctNodes([]))).toEqual([])
})
