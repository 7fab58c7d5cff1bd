import type { InboundEvent } from '../event.ts'
import { applyTemplates } from './fields.ts'
import type { Processed, Processing } from './model.ts'
import { applyRules } from './rules.ts'
import type { ProcessingContext } from './variables.ts'

/**
 * What an alert source's templates and rules make of an event: the templates first, then the rules in their order, each
 * on what is left by those before it. Never throws; what fails is skipped and said, because an event must not be lost
 * over it.
 */
export async function processEvent(
  event: InboundEvent,
  { templates, rules }: Processing,
  context: ProcessingContext,
): Promise<Processed> {
  const templated = await applyTemplates(event, templates, context)
  const ruled = applyRules(templated.event, rules, context)
  return { ...ruled, priority: ruled.priority ?? templated.priority, steps: [...templated.steps, ...ruled.steps] }
}
