import { randomInt } from 'node:crypto'
import { fold, Refusal } from '../kernel/index.ts'

export const SHORTEST_PASSWORD = 10

/** Fewest letters a password must have beside the name of its owner. */
const LETTERS_BESIDE_NAME = 6

/** What people take first, Vietnamese and English, as it is without diacritics, blanks, digits and signs. */
const COMMON = new Set(
  (
    'matkhau matkhaumoi anhyeuem emyeuanh yeuem yeuanh anhnhoem concho conheo conmeo xinchao khongbiet giadinh ' +
    'vietnam vietnamvodich tochucnhandan uyban ubnd congan laocai hanoi saigon tphcm canbo quantri thongtin tuyentruyen ' +
    'password passwords passw passwort iloveyou welcome letmein admin administrator login secret changeme master ' +
    'qwerty qwertyuiop qwertyui qwert asdfghjkl asdfgh zxcvbnm qazwsx qazwsxedc abc abcd abcdef abcdefghij qqww qweasdzxc ' +
    'sunshine princess football baseball dragon monkey superman test testtest temp guest user root loa loaphuong'
  ).split(' '),
)

/** Why this password will not do; null when it will. */
export function whyNotPassword(password: string, username: string): Refusal | null {
  if ([...password.normalize('NFC')].length < SHORTEST_PASSWORD) {
    return new Refusal('identity.password_short', { least: SHORTEST_PASSWORD }, 'password')
  }
  const plain = fold(password)
  if (plain.includes(username) && lettersOf(plain.replaceAll(username, '')).length < LETTERS_BESIDE_NAME) {
    return new Refusal('identity.password_like_username', {}, 'password')
  }
  return isGuessable(plain) ? new Refusal('identity.password_guessable', {}, 'password') : null
}

/** Common words with digits around them, digits alone (telephone numbers, days) and a few characters over and over. */
function isGuessable(plain: string): boolean {
  const letters = lettersOf(plain)
  return letters === '' ? /^[\d\s.,/-]*$/.test(plain) : COMMON.has(letters) || new Set(plain).size < 5
}

function lettersOf(plain: string): string {
  return plain.replace(/[^\p{L}]/gu, '')
}

// Spelt the same by everybody who hears them: no c, k, g, gh, y; and no two that together say something rude.
const ONSETS = 'b ch d h kh l m n nh ph r s t th tr v x'.split(' ')
const RIMES = 'a an ang anh ao au ay e em en ien ieu im in inh oa oan ong ua ung uong uyen'.split(' ')

/**
 * A password that can be read out over the telephone: four syllables and eight digits, as `tren-mua-lang-hoa-40718263`.
 * 374 syllables make 34 bits, the digits 26: 60 in all.
 */
export function newPassword(): string {
  const syllables = Array.from({ length: 4 }, () => oneOf(ONSETS) + oneOf(RIMES))
  return `${syllables.join('-')}-${String(randomInt(100_000_000)).padStart(8, '0')}`
}

function oneOf(parts: readonly string[]): string {
  return parts[randomInt(parts.length)] ?? ''
}
