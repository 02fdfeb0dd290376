/** What an answer to `submit_sm` means for the part it is about. */
export type Verdict = 'accepted' | 'refused' | 'throttled' | 'later'

/**
 * Status of `submit_sm_resp` (SMPP 3.4 §5.1.3, table 5-2). What is not listed is `refused`: the centre said no, and the same
 * words to the same number get the same no.
 */
const VERDICTS: ReadonlyMap<number, Verdict> = new Map([
  [0x00, 'accepted'], // ESME_ROK
  [0x08, 'later'], // ESME_RSYSERR: the centre itself is ill
  [0x14, 'throttled'], // ESME_RMSGQFUL: its queue is full
  [0x58, 'throttled'], // ESME_RTHROTTLED: we are too fast
  [0x04, 'later'], // ESME_RINVBNDSTS: we are not bound as it wants us; bound anew it may take it
  [0x64, 'later'], // ESME_RX_T_APPN: a temporary fault of an application
])

export function verdictOf(status: number): Verdict {
  return VERDICTS.get(status) ?? 'refused'
}

/** Names of the statuses that operators ask about; they are what the ledger keeps as the reason. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x01, 'ESME_RINVMSGLEN'],
  [0x02, 'ESME_RINVCMDLEN'],
  [0x03, 'ESME_RINVCMDID'],
  [0x04, 'ESME_RINVBNDSTS'],
  [0x05, 'ESME_RALYBND'],
  [0x08, 'ESME_RSYSERR'],
  [0x0a, 'ESME_RINVSRCADR'],
  [0x0b, 'ESME_RINVDSTADR'],
  [0x0c, 'ESME_RINVMSGID'],
  [0x0d, 'ESME_RBINDFAIL'],
  [0x0e, 'ESME_RINVPASWD'],
  [0x0f, 'ESME_RINVSYSID'],
  [0x14, 'ESME_RMSGQFUL'],
  [0x15, 'ESME_RINVSERTYP'],
  [0x43, 'ESME_RINVESMCLASS'],
  [0x45, 'ESME_RSUBMITFAIL'],
  [0x48, 'ESME_RINVSRCTON'],
  [0x49, 'ESME_RINVSRCNPI'],
  [0x50, 'ESME_RINVDSTTON'],
  [0x51, 'ESME_RINVDSTNPI'],
  [0x53, 'ESME_RINVSYSTYP'],
  [0x58, 'ESME_RTHROTTLED'],
  [0x61, 'ESME_RINVSCHED'],
  [0x62, 'ESME_RINVEXPIRY'],
  [0x64, 'ESME_RX_T_APPN'],
  [0x65, 'ESME_RX_P_APPN'],
  [0x66, 'ESME_RX_R_APPN'],
  [0x67, 'ESME_RQUERYFAIL'],
  [0xff, 'ESME_RUNKNOWNERR'],
])

/** As `ESME_RINVDSTADR`; a status that the standard does not name by its number, as `0x00000410`. */
export function statusName(status: number): string {
  return NAMES.get(status) ?? `0x${status.toString(16).padStart(8, '0')}`
}
