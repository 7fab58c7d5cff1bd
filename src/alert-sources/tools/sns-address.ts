/**
 * Whether an address is SNS's own, so that it may be fetched: whoever has the integration key writes the addresses in a
 * message, and would otherwise make us call whatever he likes.
 *
 * `s3…` is left out because a bucket named "sns" would answer under `sns.s3-us-west-2.amazonaws.com`.
 */
export function isSnsAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, port, username, password } = new URL(text)
  return protocol === 'https:' && !port && !username && !password && SNS_HOST.test(hostname)
}

const SNS_HOST = /^sns\.(?!s3)[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/
