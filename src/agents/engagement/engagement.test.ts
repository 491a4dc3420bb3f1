import { describe, expect, test } from 'vitest'
import { called } from './called'
import { engagement } from './engagement'
import { MOST_RECENT } from './facts'
import { agentsOf, authorOf, EVERYBODY, factsOf, heard, NOW, type Scene } from './testing/scene'

// In every room of a table there are Parley (auto) and Scout (mention), and where nothing else is said Ann and Bo are here and Ann speaks.
type Row = readonly [text: string, scene: Scene, expected: string]

const ALONE: readonly Row[] = [
  ['hello', { here: 'ann' }, 'alone -not-addressed'],
  ['hello', { here: '' }, 'alone -not-addressed'],
  ['and now?', { here: 'ann', recent: ['ann 3', 'parley>ann 2'] }, 'alone -not-addressed'],
  ['and now?', { here: 'ann', recent: ['ann 90', 'parley>ann 89'] }, 'alone -not-addressed'],
  ['are you there?', { here: 'ann', recent: ['bo 9'] }, '-not-addressed -not-addressed'],
  ['are you there?', { here: 'ann', recent: ['bo 10'] }, '-not-addressed -not-addressed'],
  ['are you there?', { here: 'ann', recent: ['bo 10:01'] }, 'alone -not-addressed'],
  ['are you there?', { here: 'ann', recent: ['bo 11', 'ann 3'] }, 'alone -not-addressed'],
  ['hello', { here: 'ann', recent: ['bo 9', 'parley>bo 8'] }, '-not-addressed -not-addressed'],
  ['hello', { here: 'ann bo' }, '-not-addressed -not-addressed'],
  ['hello', { here: 'ann bo cy', recent: ['cy 300'] }, '-not-addressed -not-addressed'],
  ['hello', { here: 'bo' }, '-not-addressed -not-addressed'],
  ['@Bo, see this when you are back', { here: 'ann' }, '-somebody-else-addressed -not-addressed'],
  ['@bo', { here: 'ann' }, '-somebody-else-addressed -not-addressed'],
  ['what would @Bo say?', { here: 'ann' }, 'alone -not-addressed'],
  ['Bo, are you there?', { here: 'ann' }, 'alone -not-addressed'],
  ['I agree', { here: 'ann', replyTo: 'bo' }, '-somebody-else-addressed -not-addressed'],
  ['what did I mean?', { here: 'ann', replyTo: 'ann' }, 'alone -not-addressed'],
  ['> Paris is in France\nIs it?', { here: 'ann', recent: ['bo 30: Paris is in France'] }, 'alone -not-addressed'],
  ['note to myself: @Ann buy milk', { here: 'ann' }, 'alone -not-addressed'],
  ['@Ann buy milk', { here: 'ann' }, '-somebody-else-addressed -not-addressed'],
  ['hello', { here: 'ann', agents: 'parley:mention' }, '-not-addressed'],
  ['hello', { here: 'ann', agents: 'parley:off' }, '-off'],
  ['hello', { here: 'ann', agents: 'parley:always' }, 'every'],
  ['hello', { here: 'ann', agents: '' }, ''],
  // Alone among several agents: whoever was asked last, else the first, and never nobody.
  ['hello', { here: 'ann', agents: 'parley:auto scout:auto' }, 'alone -another-answers'],
  ['hello', { here: 'ann', agents: 'scout:mention parley:auto critic:auto' }, '-not-addressed alone -another-answers'],
  ['and now?', { here: 'ann', agents: 'parley:auto scout:auto', recent: ['ann 3', 'scout>ann 2'] }, '-not-addressed alone'],
  ['and now?', { here: 'ann', agents: 'parley:auto scout:auto', recent: ['parley>ann 5', 'ann 3', 'scout>ann 2'] }, '-not-addressed follow-up'],
  ['and now?', { here: 'ann', recent: ['parley>ann 5', 'ann 3', 'scout>ann 2'] }, 'alone -not-addressed'],
  ['and now?', { here: 'ann', agents: 'parley:auto scout:auto', recent: ['scout>ann! 2'] }, 'alone -another-answers'],
  ['and now?', { here: 'ann', recent: ['scout>ann 2'] }, 'alone -not-addressed'],
  ['Scout, find trains', { here: 'ann' }, '-somebody-else-addressed -not-addressed'],
  ['Scout, find trains', { here: 'ann', agents: 'parley:auto scout:auto' }, '-somebody-else-addressed alone'],
  ['Parley, find trains', { here: 'ann' }, 'alone -not-addressed'],
  ['more', { here: 'ann', replyTo: 'scout' }, '-somebody-else-addressed reply-to'],
  ['more', { here: 'ann', replyTo: 'scout', agents: 'parley:auto scout:off' }, '-somebody-else-addressed -off'],
  ['more', { here: 'ann', replyTo: 'removed' }, 'alone -not-addressed'],
  ['@Scout more', { here: 'ann', agents: 'parley:auto scout:off' }, '-somebody-else-addressed -off'],
  ['what does @Scout do?', { here: 'ann', agents: 'parley:auto scout:off' }, 'alone -off'],
]

