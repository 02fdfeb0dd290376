import { expect, test } from 'vitest'
import { readNumber, readPhone, southernNumbers } from './spoken-numbers.ts'
import { spokenForm } from './spoken.ts'

/**
 * A reading of our own of what a reader says, by the rules of the schoolbook alone: nothing of it is shared with what is
 * tested, which reads by a package.
 */
const ONES = 'không một hai ba bốn năm sáu bảy tám chín'.split(' ') as readonly string[]
const one = (digit: number) => ONES[digit] ?? ''

/** 1 to 99 behind something: a single figure is said alone. */
function tens(value: number): string {
  const [ten, rest] = [Math.floor(value / 10), value % 10]
  if (ten === 0) return one(rest)
  const head = ten === 1 ? 'mười' : `${one(ten)} mươi`
  if (rest === 0) return head
  if (rest === 5) return `${head} lăm`
  if (ten > 1 && rest === 1) return `${head} mốt`
  if (ten > 1 && rest === 4) return `${head} tư`
  return `${head} ${one(rest)}`
}

/** A group of three figures; `whole` where something stands before it, so that its hundreds are said though there are none. */
function group(value: number, whole: boolean): string {
  const [hundreds, rest] = [Math.floor(value / 100), value % 100]
  const head = hundreds > 0 || whole ? `${one(hundreds)} trăm` : ''
  if (rest === 0) return head
  return [head, head !== '' && rest < 10 ? 'linh' : '', tens(rest)].filter(Boolean).join(' ')
}

function read(value: number): string {
  if (value === 0) return 'không'
  const names = ['', 'nghìn', 'triệu', 'tỷ']
  const groups = [0, 1, 2, 3].map((power) => Math.floor(value / 1_000 ** power) % 1_000)
  const highest = groups.findLastIndex((part) => part > 0)
  return groups
    .map((part, power) => (part === 0 ? '' : `${group(part, power < highest)} ${names[power]}`.trim()))
    .toReversed()
    .filter(Boolean)
    .join(' ')
}

/** As the south says it. */
const southern = (value: number) => read(value).replaceAll('nghìn', 'ngàn').replaceAll('linh', 'lẻ')

const digits = (text: string) => [...text].map((digit) => one(Number(digit))).join(' ')
const month = (value: number) => (value === 4 ? 'tư' : read(value))
const dotted = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '.')

let seed = 20_260_730
/** A number below so much, the same in each run. */
const below = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most
const some = <One>(of: readonly One[]) => of[below(of.length)] as One // within by `below`

test('every number to 9,999, and a thousand greater ones', () => {
  const all = Array.from({ length: 10_000 }, (_, value) => value)
  for (const value of all) expect(readNumber(String(value))).toBe(read(value))
  // By the hundred in one text, as lists stand in one.
  for (let from = 0; from < all.length; from += 100) {
    const part = all.slice(from, from + 100)
    const said = spokenForm(part.map((value) => `có ${value} hộ`).join('\n'))
    expect(said).toBe(part.map((value) => `có ${read(value)} hộ`).join('\n'))
    expect(southernNumbers(said)).toBe(part.map((value) => `có ${southern(value)} hộ`).join('\n'))
  }
  for (let at = 0; at < 1_000; at += 1) {
    const value = below(some([100_000, 10_000_000, 2_000_000_000]))
    expect(spokenForm(`có ${dotted(value)} người`), dotted(value)).toBe(`có ${read(value)} người`)
  }
})

/** Each with what is said of it; 250 of each kind. */
const KINDS: Readonly<Record<string, () => readonly [written: string, said: string]>> = {
  days() {
    const [d, m, y] = [1 + below(28), 1 + below(12), 1945 + below(120)]
    const written = below(2) ? `${d}/${m}/${y}` : `${String(d).padStart(2, '0')}/${String(m).padStart(2, '0')}/${y}`
    return [`ngày ${written}`, `ngày ${read(d)} tháng ${month(m)} năm ${read(y)}`]
  },
  shares() {
    const [whole, rest] = [below(101), 1 + below(99)]
    const after = rest % 10 === 0 ? rest / 10 : rest
    const said = rest < 10 ? `không ${one(rest)}` : read(after)
    const written = rest < 10 ? `0${rest}` : String(after)
    return [`đạt ${whole},${written}%`, `đạt ${read(whole)} phẩy ${said} phần trăm`]
  },
  money() {
    const value = 1_000 * (1 + below(900_000))
    return [`phạt ${dotted(value)} đồng`, `phạt ${read(value)} đồng`]
  },
  hours() {
    const [hour, minute] = [below(24), below(60)]
    const said = minute === 0 ? '' : ` ${read(minute)}${minute < 10 ? ' phút' : ''}`
    const padded = String(minute).padStart(2, '0')
    return [
      `lúc ${some([`${hour}h${padded}`, `${hour}:${padded}`, `${hour}g${padded}`])}`,
      `lúc ${read(hour)} giờ${said}`,
    ]
  },
  'roman numbers'() {
    const value = 1 + below(39)
    const tenths = ['', 'X', 'XX', 'XXX'][Math.floor(value / 10)] ?? ''
    const units = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][value % 10] ?? ''
    return [`Chương ${tenths}${units}`, `Chương ${read(value)}`]
  },
  units() {
    const [unit, said] = some([
      ...[
        ['km', 'ki-lô-mét'],
        ['kg', 'ki-lô-gam'],
        ['ha', 'héc-ta'],
        ['km2', 'ki-lô-mét vuông'],
        ['m', 'mét'],
      ],
    ] as const)
    const value = 1 + below(90_000)
    return [`rộng ${dotted(value)} ${unit}`, `rộng ${read(value)} ${said}`]
  },
  hotlines() {
    const number = some(['111', '113', '114', '115', '18001567', '1900545559'])
    return [`Hãy gọi ${number}.`, `Hãy gọi ${readPhone(number)}.`]
  },
}

test.each(Object.entries(KINDS))('%s', (_kind, make) => {
  const other = new Map<string, string>()
  for (let at = 0; at < 250; at += 1) {
    const [written, said] = make()
    if (spokenForm(written) !== said) other.set(`${written} → ${said}`, spokenForm(written))
  }
  expect([...other]).toEqual([])
})

test('a number to call is said figure by figure, whatever it is grouped by', () => {
  for (let at = 0; at < 500; at += 1) {
    const number = `0${some(['3', '5', '7', '8', '9'])}${String(below(100_000_000)).padStart(8, '0')}`
    const grouped = some([
      number,
      number.replace(/(\d{4})(\d{3})(\d{3})/, '$1 $2 $3'),
      number.replace(/(\d{4})(\d{3})(\d{3})/, '$1.$2.$3'),
    ])
    expect(spokenForm(`ĐT: ${grouped}`).replace('điện thoại: ', '').replaceAll(',', '')).toBe(digits(number))
  }
  for (const number of ['111', '18001567', '02143840034', '0692449137'])
    expect(
      spokenForm(`gọi ${number}`, { hotlines: [number] })
        .replace('gọi ', '')
        .replaceAll(',', ''),
    ).toBe(digits(number))
})

test('the south counts in its own words, and names stay names', () => {
  expect(southernNumbers('hàng nghìn người, một nghìn không trăm linh năm đồng')).toBe(
    'hàng ngàn người, một ngàn không trăm lẻ năm đồng',
  )
  expect(southernNumbers('chị Linh và bé Hai ở tổ linh vật, nghìn trùng')).toBe(
    'chị Linh và bé Hai ở tổ linh vật, nghìn trùng',
  )
})
