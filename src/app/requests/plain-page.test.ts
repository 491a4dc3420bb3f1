import { expect, test } from 'vitest'
import { refuse } from '../../conversation/refusal'
import { refuseInWords } from './plain-page'

const { refusal } = refuse('too_fast', 'Not at "<script>alert(1)</script>" & co.', 2_100)
const asked = (accept: string) => refuseInWords(new Request('https://parley.example/', { headers: { accept } }), 'Too <fast>', refusal)

test('[R16] a browser is told in a page in which nothing of the words is markup', async () => {
  const response = asked('text/html,*/*')
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('3')
  const page = await response.text()
  expect(page).not.toContain('<script')
  expect(page).toContain('Not at &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; co.')
  expect(page).toContain('In about 3 s')
})

test('[R16] a program is told as JSON', async () => {
  expect(await asked('application/json').json()).toEqual({ refusal })
})
