// The page in which diagrams are drawn. Its policy makes it an origin of its own, which may run this site's scripts and its own
// one, and load and reach nothing else: a diagram is somebody's text, and the library that reads it is large.

import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { siteOrigin } from '../../auth/origin'

/** Says when it is ready; draws what it is sent, and sends back the SVG and its size, or why there is none. */
const SCRIPT = `
let ready
// Slices and bars that are told apart on light and on dark ground, with dark words in them; the ground is the page's.
const colours = ['#7aa7dc', '#e3a857', '#7fbf8e', '#e08f86', '#b7a2de', '#6fc2bf', '#cdb955', '#e59cc2', '#9fabb8', '#a6c870', '#d7a878', '#93bce2']
const variables = (dark) => {
  const words = dark ? '#e8e6e1' : '#2b2925'
  const axis = { xAxisLabelColor: words, xAxisTitleColor: words, xAxisTickColor: words, xAxisLineColor: words, yAxisLabelColor: words, yAxisTitleColor: words, yAxisTickColor: words, yAxisLineColor: words }
  return {
    ...Object.fromEntries(colours.map((colour, at) => ['pie' + (at + 1), colour])),
    pieOpacity: '1', pieStrokeColor: dark ? '#1d1c1a' : '#ffffff', pieOuterStrokeColor: words, pieSectionTextColor: '#1d1c1a', pieTitleTextColor: words, pieLegendTextColor: words,
    xyChart: { backgroundColor: 'transparent', titleColor: words, plotColorPalette: colours.join(','), ...axis },
  }
}
const load = (src) => new Promise((resolve, reject) => {
  const script = document.createElement('script')
  script.src = src
  script.onload = resolve
  script.onerror = () => reject(new Error('the library could not be had'))
  document.head.append(script)
})
addEventListener('message', async ({ source, data: { script, code, dark } }) => {
  if (source !== parent) return
  try {
    await (ready ??= load(script))
    mermaid.initialize({
      startOnLoad: false, securityLevel: 'strict', htmlLabels: false, flowchart: { htmlLabels: false }, class: { htmlLabels: false },
      maxTextSize: 8000, maxEdges: 200, theme: dark ? 'dark' : 'default', themeVariables: variables(dark), fontFamily: 'system-ui, sans-serif', suppressErrorRendering: true,
      secure: ['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'htmlLabels', 'flowchart', 'fontFamily', 'theme', 'themeCSS', 'suppressErrorRendering'],
    })
    const { svg } = await mermaid.render('diagram', code)
    const drawn = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg')
    const [, , width, height] = drawn.getAttribute('viewBox').split(/[ ,]+/).map(Number)
    drawn.setAttribute('width', width)
    drawn.setAttribute('height', height)
    parent.postMessage({ svg: new XMLSerializer().serializeToString(drawn), width, height }, '*')
  } catch (error) {
    parent.postMessage({ error: String(error) }, '*')
  }
})
parent.postMessage('ready', '*')
`

export function diagramFrame({ request }: Pick<RequestInfo, 'request'>): Response {
  // While developing, scripts stand anywhere.
  const scripts = `${siteOrigin(request, env)}${import.meta.env.DEV ? '' : '/assets/'}`
  const nonce = crypto.randomUUID()
  const policy = [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${scripts}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ]
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diagrams</title></head><body><script nonce="${nonce}">${SCRIPT}</script></body></html>`
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.join('; '),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
