/** Noughts before a whole number below ten, as official documents write counts: `08`, `12`, `1.234`. Nothing is `0`. */
export function countWords(value: number): string {
  const digits = String(Math.abs(value))
  const grouped = digits.replace(/\B(?=(?:\d{3})+$)/gu, '.')
  return `${value < 0 ? '-' : ''}${digits.length === 1 && value !== 0 ? '0' : ''}${grouped}`
}

/** `12,5%`: with one decimal where it is not nought, rounded half up; exact for whole numbers of any size. */
export function percentWords(part: number, whole: number): string {
  const tenths = (BigInt(Math.abs(part)) * 2_000n + BigInt(whole)) / (BigInt(whole) * 2n)
  const decimal = tenths % 10n
  const sign = part < 0 && tenths > 0n ? '-' : ''
  return `${sign}${countWordsPlain(tenths / 10n)}${decimal === 0n ? '' : `,${decimal}`}%`
}

function countWordsPlain(value: bigint): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/gu, '.')
}

export interface Counted {
  readonly counted: number
  readonly estimated: number
}

/** `1.234 lượt người`; where nothing was counted and something guessed: `ước tính 500 lượt người`. */
export function valueWords({ counted, estimated }: Counted, unit: string): string {
  if (counted === 0 && estimated > 0) return `ước tính ${countWords(estimated)} ${unit}`
  return `${countWords(counted)} ${unit}`
}

/** What was only guessed is said apart, never added: `ngoài ra ước tính 500 lượt người`. */
export function estimateWords({ estimated }: Counted, unit: string): string {
  return estimated === 0 ? 'không có phần ước tính' : `ngoài ra ước tính ${countWords(estimated)} ${unit}`
}

/** `tăng 120 buổi (12,5%) so với kỳ trước`: of what was counted alone. `than` is what it is compared with. */
export function changeWords(now: number, before: number, unit: string, than: string): string {
  if (now === before) return `bằng ${than}`
  if (before === 0) return `${than} không có`
  const by = Math.abs(now - before)
  return `${now > before ? 'tăng' : 'giảm'} ${countWords(by)} ${unit} (${percentWords(by, before)}) so với ${than}`
}

/** `đạt 104,2% kế hoạch`: of a target of up to three decimals. */
export function planWords(now: number, target: number): string {
  return `đạt ${percentWords(now * 1_000, Math.round(target * 1_000))} kế hoạch`
}
