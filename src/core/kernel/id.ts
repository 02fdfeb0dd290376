import { randomBytes } from 'node:crypto'
import * as v from 'valibot'

declare const kind: unique symbol
/** A UUID that knows what it names: `Id<'plan'>` is not `Id<'task'>`. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

/** A new UUID version 7 (RFC 9562 §5.7): sorts by the moment it was made, so an index grows at its end. */
export function newId<Kind extends string>(now = Date.now()): Id<Kind> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as Id<Kind>
}

/** The schema of an id in an action's input. */
export function idOf<Kind extends string>() {
  return v.pipe(
    v.string(),
    v.uuid(),
    v.transform((value) => value as Id<Kind>),
  )
}
