/** Everything that a stream yields, in order (`Array.fromAsync`, which the project's libraries do not declare yet). */
export async function gathered<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}
