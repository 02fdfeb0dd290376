import type { Block } from './ground.ts'
import type { Line } from './lines.ts'
import type { DocumentHead, Register } from './reading.ts'
import type { Regions } from './regions.ts'

export interface HeadGround {
  readonly text: string
  readonly folded: string
  readonly lines: readonly Line[]
  readonly regions: Regions
  readonly blocks: readonly Block[]
  readonly register: Register
}

export function readHead(_ground: HeadGround): DocumentHead {
  return {
    type: null,
    number: null,
    symbol: null,
    notation: null,
    issuer: null,
    place: null,
    issuedOn: null,
    title: null,
    signatory: null,
    recipients: [],
    spans: {},
  }
}
