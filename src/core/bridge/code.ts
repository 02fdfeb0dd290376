import type { Day, Id } from '../kernel/index.ts'

export const CODE_KINDS = ['class', 'field', 'bulletin'] as const
/** What a code of the other system is about: how urgent (MucDoUuTien), of what (LoaiLinhVuc), in what form (LoaiBanTin). */
export type CodeKind = (typeof CODE_KINDS)[number]

/** What each kind of code can be with us. */
export const CODE_VALUES = {
  class: ['ordinary', 'priority', 'emergency'],
  /** As pages of existing systems name them; their codes are not public. */
  field: ['law', 'warning', 'news', 'life', 'information', 'sport'],
  bulletin: ['recording', 'words', 'live', 'picture', 'film'],
} as const satisfies Record<CodeKind, readonly string[]>

/** A code of the other system, and what it is with us. */
export interface Code {
  readonly kind: CodeKind
  readonly code: string
  /** Null: nobody has said; it is kept as it came. */
  readonly value: string | null
  /** Whether this code is written where several mean the same. */
  readonly outbound: boolean
  readonly seenAt: Date
  /** Null: read in the code of a maker, or just seen; no person has said so. */
  readonly confirmedAt: Date | null
}

/** All codes of a moment, read both ways. */
export class CodeTable {
  readonly #codes: readonly Code[]

  constructor(codes: readonly Code[]) {
    this.#codes = codes
  }

  /** What a code is with us; null where nobody has said. */
  valueOf(kind: CodeKind, code: string): string | null {
    return this.#codes.find((one) => one.kind === kind && one.code === code)?.value ?? null
  }

  /** The code that is written for a value; empty where there is none: none is invented. */
  codeOf(kind: CodeKind, value: string | null): string {
    return this.#codes.find((one) => one.kind === kind && one.outbound && one.value === value)?.code ?? ''
  }

  /** What of ours has no code yet, so that it goes out without one. */
  missing(): { readonly kind: CodeKind; readonly value: string }[] {
    return CODE_KINDS.flatMap((kind) =>
      CODE_VALUES[kind].filter((value) => this.codeOf(kind, value) === '').map((value) => ({ kind, value })),
    )
  }
}

/** The days a package is about. */
export interface BridgeDays {
  readonly from: Day
  readonly to: Day
}

export interface BridgeSetting {
  readonly sourceCode: string
  readonly defaultField: string | null
  readonly pushAddress: string
  readonly pushSecretSealed: string | null
}

export interface Exchange {
  readonly id: Id<'bridge_exchange'>
  readonly direction: 'out' | 'in'
  readonly way: 'file' | 'push'
  readonly state: 'waiting' | 'done' | 'failed'
  readonly name: string
  /** Of the file, which is kept. */
  readonly sha256: string
  readonly bytes: number
  readonly bulletins: number
  readonly days: number
  readonly devices: number
  readonly figures: number
  readonly reports: number
  /** Rows that could not be taken. */
  readonly refused: number
  /** Codes that nobody has mapped. */
  readonly unmapped: number
  readonly attempts: number
  /** Worded under `bridge_reason_<code>`. */
  readonly reason: string
  readonly at: Date
  readonly endedAt: Date | null
  readonly personId: Id<'person'> | null
}
