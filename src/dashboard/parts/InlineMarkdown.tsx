import { Fragment, type ReactNode } from 'react'

const TOKENS = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(https:\/\/[^)\s]+\))/

/** A sentence with **bold**, `code` and [links](https://…), as set-up steps are written. Anything else is shown as it is. */
export function InlineMarkdown({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
  return text.split(TOKENS).map((part, index) => <Fragment key={index}>{rendered(part)}</Fragment>)
}

function rendered(part: string): ReactNode {
  if (part.startsWith('**') && part.endsWith('**') && part.length > 4) return <strong>{part.slice(2, -2)}</strong>
  if (part.startsWith('`') && part.endsWith('`') && part.length > 2) return <code>{part.slice(1, -1)}</code>
  const link = /^\[([^\]]+)\]\((https:\/\/[^)\s]+)\)$/.exec(part)
  return link ? (
    <a href={link[2]} rel="noreferrer noopener" target="_blank">
      {link[1]}
    </a>
  ) : (
    part
  )
}
