/** The same function, which remembers its results for the texts it was asked last; the oldest is forgotten first. */
export function remembered<Result>(limit: number, make: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) return known
    const made = make(text)
    if (results.size >= limit) results.delete(results.keys().next().value as string)
    results.set(text, made)
    return made
  }
}
