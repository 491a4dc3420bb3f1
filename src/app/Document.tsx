// The page around every page. The stylesheet is linked in the head, so that nothing shows before it is there.
import type { DocumentProps } from 'rwsdk/router'
import icon from '../ui/frame/icon.svg?no-inline'
import styles from '../ui/styles/styles.css?url'

export function Document({ children, rw }: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="A chat in which people and AI agents share rooms, and every reply streams live to everyone there." />
        <link rel="icon" href={icon} />
        <link rel="stylesheet" href={styles} />
        {/* A slow machine would show half of a page, and then move it: nothing is shown before the last of what RedwoodSDK puts in. */}
        <link rel="expect" href="#rwsdk-app-end" blocking="render" />
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
