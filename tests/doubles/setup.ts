import type { TestProject } from 'vitest/node'
import { startDouble } from './double.ts'
import { startSmtpDoubles } from './smtp.ts'

/** Runs in Node beside the tests inside the Workers runtime. */
export default async function setup(project: TestProject) {
  const { url, stop } = await startDouble()
  project.provide('carriers', url)
  const smtp = await startSmtpDoubles()
  project.provide('smtp', smtp.doubles)
  return () => {
    stop()
    smtp.stop()
  }
}
