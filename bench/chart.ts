// A line chart as SVG: both axes logarithmic, one line per series, its name at its end.

export interface Series {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

const WIDTH = 640
const HEIGHT = 320
const LINE_HEIGHT = 14
const EDGE = { left: 56, right: 90, top: 36, bottom: 36 }
/** Told apart by people who see no red or green. */
const COLOURS = ['#7a7a7a', '#0b6e4f', '#a14a00', '#3355bb']

export function lineChart(title: string, series: readonly Series[]): string {
  const points = series.flatMap((one) => one.points)
  const x = axis(
    points.map((point) => point.x),
    EDGE.left,
    WIDTH - EDGE.right,
  )
  const y = axis(
    points.map((point) => point.y),
    HEIGHT - EDGE.bottom,
    EDGE.top,
  )
  const ticks = [...new Set(points.map((point) => point.x))].map((value) => text(x(value), HEIGHT - 14, String(value), 'middle'))
  const rows = powers(points.map((point) => point.y)).map(
    (value) =>
      `<path d="M${EDGE.left} ${y(value)}H${WIDTH - EDGE.right}" stroke="#999" stroke-opacity=".3"/>${text(EDGE.left - 8, y(value) + 4, String(value), 'end')}`,
  )
  const ends = apart(series.map(({ points: own }) => y(own.at(-1)?.y ?? 0)))
  const lines = series.map(({ name, points: own }, at) => {
    const colour = COLOURS[at % COLOURS.length]
    const last = own.at(-1)
    const path = own.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('')
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.5"/>${last ? text(x(last.x) + 8, (ends[at] ?? 0) + 4, name, 'start', colour) : ''}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${title}"><rect width="100%" height="100%" fill="#fff"/>${text(EDGE.left, 20, title, 'start', '#222')}${text(WIDTH - EDGE.right + 24, HEIGHT - 14, 'clients', 'start')}${rows.join('')}${ticks.join('')}${lines.join('')}</svg>\n`
}

/** Heights of names, moved down where two would stand on each other. */
function apart(heights: readonly number[]): readonly number[] {
  const placed = [...heights]
  let free = -Infinity
  for (const at of [...heights.keys()].sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))) {
    placed[at] = Math.max(heights[at] ?? 0, free)
    free = (placed[at] ?? 0) + LINE_HEIGHT
  }
  return placed
}

function axis(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.max(1, Math.min(...values))), Math.log(Math.max(2, ...values))]
  return (value) => from + ((Math.log(Math.max(1, value)) - low) / (high - low || 1)) * (to - from)
}

function powers(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.max(1, Math.min(...values)), Math.max(...values)]
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000].filter((value) => value >= low && value <= high)
}

function text(x: number, y: number, words: string, anchor: string, colour = '#555'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`
}
