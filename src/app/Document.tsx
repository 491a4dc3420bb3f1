// The page around every page. The stylesheet is linked in the head, so that nothing shows before it is there.
import type { DocumentProps } from 'rwsdk/router'
import styles from '../ui/styles/styles.css?url'

/** Two voices, drawn inline: a file would be one request more for every visitor. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="13" y="8" width="17" height="17" rx="4.5" fill="#8b7cf6"/><circle cx="11" cy="16" r="10" fill="#0f766e"/></svg>',
)}`

export function Document({ children, rw }: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={styles} />
        <link rel="modulepreload" href="/src/client.tsx" />
      </head>
      <body>
        {children}
        <template data-page="" />
        <script nonce={rw.nonce}>import("/src/client.tsx")</script>
      </body>
    </html>
  )
}
