/** Command length, command id, command status and sequence number (SMPP 3.4 §3.2). */
export const HEAD_OCTETS = 16
/** Far more than any PDU we ask for: a longer one is no SMPP. */
const MOST_OCTETS = 65_536

/**
 * Cuts a stream into PDUs, whatever pieces it comes in; answers those that a piece completes.
 *
 * @throws Error on a length that no PDU has: from there on nothing can be told apart.
 */
export function frameReader(): (piece: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  return (piece) => {
    let bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const frames: Buffer[] = []
    while (bytes.length >= HEAD_OCTETS) {
      const length = bytes.readUInt32BE(0)
      if (length < HEAD_OCTETS || length > MOST_OCTETS) throw new Error(`no PDU is ${length} octets long`)
      if (bytes.length < length) break
      frames.push(bytes.subarray(0, length))
      bytes = bytes.subarray(length)
    }
    rest = bytes
    return frames
  }
}
