/** Which device of which user this browser is. The server tells devices only by shortened addresses. */
export interface Remembered {
  userId: number
  deviceId: number
  endpoint: string
}

const KEY = 'tocsin-push-device'

/** Null also where storage is blocked: push is then turned on anew at each visit. */
export function remembered(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null')
  } catch {
    return null
  }
}

export function remember(device: Remembered | null): void {
  try {
    if (device) localStorage.setItem(KEY, JSON.stringify(device))
    else localStorage.removeItem(KEY)
  } catch {
    // Storage is blocked.
  }
}
