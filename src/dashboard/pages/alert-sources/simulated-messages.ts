import type { Simulation } from '../../../api/schemas/simulation.ts'
import { fullName } from '../../data/users.ts'

type Step = Simulation['steps'][number]
type Notification = Extract<Step, { type: 'notification' }>

/** A line of the timeline; what one person is sent at one moment is one line. */
export interface Line {
  at: string
  /** A message to somebody, rather than what happens to the incident. */
  message: boolean
  text: string
}

export function linesOf(steps: Step[]): Line[] {
  const lines: (Line & { last: Step; sent: Notification[] })[] = []
  for (const step of steps) {
    const line = lines.at(-1)
    if (step.type === 'timeline') {
      lines.push({ at: step.at, message: false, text: step.text, last: step, sent: [] })
    } else if (line?.last.type === 'notification' && line.at === step.at && line.last.user.id === step.user.id) {
      line.sent.push(step)
      line.text = textOf(line.sent)
    } else {
      lines.push({ at: step.at, message: true, text: textOf([step]), last: step, sent: [step] })
    }
  }
  return lines.map(({ at, message, text }) => ({ at, message, text }))
}

/** "Ann Smith: push, SMS to …0101" */
function textOf(sent: Notification[]): string {
  const [first] = sent
  const channels = sent.map(({ method, target }) => `${CHANNELS[method]}${target ? ` to ${target}` : ''}`)
  return `${first ? fullName(first.user) : ''}: ${channels.join(', ')}`
}

const CHANNELS = { PUSH: 'push', SMS: 'SMS', VOICE: 'call', EMAIL: 'e-mail', TELEGRAM: 'Telegram' } as const
