/** What a check found: key of the sentence, what the sentence needs. A bad one has a second sentence, `<key>_remedy`. */
export interface Finding {
  readonly good: boolean
  readonly key: string
  readonly facts: Readonly<Record<string, string | number>>
}

export type Check = () => Promise<Finding>

export function good(key: string, facts: Finding['facts'] = {}): Finding {
  return { good: true, key, facts }
}

export function bad(key: string, facts: Finding['facts'] = {}): Finding {
  return { good: false, key, facts }
}
