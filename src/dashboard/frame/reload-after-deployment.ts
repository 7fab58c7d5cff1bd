const KEY = 'reloaded-after-deployment'
const ONCE_PER_MS = 60_000

/**
 * A page that was open during a deployment asks for files that are gone; the new ones come with a reload. Only once in a
 * while, for a file that is missing for another reason would make it a loop.
 */
export function reloadAfterDeployment() {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(KEY))
    if (Date.now() - last < ONCE_PER_MS) return
    sessionStorage.setItem(KEY, String(Date.now()))
    location.reload()
  })
}
