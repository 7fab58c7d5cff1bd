/**
 * Works through `items`, at most `atOnce` at the same time, and returns the results in their order. A Worker may have six
 * connections open at once; what is started beyond that only waits with its clock running.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = items.entries()
  const hand = async () => {
    for (const [index, item] of left) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, hand))
  return results
}

/** How many connections a Worker may have open at once. */
export const CONNECTIONS = 6
