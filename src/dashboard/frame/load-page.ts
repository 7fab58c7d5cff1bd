const RETRY_MS = 2000
const RELOADED_AT = 'reloaded-for-missing-page'
const RELOAD_AT_MOST_EVERY_MS = 60_000

/**
 * Fetches the code of a page. A lost connection is waited out. When the server is there and the file is not, a deployment
 * has replaced it, and loading the dashboard anew gets the new one.
 */
export async function loadPage<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load()
    } catch (error) {
      if (!(await serverAnswers())) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      else if (reloadedLately()) throw error
      else reload()
    }
  }
}

async function serverAnswers(): Promise<boolean> {
  return fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** A file that is missing for another reason must not make it a loop. */
function reloadedLately(): boolean {
  return Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_AT_MOST_EVERY_MS
}

function reload() {
  sessionStorage.setItem(RELOADED_AT, String(Date.now()))
  location.reload()
}
