/** Texts in which a careless reader goes back again and again; `size` times as long by `build(size)`. */
export const SLOW_TEXTS: readonly { readonly name: string; readonly build: (size: number) => string }[] = [
  { name: 'dashes', build: (size) => '-'.repeat(200_000 * size) + 'x' },
  { name: 'marks', build: (size) => 'A' + '\u0301'.repeat(200_000 * size) },
  { name: 'spaces', build: (size) => 'Số' + ' '.repeat(200_000 * size) + 'x' },
  { name: 'numbers', build: (size) => 'số 1/A-'.repeat(30_000 * size) },
  { name: 'quotes', build: (size) => 'khẩu hiệu “'.repeat(20_000 * size) },
  { name: 'markers', build: (size) => 'I. \n1. \na) \n- '.repeat(10_000 * size) },
  { name: 'recipients', build: (size) => `I. A\n1. B./.\nNơi nhận: ${';'.repeat(100_000 * size)}x` },
  { name: 'parts of one line', build: (size) => 'Sở Y tế chủ trì, phối hợp với Công an tỉnh; '.repeat(5_000 * size) },
]
