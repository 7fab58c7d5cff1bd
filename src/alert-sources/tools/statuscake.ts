import { presentLabels, presentLinks } from './event-parts.ts'
import { Payload } from './payload.ts'
import { type Tool, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

export const statusCake: Tool = {
  id: 'statuscake',
  otherIds: ['status-cake'],
  name: 'StatusCake',
  category: 'uptime',
  keywords: ['uptime', 'ping'],
  resolves: true,
  acceptsGet: true,
  about: 'Uptime checks of StatusCake that go down and come back.',
  setup: ({ url }) => [
    {
      text: 'In StatusCake open **Contact Groups → New contact group**, enter this as the **Webhook URL** and choose the method **POST**.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Assign the contact group to your uptime checks. StatusCake tells checks apart by their names alone, so give each a name of its own.',
    },
    {
      text: 'Or with Terraform.',
      snippet: {
        language: 'hcl',
        code: `resource "statuscake_contact_group" "tocsin" {
  name     = "Tocsin"
  ping_url = "${url}"
}`,
      },
    },
  ],
  read: (request) => ({ events: [readEvent(fieldsOf(request))] }),
  sample: {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'URL=https%3A%2F%2Fshop.example.com%2F&Token=00000000000000000000000000000000&Name=Shop&StatusCode=503&IP=192.0.2.40&Status=Down&Tags=prod%2Cshop',
  },
}

/**
 * The form's fields; the same in the query where the method is GET. The token is made of the API key and is of no use to
 * anybody who reads an incident.
 */
function fieldsOf(request: ToolRequest): Payload {
  const { Token: _, ...fields } = { ...request.query.texts(), ...request.form().texts() }
  return new Payload(fields)
}

function readEvent(fields: Payload): ToolEvent {
  const status = fields.text('Status')
  if (status === null)
    throw new Unreadable(
      'Status is missing. This address is for the webhook of a contact group of StatusCake.',
      'Status',
    )
  const up = status.toLowerCase() === 'up'
  const url = fields.text('URL')
  const name = fields.text('Name') ?? url ?? 'A check'
  const code = fields.text('StatusCode')
  return {
    type: up ? 'RESOLVE' : 'ALERT',
    key: fields.firstText('Name', 'URL'),
    summary: up ? `${name} is up` : `${name} is ${status.toLowerCase()}${code ? `: status ${code}` : ''}`,
    details: url,
    severity: up ? null : status,
    links: presentLinks({ [name]: url }),
    labels: presentLabels({ check: name, url, ip: fields.text('IP'), tags: fields.text('Tags') }),
    payload: fields.value,
  }
}
