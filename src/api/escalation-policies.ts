import * as z from 'zod'
import {
  createPolicy,
  deletePolicy,
  findPolicy,
  listPolicies,
  type PolicyFields,
  type StoredPolicy,
  updateLevel,
  updatePolicy,
} from '../directory/escalation-policies.ts'
import type { StoredLevel } from '../directory/schema.ts'
import type { Env } from '../env.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam, paging } from './schemas/common.ts'
import {
  type EscalationPolicy,
  type EscalationPolicyInput,
  escalationPolicy,
  escalationPolicyInput,
  escalationRule,
  levelParams,
} from './schemas/escalation-policy.ts'
import { checkMinutes } from './whole-minutes.ts'

const tags = ['Escalation policies']

export const escalationPolicies = router()

escalationPolicies.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/escalation-policies', tags, summary: 'List escalation policies' },
    request: { query: paging },
    responses: { 200: json(z.array(escalationPolicy), 'One page of escalation policies') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults } = c.req.valid('query')
    return c.json((await listPolicies(c.env, { startIndex, maxResults })).map(present), 200)
  },
)

escalationPolicies.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/escalation-policies', tags, summary: 'Create an escalation policy' },
    request: { body: body(escalationPolicyInput) },
    responses: { 201: json(escalationPolicy, 'The escalation policy') },
  }),
  async (c) => c.json(present(await createPolicy(c.env, fieldsOf(c.env, c.req.valid('json')))), 201),
)

escalationPolicies.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/escalation-policies/{id}', tags, summary: 'Get an escalation policy' },
    request: { params: idParam },
    responses: { 200: json(escalationPolicy, 'The escalation policy') },
  }),
  async (c) => c.json(present(await findPolicy(c.env, c.req.valid('param').id)), 200),
)

escalationPolicies.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/escalation-policies/{id}', tags, summary: 'Replace an escalation policy' },
    request: { params: idParam, body: body(escalationPolicyInput) },
    responses: { 200: json(escalationPolicy, 'The escalation policy afterwards') },
  }),
  async (c) =>
    c.json(present(await updatePolicy(c.env, c.req.valid('param').id, fieldsOf(c.env, c.req.valid('json')))), 200),
)

escalationPolicies.openapi(
  route('administrator', {
    ...{
      method: 'delete',
      path: '/escalation-policies/{id}',
      tags,
      summary: 'Delete an escalation policy that nothing uses',
    },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deletePolicy(c.env, c.req.valid('param').id)
    return c.body(null, 204)
  },
)

escalationPolicies.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/escalation-policies/{id}/levels/{level}', tags, summary: 'Replace one level' },
    request: { params: levelParams, body: body(escalationRule) },
    responses: { 200: json(escalationRule, 'The level afterwards') },
  }),
  async (c) => {
    const { id, level } = c.req.valid('param')
    const rule = c.req.valid('json')
    checkMinutes(c.env, rule.escalationTimeout, 'escalationTimeout')
    const changed = present(await updateLevel(c.env, id, level - 1, storedLevel(rule)))
    return c.json(changed.escalationRules[level - 1] ?? rule, 200)
  },
)

function fieldsOf(
  env: Env,
  { name, escalationRules, repeating, frequency, delayMin }: EscalationPolicyInput,
): PolicyFields {
  checkMinutes(env, delayMin, 'delayMin')
  for (const [index, rule] of escalationRules.entries()) {
    checkMinutes(env, rule.escalationTimeout, `escalationRules[${index}].escalationTimeout`)
  }
  return { name, levels: escalationRules.map(storedLevel), repeating, frequency, delayMinutes: delayMin }
}

function storedLevel({ escalationTimeout, users, schedules }: z.infer<typeof escalationRule>): StoredLevel {
  return {
    timeoutMinutes: escalationTimeout,
    targets: [
      ...users.map(({ id }) => ({ type: 'user' as const, id })),
      ...schedules.map(({ id }) => ({ type: 'schedule' as const, id })),
    ],
  }
}

function present(policy: StoredPolicy): EscalationPolicy {
  const { id, name, repeating, frequency, delayMinutes: delayMin, alertSources } = policy
  return {
    ...{ id, name, repeating, frequency, delayMin, alertSources },
    escalationRules: policy.levels.map(({ timeoutMinutes, targets }) => ({
      escalationTimeout: timeoutMinutes,
      users: targets.flatMap(({ type, id }) => (type === 'user' && policy.users.get(id)) || []),
      schedules: targets.flatMap(({ type, id }) => (type === 'schedule' && policy.schedules.get(id)) || []),
    })),
  }
}
