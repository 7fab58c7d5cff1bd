import type { Incident } from '../../../api/schemas/incident.ts'
import { LinkIcon } from '../../parts/icons.tsx'
import { Section } from '../../parts/Page.tsx'
import classes from './Content.module.css'

/** What the tool wrote about it. All of it comes from outside: shown as text, and links only where they lead to the web. */
export function Content({ incident: { details, links, images, customDetails } }: { incident: Incident }) {
  return (
    <>
      {details && (
        <Section title="Details">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div className={classes.details} tabIndex={0}>
            {details}
          </div>
        </Section>
      )}
      {links.length > 0 && (
        <Section title="Links">
          <ul className={classes.links}>
            {links.map(({ href, text }) => (
              <li key={`${href} ${text}`}>
                <OutsideLink href={href}>{text || href}</OutsideLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {images.length > 0 && (
        <Section title="Images">
          <div className={classes.images}>
            {images.map(({ src, href, alt }) => {
              const image = isWeb(src) && <img src={src} alt={alt ?? ''} loading="lazy" referrerPolicy="no-referrer" />
              return (
                <figure key={`${src} ${href}`}>
                  {isWeb(href) ? <OutsideLink href={href}>{image || alt || href}</OutsideLink> : image}
                </figure>
              )
            })}
          </div>
        </Section>
      )}
      {customDetails && Object.keys(customDetails).length > 0 && (
        <Section title="Custom details">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={classes.json} tabIndex={0}>
            {JSON.stringify(customDetails, null, 2)}
          </pre>
        </Section>
      )}
    </>
  )
}

function OutsideLink({ href, children }: { href: string; children: React.ReactNode }) {
  if (!isWeb(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children} <LinkIcon width="0.9em" height="0.9em" />
    </a>
  )
}

const isWeb = (address: string | undefined): address is string => /^https?:\/\//i.test(address ?? '')
