// The same room through another sync engine: plain links, so that each is a page of its own.
import { LANE_TEXT, type LaneLink, type LaneName } from './lane-link'

export function LaneSwitch({ lanes, current }: { readonly lanes: readonly LaneLink[]; readonly current: LaneName }) {
  return (
    <nav aria-label="Sync engine" className="lane-switch">
      {lanes.map(({ name, href }) => (
        <a key={name} href={href} title={LANE_TEXT[name].hint} {...(name === current ? { 'aria-current': 'page' as const } : {})} className="lane-link">
          {LANE_TEXT[name].label}
        </a>
      ))}
    </nav>
  )
}
