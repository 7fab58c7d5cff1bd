import type { TestProject } from 'vitest/node'
import { startDouble } from './double.ts'

/** Runs in Node beside the tests inside the Workers runtime. */
export default async function setup(project: TestProject) {
  const { url, stop } = await startDouble()
  project.provide('carriers', url)
  return stop
}
