import { type ChildProcess, spawn } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { basename } from 'node:path'

/**
 * Makes every workerd that this process starts end with it. A workerd whose parent is killed lives on: it keeps the port
 * and the state, and goes on answering and firing alarms, so that the next start fails.
 *
 * Each workerd gets a guard that waits for the end of a pipe whose other end this process holds. The system closes it
 * however the process ends; the guard, in a process group of its own, then kills the workerd.
 */
export function endWorkerdWithThisProcess(): void {
  // There is no such shell on Windows, where a workerd left behind has to be ended by hand.
  if (process.platform === 'win32' || subscribed) return
  subscribed = true
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess }
    child.once('spawn', () => {
      if (basename(child.spawnfile) === 'workerd' && child.pid !== undefined) guard(child, child.pid)
    })
  })
}

let subscribed = false

function guard(workerd: ChildProcess, pid: number): void {
  const guardian = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$0"', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guardian.unref()
  // Otherwise the number could be another process's by the time this one ends.
  workerd.once('exit', () => guardian.kill('SIGKILL'))
}
