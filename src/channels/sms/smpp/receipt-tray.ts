import type { Receipt } from '../../../core/release/index.ts'

/** Collects receipts until there are enough for one write, or a moment has passed. */
export interface ReceiptTray {
  /** `answer` is told 0 once the receipt is kept for good, or the status that asks the centre to bring it again. */
  add(receipt: Receipt, answer: (status: number) => void): void
  /** Resolves when nothing is left in it. */
  empty(): Promise<void>
}

const MOST_AT_ONCE = 1_000
const WAIT_MS = 50
/** A flood that the database cannot keep up with is left with the centre, which brings it again. */
const MOST_WAITING = 50_000
const ESME_RMSGQFUL = 0x14
const ESME_RX_T_APPN = 0x64

interface Kept {
  readonly receipt: Receipt
  readonly answer: (status: number) => void
}

/** One write at a time: what comes meanwhile goes together in the next, so that a slow disk makes larger writes, not more. */
export function openReceiptTray(note: (receipts: readonly Receipt[]) => Promise<void>): ReceiptTray {
  let waiting: Kept[] = []
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const now = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(MOST_AT_ONCE)
      const status = await note(now.map(({ receipt }) => receipt)).then(
        () => 0,
        () => ESME_RX_T_APPN,
      )
      for (const { answer } of now) answer(status)
      if (waiting.length < MOST_AT_ONCE) break
    }
  }
  function begin(): void {
    if (timer) clearTimeout(timer)
    timer = null
    if (writing) return
    writing = write().finally(() => {
      writing = null
      if (waiting.length > 0) beginSoon()
    })
  }
  function beginSoon(): void {
    if (waiting.length >= MOST_AT_ONCE) begin()
    else timer ??= setTimeout(begin, WAIT_MS)
  }
  return {
    add(receipt, answer) {
      if (waiting.length >= MOST_WAITING) return answer(ESME_RMSGQFUL)
      waiting.push({ receipt, answer })
      beginSoon()
    },
    async empty() {
      while (waiting.length > 0 || writing) {
        begin()
        await writing
      }
    },
  }
}
