import type { SupportHours } from '../../../api/schemas/support-hours.ts'
import { Section } from '../../parts/Page.tsx'
import { exceptionTimesText } from './hours-text.ts'
import { WeekAtAGlance } from './WeekAtAGlance.tsx'

/** What support hours say, for those who can't change them. */
export function SupportHoursView({ hours: { supportDays, exceptions, timezone } }: { hours: SupportHours }) {
  return (
    <>
      <Section title={`Week, in ${timezone}`}>
        <WeekAtAGlance week={supportDays} />
      </Section>
      {exceptions.length > 0 && (
        <Section title="Exceptions">
          <ul className="plain">
            {exceptions.map((exception, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are only read, and two may be the same
              <li key={index}>
                {exception.name}: {exceptionTimesText(exception)},{' '}
                {exception.supportStatus === 'DURING' ? 'during support hours' : 'outside support hours'}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
