/** An answer to a text message as Twilio wants it; null: none is sent. */
export function twiml(answer: string | null): Response {
  const message = answer === null ? '' : `<Message>${escaped(answer)}</Message>`
  return new Response(`<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>`, {
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