const AMONG_PEOPLE: readonly Row[] = [
  ['hi everybody', {}, '-not-addressed -not-addressed'],
  ['good morning!', { recent: ['bo 1'] }, '-not-addressed -not-addressed'],
  ['Hi Bo', {}, '-not-addressed -not-addressed'],
  ['Bo, lunch?', {}, '-somebody-else-addressed -not-addressed'],
  ['bo , lunch?', {}, '-somebody-else-addressed -not-addressed'],
  ['@Bo lunch?', {}, '-somebody-else-addressed -not-addressed'],
  ['lunch, @Bo?', {}, '-not-addressed -not-addressed'],
  ['sure', { by: 'bo', recent: ['ann@bo 1'] }, '-not-addressed -not-addressed'],
  ['thanks', { recent: ['parley>bo 1'] }, '-not-addressed -not-addressed'],
  ['what do you think?', { recent: ['ann 3', 'parley>ann 2', 'bo 1'] }, '-not-addressed -not-addressed'],
  ['did you see that?', { by: 'bo', recent: ['ann 3', 'parley>ann 2'] }, '-not-addressed -not-addressed'],
  ['me too', { by: 'cy', here: 'ann bo cy', recent: ['ann 3', 'parley>ann 2'] }, '-not-addressed -not-addressed'],
  ['mail me at ann@scout.example', {}, '-not-addressed -not-addressed'],
  ['parley@example.com bounced', {}, '-not-addressed -not-addressed'],
  ['a parley was held', {}, '-not-addressed -not-addressed'],
  ['the scouts and @scouts are here', {}, '-not-addressed -not-addressed'],
  ['@parleying is a word', {}, '-not-addressed -not-addressed'],
  ['Parley, what is this?', {}, '-not-addressed -not-addressed'],
  ['`@Parley` is how you call it', {}, '-not-addressed -not-addressed'],
  ['```\n@Parley run\n```', {}, '-not-addressed -not-addressed'],
  ['~~~sh\necho @scout\n~~~\nthat is it', {}, '-not-addressed -not-addressed'],
  ['```\n@Parley', {}, '-not-addressed -not-addressed'],
  ['> @Parley what is this?\nasked long ago', {}, '-not-addressed -not-addressed'],
  ['  > @Scout find\n> more', {}, '-not-addressed -not-addressed'],
  ['I agree', { replyTo: 'bo' }, '-somebody-else-addressed -not-addressed'],
  ['Cy, are you coming?', { here: 'ann bo' }, '-not-addressed -not-addressed'],
  ['Cy, are you coming?', { here: 'ann cy' }, '-somebody-else-addressed -not-addressed'],
  ['田中さん、お昼は？', { here: 'ann tanaka' }, '-somebody-else-addressed -not-addressed'],
  ['田中、お昼は？', { here: 'ann tanaka' }, '-somebody-else-addressed -not-addressed'],
  ['سارة، الغداء؟', { here: 'ann sara' }, '-somebody-else-addressed -not-addressed'],
  ['\u200fנועה, ארוחה?', { here: 'ann noa' }, '-somebody-else-addressed -not-addressed'],
  ['민수님, 점심?', { here: 'ann minsu' }, '-somebody-else-addressed -not-addressed'],
  ['zoë, lunch?', { here: 'ann zoe' }, '-somebody-else-addressed -not-addressed'],
  ['Smith, Jo, lunch?', { here: 'ann smith' }, '-somebody-else-addressed -not-addressed'],
  ['Will, lunch?', { here: 'ann will' }, '-somebody-else-addressed -not-addressed'],
  ['Will you come, Bo?', { here: 'ann bo will' }, '-not-addressed -not-addressed'],
  ['@Cy what now?', { here: 'ann bo' }, '-somebody-else-addressed -not-addressed'],
  ['@cy young, what now?', { here: 'ann bo' }, '-somebody-else-addressed -not-addressed'],
  ['@nobody what now?', {}, '-not-addressed -not-addressed'],
]

