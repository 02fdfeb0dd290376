/** What a simulated newsroom does with what it reads; it plays one newsroom of each kind in turn. */
export type NewsroomHabit =
  /** Reads, takes, and says where it ran. */
  | 'runs'
  /** Reads and says that it took the item, no more. */
  | 'takes'
  /** Reads and declines. */
  | 'declines'
  /** Reads and never says a word. */
  | 'silent'
  /** Reads, then forgets how far it had come and begins anew. */
  | 'forgets'

export interface SimulatedNewsroomOptions {
  /** The whole secret address of its wire, as a person was given it. */
  readonly address: string
  readonly habit: NewsroomHabit
  /** Milliseconds between two looks; 0 looks only when told by `look`. */
  readonly everyMs?: number
}

export interface SimulatedNewsroom {
  /** Reads on, and answers as its habit is. Answers how many items were new to it. */
  look(): Promise<number>
  /** Numbers in the order in which they came, and how often each was seen. */
  counts(): { readonly sequences: readonly number[]; readonly killed: number; readonly answered: number }
  close(): void
}

interface Page {
  readonly last: number
  readonly more: boolean
  readonly items: readonly {
    readonly sequence: number
    readonly answer: string
    readonly item: { readonly pubstatus: string }
  }[]
}

/** A newsroom as its own program would be: it knows an address, reads ninjs after the last number it has, and answers by links. */
export function startSimulatedNewsroom({ address, habit, everyMs = 0 }: SimulatedNewsroomOptions): SimulatedNewsroom {
  const sequences: number[] = []
  let [after, killed, answered] = [0, 0, 0]

  async function look(): Promise<number> {
    let fresh = 0
    for (let more = true; more;) {
      const page = await read(`${address}/ninjs.json?after=${after}`)
      for (const { sequence, answer, item } of page.items) {
        if (!sequences.includes(sequence)) fresh++
        sequences.push(sequence)
        if (item.pubstatus === 'canceled') killed++
        if (await say(answer, habit, item.pubstatus)) answered++
      }
      ;({ more } = page)
      after = habit === 'forgets' && !more ? 0 : page.last
    }
    return fresh
  }

  const timer = everyMs > 0 ? setInterval(() => void look().catch(() => undefined), everyMs) : null
  timer?.unref()
  return {
    look,
    counts: () => ({ sequences, killed, answered }),
    close: () => void (timer && clearInterval(timer)),
  }
}

async function read(url: string): Promise<Page> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The wire answers ${response.status}`)
  return (await response.json()) as Page
}

/** Sends one of the forms that stand on the page of an item; answers whether it was taken. */
async function say(link: string, habit: NewsroomHabit, status: string): Promise<boolean> {
  const form = formOf(habit, status)
  if (!form) return false
  const [action, fields] = form
  const headers = {
    accept: 'text/html',
    origin: new URL(link).origin,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const body = new URLSearchParams(fields)
  const response = await fetch(`${link}?/${action}`, { method: 'POST', headers, body, redirect: 'manual' })
  return response.status === 303
}

function formOf(habit: NewsroomHabit, status: string): [action: string, fields: Record<string, string>] | null {
  if (habit === 'silent' || habit === 'forgets') return null
  if (status !== 'usable' || habit === 'takes') return ['taken', {}]
  if (habit === 'declines') return ['notRunning', { why: 'Đã đủ tin trong ngày' }]
  return ['ran', { link: 'https://toa-soan.example/tin-mo-phong', medium: 'online', note: 'Tòa soạn mô phỏng' }]
}
