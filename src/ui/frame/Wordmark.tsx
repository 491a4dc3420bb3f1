// The name and its mark: a person's circle and an agent's square, sharing ground.

export function Wordmark({ size = 'small' }: { readonly size?: 'small' | 'large' }) {
  const large = size === 'large'
  return (
    <span className={`inline-flex items-center font-semibold tracking-tight text-ink ${large ? 'gap-2.5 text-2xl' : 'gap-2 text-lg'}`}>
      <svg aria-hidden="true" viewBox="0 0 32 24" className={large ? 'h-7' : 'h-5'}>
        <rect x="13" y="3" width="18" height="18" rx="4.5" className="fill-agent-fill" />
        <circle cx="11" cy="12" r="10" className="fill-accent" />
        <path d="M13 7.5A4.5 4.5 0 0 1 15.9 3.29A10 10 0 0 1 15.9 20.71A4.5 4.5 0 0 1 13 16.5Z" className="fill-surface" />
      </svg>
      Parley
    </span>
  )
}
