/**
 * Answers questions of many who ask at the same time by few: what is asked while one round is under way goes together in
 * the next. Nobody is answered by what was known before they asked. A round that fails fails for all of it.
 */
export function askedTogether<Answer>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | null> {
  let waiting = new Map<string, PromiseWithResolvers<Answer | null>>()
  let isAsking = false

  async function go(): Promise<void> {
    isAsking = true
    while (waiting.size > 0) {
      const round = waiting
      waiting = new Map()
      try {
        const answers = await ask([...round.keys()])
        for (const [key, { resolve }] of round) resolve(answers.get(key) ?? null)
      } catch (fault) {
        for (const { reject } of round.values()) reject(fault)
      }
    }
    isAsking = false
  }

  return (key) => {
    const before = waiting.get(key)
    if (before) return before.promise
    const asked = Promise.withResolvers<Answer | null>()
    waiting.set(key, asked)
    if (!isAsking) void go()
    return asked.promise
  }
}
