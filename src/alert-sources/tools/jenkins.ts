import type { Payload } from './payload.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

const FAILED = new Map([
  ['FAILURE', 2],
  ['UNSTABLE', 3],
])

/** Jenkins' Notification plugin (its page at plugins.jenkins.io), in JSON. The other phases come before there is a result. */
export const jenkins: Tool = {
  id: 'jenkins',
  name: 'Jenkins',
  category: 'development',
  keywords: ['ci', 'cd', 'build', 'pipeline', 'cloudbees'],
  resolves: true,
  about: 'Builds of Jenkins, by its Notification plugin. A job’s next successful build resolves.',
  setup: ({ url }) => [
    {
      text: 'Install the **Notification** plugin. In a freestyle job, add a **Notification Endpoint** with the format JSON, the protocol HTTP, the event **Job Finalized**, and this URL.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'In a pipeline, report the result at its end instead.',
      snippet: {
        language: 'text',
        code: `post {
  always {
    writeFile file: 'tocsin.json', text: groovy.json.JsonOutput.toJson([
      name: env.JOB_NAME,
      build: [full_url: env.BUILD_URL, number: env.BUILD_NUMBER, phase: 'FINALIZED', status: currentBuild.currentResult]
    ])
    sh "curl -sS -H 'Content-Type: application/json' --data @tocsin.json '${url}'"
  }
}`,
        caption: 'Jenkinsfile',
      },
    },
  ],
  read: (request) => readBuild(request.json()),
  sample: {
    body: JSON.stringify({
      name: 'shop',
      display_name: 'shop',
      url: 'job/shop/',
      build: {
        full_url: 'https://jenkins.example.com/job/shop/18/',
        number: 18,
        phase: 'FINALIZED',
        status: 'FAILURE',
        url: 'job/shop/18/',
        scm: { url: 'https://git.example.com/shop.git', branch: 'origin/main', commit: 'c6d86dc654b12425e706bcf9' },
      },
    }),
  },
}

function readBuild(payload: Payload): Reading {
  const build = payload.at('build')
  const name = payload.firstText('display_name', 'name')
  if (!build.isObject() || !(name ?? payload.text('url')))
    throw new Unreadable('build is missing: this is not the JSON of Jenkins’ Notification plugin.', 'build')
  const status = build.text('status')?.toUpperCase()
  // While a build runs, its status is that of the one before.
  const phase = build.text('phase')?.toUpperCase() ?? 'FINALIZED'
  if (phase !== 'COMPLETED' && phase !== 'FINALIZED') return { events: [], ignored: `The build is ${phase}.` }
  const level = FAILED.get(status ?? '')
  if (!level && status !== 'SUCCESS') return { events: [], ignored: `The build’s result is ${status ?? 'not known'}.` }
  const number = build.text('number')
  const fullUrl = build.text('full_url')
  const job = payload.text('name') ?? name
  return {
    events: [
      {
        type: level ? 'ALERT' : 'RESOLVE',
        key: jobAddress(fullUrl, number) ?? payload.text('url') ?? job,
        summary: level ? `${name ?? 'A job'}${number ? ` #${number}` : ''} ${status?.toLowerCase()}` : '',
        details: build.text('log') ?? build.text('notes'),
        severity: level ? status?.toLowerCase() : null,
        severityLevel: level ?? null,
        links: [{ href: fullUrl, text: 'Build' }],
        labels: { job, branch: build.text('scm', 'branch') },
      },
    ],
  }
}

/** The build's address without its number: with two Jenkins, the job's name alone would not do. */
function jobAddress(fullUrl: string | null, number: string | null): string | null {
  const ending = `/${number}/`
  return number && fullUrl?.endsWith(ending) ? fullUrl.slice(0, -ending.length + 1) : null
}
