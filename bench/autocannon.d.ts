/** The part of autocannon that is used here; it comes without types. */
declare module 'autocannon' {
  export interface Options {
    url: string
    connections: number
    amount: number
    method: 'POST'
    headers: Record<string, string>
    /** Each connection goes through them in their order. */
    requests: { path: string; body: string }[]
    /** Seconds. */
    timeout: number
  }

  export interface Result {
    '2xx': number
    non2xx: number
    errors: number
    timeouts: number
    /** Milliseconds. */
    latency: { p50: number; p99: number; max: number }
    start: Date
    finish: Date
  }

  export default function autocannon(options: Options): Promise<Result>
}
