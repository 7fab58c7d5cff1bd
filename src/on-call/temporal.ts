// The one place that names the implementation: workerd has no Temporal of its own yet (cloudflare/workerd#6943).
export { Temporal } from 'temporal-polyfill'
