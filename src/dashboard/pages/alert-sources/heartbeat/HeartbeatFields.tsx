import { Input, SegmentedControl, Stack, TextInput } from '@mantine/core'
import type { FormErrors } from '@mantine/form'
import type * as z from 'zod'
import type { heartbeatInput } from '../../../../api/schemas/alert-source.ts'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { TimeZoneInput } from '../../../parts/TimeZoneInput.tsx'
import { ExpectedTimes } from './ExpectedTimes.tsx'
import { SecondsInput } from './SecondsInput.tsx'

export type HeartbeatValue = z.input<typeof heartbeatInput>

/** What a new heartbeat begins with. */
export const NEW_HEARTBEAT: HeartbeatValue = {
  intervalSec: 300,
  cron: null,
  timezone: null,
  graceSec: 60,
  summary: null,
}

interface HeartbeatFieldsProps {
  value: HeartbeatValue
  onChange: (value: HeartbeatValue) => void
  /** By path, such as `heartbeat.intervalSec`. */
  errors: FormErrors
}

/** When a heartbeat is expected to ping. */
export function HeartbeatFields({ value, onChange, errors }: HeartbeatFieldsProps) {
  const change = (changed: Partial<HeartbeatValue>) => onChange({ ...value, ...changed })
  const { cron, intervalSec, graceSec, summary } = value
  const timezone = value.timezone ?? ''
  const byCron = typeof cron === 'string'
  return (
    <Stack gap="md">
      <Input.Wrapper label="A ping is expected" labelElement="div">
        <SegmentedControl
          mt={4}
          aria-label="A ping is expected"
          value={byCron ? 'cron' : 'interval'}
          onChange={(way) =>
            change(
              way === 'cron'
                ? { intervalSec: null, cron: '0 2 * * *', timezone: OWN_ZONE }
                : { intervalSec: NEW_HEARTBEAT.intervalSec, cron: null, timezone: null },
            )
          }
          data={[
            { value: 'interval', label: 'Every so often' },
            { value: 'cron', label: 'At times, by cron' },
          ]}
        />
      </Input.Wrapper>
      {byCron ? (
        <>
          <TextInput
            label="Cron expression"
            description="As in the job’s crontab: minute, hour, day of month, month, day of week"
            value={cron}
            onChange={({ currentTarget }) => change({ cron: currentTarget.value })}
            error={errors['heartbeat.cron'] ?? errors['heartbeat.intervalSec']}
            className="mono"
            w={280}
            styles={{ description: { width: 'min(440px, 80vw)' } }}
          />
          <TimeZoneInput
            label="Time zone"
            description="Of the machine that runs the job"
            value={timezone}
            onChange={({ currentTarget }) => change({ timezone: currentTarget.value })}
            error={errors['heartbeat.timezone']}
          />
          <ExpectedTimes cron={cron} timezone={timezone || 'UTC'} />
        </>
      ) : (
        <SecondsInput
          label="Interval"
          description="At most so long after the ping before: 25 seconds to 31 days"
          value={intervalSec ?? null}
          onChange={(seconds) => change({ intervalSec: seconds })}
          error={errors['heartbeat.intervalSec']}
        />
      )}
      <SecondsInput
        label="Grace"
        description={
          byCron
            ? 'So much later is still in time; a run that told its start must end within it'
            : 'So much later is still in time'
        }
        value={graceSec ?? null}
        onChange={(seconds) => change({ graceSec: seconds ?? undefined })}
        error={errors['heartbeat.graceSec']}
      />
      <TextInput
        label="Summary of the incident"
        description="When a ping is missing. Made from the name when empty."
        placeholder="The nightly backup did not report"
        value={summary ?? ''}
        onChange={({ currentTarget }) => change({ summary: currentTarget.value || null })}
        error={errors['heartbeat.summary']}
      />
    </Stack>
  )
}
