// The few icons that the room uses, drawn in the text's colour. Always beside words or inside a named button.

const PATHS = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M7 7h10v10H7z',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  rich: 'M9 9h10v10H9zM5 15V5h10M12 12.5h4M14 12.5v3.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  reply: 'M9 7 4 12l5 5M4.5 12H14a6 6 0 0 1 6 6',
  retry: 'M19 12a7 7 0 1 1-2.1-5M19 4v4h-4',
  edit: 'M5 19h3.5L19 8.5 15.5 5 5 15.5z',
  lock: 'M7 11h10v8H7zM9 11V8a3 3 0 0 1 6 0v3',
  hash: 'M6 9h13M5 15h13M10 5 8 19M16 5l-2 14',
  people: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 19a5.5 5.5 0 0 1 11 0M16 5.4a3 3 0 0 1 0 5.2M17.5 14a5.5 5.5 0 0 1 3 5',
  warn: 'M12 8v5M12 16.5h.01M12 3.5 2.8 19.5h18.4z',
  chevron: 'M9 6l6 6-6 6',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, className = 'size-5' }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" {...(name === 'more' ? { 'data-icon': name } : {})} className={`icon ${className}`}>
      <path d={PATHS[name]} />
    </svg>
  )
}