const FOLLOW_UPS: readonly Row[] = [
  ['and in winter?', { recent: ['ann 3', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 10'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 10:01'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 0'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['bo 4', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 5', 'ann 4', 'ann 3'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 5', 'bo 4', 'ann 3'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 5', 'bo! 4'] }, 'follow-up -not-addressed'],
  ['and in winter?', { recent: ['parley>ann#m 5', 'bo#m 4'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['parley>ann! 2'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 3', 'parley>bo 2'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['parley>ann 3', 'scout>bo 2'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['scout>ann 2'] }, '-not-addressed -not-addressed'],
  ['and in winter?', { recent: ['scout>ann 2'], agents: 'parley:auto scout:auto' }, '-not-addressed follow-up'],
  ['and in winter?', { recent: ['parley>ann 9', 'ann 3', 'scout>ann 2'], agents: 'parley:auto scout:auto' }, '-not-addressed follow-up'],
  ['and in winter?', { recent: ['parley>ann 2'], agents: 'parley:mention' }, '-not-addressed'],
  ['and in winter?', { recent: ['parley>ann 2'], agents: 'parley:off' }, '-off'],
  // Two were asked at once: the first in the room's order goes on.
  ['which is cheaper?', { recent: ['ann 3', 'parley>ann#m 2', 'scout>ann#m 1'], agents: 'parley:auto scout:auto' }, 'follow-up -another-answers'],
  ['which is cheaper?', { recent: ['ann 3', 'scout>ann#m 2', 'parley>ann#m 1'], agents: 'scout:auto parley:auto' }, 'follow-up -another-answers'],
  // Parley had asked Scout, for Ann.
  ['and cheaper?', { recent: ['ann 4', 'parley>ann#m 3', 'scout>parley#m 2'] }, 'follow-up -not-addressed'],
  ['and cheaper?', { recent: ['ann 4', 'parley>ann#m 3', 'scout>parley#other 2'] }, '-not-addressed -not-addressed'],
  ['and cheaper?', { recent: ['parley>ann#m 4', 'scout>parley#m 3', 'bo 2'] }, '-not-addressed -not-addressed'],
  // To somebody else.
  ['@Bo did that work?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['did that work, @Bo?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['Bo, did that work?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['BO， did that work?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['Ann, that is me, agrees', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['Cy, did that work?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['Boston, and then?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['Bo and I, what then?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['Hi Bo, did that work?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['Scout, did that work?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['Parley, and in winter?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['that works', { recent: ['parley>ann 2'], replyTo: 'bo' }, '-somebody-else-addressed -not-addressed'],
  ['that works', { recent: ['parley>ann 2'], replyTo: 'ann' }, 'follow-up -not-addressed'],
  ['that works', { recent: ['parley>ann 2'], replyTo: 'removed' }, '-somebody-else-addressed -not-addressed'],
  ['> lunch at noon?\nyes', { recent: ['bo 5: lunch at noon?', 'parley>ann 2: Paris.'] }, '-somebody-else-addressed -not-addressed'],
  ['> at noon then, or a bit\nyes', { recent: ['bo 5: Meet at noon then, or a bit later', 'parley>ann 2'] }, '-somebody-else-addressed -not-addressed'],
  ['> noon\nwhich noon?', { recent: ['bo 5: lunch at noon?', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['> Paris.\nreally?', { recent: ['bo 5: lunch at noon?', 'parley>ann 2: Paris.'] }, 'follow-up -not-addressed'],
  ['> what I said before\nand so on', { recent: ['ann 5: what I said before', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['> from a book that nobody here wrote\nis it true?', { recent: ['bo 5: lunch?', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['> Bo, yes\nyes or no?', { recent: ['parley>ann 2: Bo, yes'] }, 'follow-up -not-addressed'],
  ['```\n> lunch at noon?\n```\nwhat is this?', { recent: ['bo 5: lunch at noon?', 'parley>ann 2'] }, 'follow-up -not-addressed'],
  ['mail bo@example.com about it', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['`@Bo` is a decorator, right?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['@media print, how?', { recent: ['parley>ann 2'] }, 'follow-up -not-addressed'],
  ['田中さん、どう？', { recent: ['parley>ann 2'], here: 'ann tanaka' }, '-somebody-else-addressed -not-addressed'],
  ['田中さんはどう？', { recent: ['parley>ann 2'], here: 'ann tanaka' }, 'follow-up -not-addressed'],
  ['@田中 どう？', { recent: ['parley>ann 2'], here: 'ann tanaka' }, '-somebody-else-addressed -not-addressed'],
  ['سارة، ما رأيك؟', { recent: ['parley>ann 2'], here: 'ann sara' }, '-somebody-else-addressed -not-addressed'],
  ['נועה ומה עכשיו?', { recent: ['parley>ann 2'], here: 'ann noa' }, 'follow-up -not-addressed'],
  ['@Scout what about you?', { recent: ['parley>ann 2'] }, '-somebody-else-addressed mention'],
  ['@Parley go on', { recent: ['parley>ann 2'] }, 'mention -not-addressed'],
]

const CALLED: readonly Row[] = [
  ['@Parley hello', {}, 'mention -not-addressed'],
  ['@parley', {}, 'mention -not-addressed'],
  ['hello @PARLEY!', {}, 'mention -not-addressed'],
  ['＠Parley 你好', {}, 'mention -not-addressed'],
  ["that is @parley's job", {}, 'mention -not-addressed'],
  ['@Scout, @Parley: compare', {}, 'mention mention'],
  ['@Scout and @Scout', {}, '-somebody-else-addressed mention'],
  ['@Bo and @Scout?', {}, '-somebody-else-addressed mention'],
  ['Bo, what does @Scout say?', {}, '-somebody-else-addressed mention'],
  ['what does @Scout say?', { here: 'ann' }, '-somebody-else-addressed mention'],
  ['@The Critic look', { agents: 'parley:auto critic:mention' }, '-somebody-else-addressed mention'],
  ['@critic look', { agents: 'parley:auto critic:mention' }, '-somebody-else-addressed mention'],
  ['@the critic, look', { agents: 'parley:auto critic:mention' }, '-somebody-else-addressed mention'],
  ['@the critics are right', { agents: 'parley:auto critic:mention' }, '-not-addressed -not-addressed'],
  ['@ゆきさん こんにちは', { agents: 'parley:auto yuki:mention' }, '-somebody-else-addressed mention'],
  ['@yuki hello', { agents: 'parley:auto yuki:mention' }, '-somebody-else-addressed mention'],
  ['@Builder, @build', { agents: 'parley:auto build:mention' }, '-somebody-else-addressed mention'],
  ['@builders here', { agents: 'build:mention' }, '-not-addressed'],
  ['@Scоut with a Russian о', {}, '-somebody-else-addressed mention'],
  ['@Parley hello', { agents: 'parley:off' }, '-off'],
  ['@Parley hello', { agents: 'parley:mention' }, 'mention'],
  ['@Parley hello', { agents: 'parley:always' }, 'mention'],
  ['> @Scout find\n@Parley do it', {}, 'mention -not-addressed'],
  ['```\n@Scout\n```\n@Parley explain', {}, 'mention -not-addressed'],
  ['a lone ` and @Scout', {}, '-somebody-else-addressed mention'],
  ['go on', { replyTo: 'parley' }, 'reply-to -not-addressed'],
  ['go on', { replyTo: 'scout' }, '-somebody-else-addressed reply-to'],
  ['go on', { replyTo: 'parley', agents: 'parley:off' }, '-off'],
  ['go on', { replyTo: 'parley', agents: 'parley:mention' }, 'reply-to'],
  ['go on', { replyTo: 'parley', recent: ['parley>bo 90'] }, 'reply-to -not-addressed'],
  ['@Parley go on', { replyTo: 'parley' }, 'mention -not-addressed'],
  ['what does @Scout say to this?', { replyTo: 'parley' }, 'reply-to mention'],
  ['@Scout is this right?', { replyTo: 'parley' }, '-somebody-else-addressed mention'],
  ['@Bo is this right?', { replyTo: 'parley' }, '-somebody-else-addressed -not-addressed'],
  ['Bo, is this right?', { replyTo: 'parley' }, '-somebody-else-addressed -not-addressed'],
  ['is this right? @Bo', { replyTo: 'parley' }, 'reply-to -not-addressed'],
  ['@Scout and this?', { replyTo: 'bo' }, '-somebody-else-addressed mention'],
]

const EVERYTHING: readonly Row[] = [
  ['hello', { agents: 'parley:always scout:mention' }, 'every -not-addressed'],
  ['hello', { agents: 'parley:always scout:always' }, 'every -another-answers'],
  ['hello', { agents: 'scout:always parley:always' }, 'every -another-answers'],
  ['hello', { agents: 'scout:off parley:always' }, '-off every'],
  ['@Bo lunch?', { agents: 'parley:always' }, '-somebody-else-addressed'],
  ['  @bo lunch?', { agents: 'parley:always' }, '-somebody-else-addressed'],
  ['Bo, lunch?', { agents: 'parley:always' }, '-somebody-else-addressed'],
  ['lunch, @Bo?', { agents: 'parley:always' }, 'every'],
  ['@Cy lunch?', { agents: 'parley:always', here: 'ann bo' }, '-somebody-else-addressed'],
  ['@Annie lunch?', { agents: 'parley:always' }, 'every'],
  ['yes', { agents: 'parley:always', replyTo: 'bo' }, '-somebody-else-addressed'],
  ['yes', { agents: 'parley:always', replyTo: 'parley' }, 'reply-to'],
  ['yes', { agents: 'parley:always', recent: ['parley>ann 2'] }, 'every'],
  ['> lunch at noon?\nwhat is noon?', { agents: 'parley:always', recent: ['bo 2: lunch at noon?'] }, 'every'],
  ['@Scout look', { agents: 'parley:always scout:mention' }, '-somebody-else-addressed mention'],
  ['what does @Scout say?', { agents: 'parley:always scout:mention' }, '-somebody-else-addressed mention'],
  ['what does @Scout say?', { agents: 'parley:always scout:off' }, 'every -off'],
  ['@Scout look', { agents: 'parley:always scout:off' }, '-somebody-else-addressed -off'],
  ['more', { agents: 'parley:always scout:auto', recent: ['ann 3', 'scout>ann 2'] }, 'every -another-answers'],
  ['more', { agents: 'scout:auto parley:always', recent: ['ann 3', 'scout>ann 2'] }, 'follow-up -another-answers'],
  ['more', { agents: 'scout:auto parley:always', recent: ['bo 3'] }, '-not-addressed every'],
  // Two people in a direct exchange.
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@bo 1'] }, '-between-people'],
  ['at noon then', { agents: 'parley:always', recent: ['ann@bo 2', 'bo 1'] }, '-between-people'],
  ['or at one', { agents: 'parley:always', recent: ['ann@bo 3', 'bo 2', 'ann 1'] }, '-between-people'],
  ['hello?', { agents: 'parley:always', recent: ['ann@bo 1'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@bo 10:01'] }, 'every'],
  ['and you?', { agents: 'parley:always', recent: ['ann@bo 12', 'bo 11'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@bo 2', 'cy 1'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'cy', recent: ['ann@bo 2'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@bo 3', 'parley>cy 1'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@cy 2'] }, 'every'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann 2'] }, 'every'],
  ['and more', { agents: 'scout:always parley:mention', recent: ['ann@parley 3', 'parley>ann 2'] }, 'every -not-addressed'],
  ['sure', { agents: 'parley:always', by: 'bo', recent: ['ann@parley 2'] }, 'every'],
  ['sure. @Parley, where?', { agents: 'parley:always', by: 'bo', recent: ['ann@bo 1'] }, 'mention'],
]

const BY_AGENTS: readonly Row[] = [
  ['@Scout please find it', { by: 'parley' }, 'agent-mention'],
  ['Scout, please find it', { by: 'parley' }, '-not-addressed'],
  ['I am done', { by: 'parley' }, '-not-addressed'],
  ['@Scout please find it', { by: 'parley', unfinished: true }, ''],
  ['@Parley, that is me', { by: 'parley' }, '-not-addressed'],
  ['I am @Parley and ask @Scout', { by: 'parley' }, 'agent-mention'],
  ['@Scout @Scout @Scout', { by: 'parley' }, 'agent-mention'],
  ['@scout find it', { by: 'parley', agents: 'parley:auto scout:off' }, '-off'],
  ['`@Scout` is how you ask', { by: 'parley' }, '-not-addressed'],
  ['> @Scout find it\nThat was asked.', { by: 'parley' }, '-not-addressed'],
  ['@Parley, here it is', { by: 'scout', agents: 'parley:always scout:always' }, 'agent-mention'],
  ['here it is', { by: 'scout', agents: 'parley:always scout:always' }, '-not-addressed'],
  ['here it is', { by: 'scout', replyTo: 'parley', agents: 'parley:always scout:always' }, '-not-addressed'],
  ['@Scout @critic @build all', { by: 'parley', agents: 'parley scout critic build:off' }, 'agent-mention agent-mention -off'],
  ['@Scout look', { by: 'removed' }, '-not-addressed agent-mention'],
]

describe.each([
  ['alone', ALONE],
  ['among people', AMONG_PEOPLE],
  ['following up', FOLLOW_UPS],
  ['called', CALLED],
  ['always', EVERYTHING],
  ['by agents', BY_AGENTS],
])('[R120] [R121] %s', (_group, rows) => {
  test.each(rows)('%j in %j is decided %j', (text, scene, expected) => {
    expect(heard(text, scene)).toBe(expected)
  })
})

test('[R120] the tables hold at least 150 cases, half of them among several people', () => {
  const rows = [...ALONE, ...AMONG_PEOPLE, ...FOLLOW_UPS, ...CALLED, ...EVERYTHING, ...BY_AGENTS]
  expect(rows.length).toBeGreaterThanOrEqual(150)
  const several = rows.filter(([, { here = 'ann bo', by = 'ann' }]) => here.includes(' ') && by in { ann: 0, bo: 0, cy: 0 })
  expect(several.length).toBeGreaterThan(rows.length / 2)
})

test('[R120] every decision names its agent, in the order of the room, and every answer who wanted it', () => {
  const message = { author: authorOf('bo'), text: '@Scout hi', at: NOW, replyTo: null, isFinished: true }
  expect(engagement(message, factsOf({}))).toEqual([
    { agent: 'parley', answers: false, hold: 'somebody-else-addressed' },
    { agent: 'scout', answers: true, why: { rule: 'mention', by: 'bo' } },
  ])
})

test('[R121] agents that are listed among those who are here are no company', () => {
  const facts = { ...factsOf({ here: 'ann' }), present: [...factsOf({ here: 'ann' }).present, ...agentsOf('parley:auto scout:mention')] }
  const message = { author: authorOf('ann'), text: 'hello', at: NOW, replyTo: null, isFinished: true }
  expect(engagement(message, facts)[0]).toEqual({ agent: 'parley', answers: true, why: { rule: 'alone', by: 'ann' } })
})

test.each([
  ['asked', 'off', 'ann', { agent: 'scout', answers: true, why: { rule: 'asked', by: 'ann' } }],
  ['asked', 'mention', 'ann', { agent: 'scout', answers: true, why: { rule: 'asked', by: 'ann' } }],
  ['agent-asked', 'mention', 'parley', { agent: 'scout', answers: true, why: { rule: 'agent-asked', by: 'parley' } }],
  ['agent-asked', 'off', 'parley', { agent: 'scout', answers: false, hold: 'off' }],
  ['agent-asked', 'mention', 'scout', null],
  ['schedule', 'auto', 'ann', { agent: 'scout', answers: true, why: { rule: 'schedule', by: 'ann' } }],
  ['schedule', 'off', 'ann', { agent: 'scout', answers: false, hold: 'off' }],
] as const)('[R120] %s, an agent that is %s answers %s as it should', (rule, mode, by, expected) => {
  expect(called({ rule, agent: authorOf('scout').id, by: authorOf(by).id }, agentsOf(`parley:auto scout:${mode}`))).toEqual(expected)
})

test('[R120] an agent that is not in the room is asked in vain', () => {
  expect(called({ rule: 'asked', agent: authorOf('gone').id, by: authorOf('ann').id }, agentsOf('parley:auto'))).toBeNull()
})

test('[R121] an edit of what was quoted, a letter of another case and more spaces make no quotation of it', () => {
  const recent = ['bo 5: Lunch  at noon, on the square?', 'parley>ann 2']
  expect(heard('> Lunch at noon, on the square?\nyes', { recent })).toBe('-somebody-else-addressed -not-addressed')
  expect(heard('> dinner at noon, on the moon?\nyes', { recent })).toBe('follow-up -not-addressed')
})

test('[R41] the longest message, twelve agents, two hundred people and two hundred messages are decided in little time', () => {
  const crowd = Array.from({ length: 200 }, (_, at) => ({ id: authorOf(`p${at}`).id, name: `Persön ${at} ${'ж'.repeat(at % 30)}`, kind: 'person' as const }))
  const agents = Array.from({ length: 12 }, (_, at) =>
    agentsOf('parley:auto').map((agent) => ({ ...agent, id: authorOf(`a${at}`).id, handle: `agent-${at}`, name: `Agént ${at}` })),
  ).flat()
  const recent = Array.from({ length: MOST_RECENT }, (_, at) => ({ author: authorOf('ann'), at: NOW - at, isSaid: true, text: 'ab '.repeat(700) }))
  const facts = { ...factsOf({}), agents, people: [...crowd, ...EVERYBODY], present: crowd, recent }
  const texts = [
    '@Persön ж'.repeat(3_500),
    '> ab ab ab ab ab\n'.repeat(1_800),
    `${'`'.repeat(16_000)}${'@'.repeat(16_000)}`,
    `${'ж'.repeat(100)}, ${'@'.repeat(31_000)}`,
    `${' '.repeat(31_990)}>`,
    ' >'.repeat(16_000),
    '\u200f'.repeat(32_000),
    '>\n'.repeat(16_000),
  ]
  const before = process.cpuUsage()
  for (const text of texts) expect(heardIn(text.slice(0, 32_000))).toHaveLength(12)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000 / texts.length).toBeLessThan(100)

  function heardIn(text: string) {
    return engagement({ author: authorOf('ann'), text, at: NOW, replyTo: null, isFinished: true }, facts)
  }
})
