import { scryptSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { hashPassword, passwordFits } from './password-hash.ts'
import { newPassword, whyNotPassword } from './password.ts'

const codeOf = (password: string, username = 'hoa') => whyNotPassword(password, username)?.code ?? null

test.each([
  ['ngắn', 'identity.password_short'],
  ['chin ky tu'.slice(0, 9), 'identity.password_short'],
  ['đậu đũa 7'.normalize('NFD'), 'identity.password_short'],
  ['Mật Khẩu 2026', 'identity.password_guessable'],
  ['anhyeuem123', 'identity.password_guessable'],
  ['P@ssword-2026', null],
  ['password2026!', 'identity.password_guessable'],
  ['0912345678', 'identity.password_guessable'],
  ['12/07/2023 12', 'identity.password_guessable'],
  ['abababababab', 'identity.password_guessable'],
  ['rừng tre bên suối', null],
  ['hoa-hong-ben-suoi', null],
])('%s → %s', (password, code) => {
  expect(codeOf(password)).toBe(code)
})

test.each([
  ['phamvanpao', 'identity.password_like_username'],
  ['PhamVanPao@2026', 'identity.password_like_username'],
  ['phamvanpao nuong ngo', null],
])('for phamvanpao: %s → %s', (password, code) => {
  expect(codeOf(password, 'phamvanpao')).toBe(code)
})

test('a refusal for length says how long', () => {
  expect(whyNotPassword('ngan', 'hoa')).toMatchObject({ facts: { least: 10 }, field: 'password' })
})

test('made passwords keep the rules, can be read out and hold 60 bits', () => {
  const syllables = new Set<string>()
  for (let n = 0; n < 5_000; n += 1) {
    const password = newPassword()
    expect(password).toMatch(/^[a-z]{2,7}(-[a-z]{2,7}){3}-\d{8}$/)
    expect(codeOf(password, 'quantri')).toBeNull()
    for (const syllable of password.split('-').slice(0, 4)) syllables.add(syllable)
  }
  expect(4 * Math.log2(syllables.size) + 8 * Math.log2(10)).toBeGreaterThan(60)
})

vi.unmock('node:crypto')

test('a hash costs as much as OWASP asks for', async () => {
  const [name, salt = '', key] = (await hashPassword('đường dây nóng')).split('$')
  const asked = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
  expect(name).toBe('scrypt')
  expect(key).toBe(scryptSync('đường dây nóng', Buffer.from(salt, 'base64url'), 32, asked).toString('base64url'))
})

test('a hash fits its password alone, composed or not, and never repeats', async () => {
  const hash = await hashPassword('đường dây nóng')
  expect(hash).not.toBe(await hashPassword('đường dây nóng'))
  expect(await passwordFits('đường dây nóng'.normalize('NFD'), hash)).toBe(true)
  expect(await passwordFits('đường dây nong', hash)).toBe(false)
  expect(await passwordFits('', null)).toBe(false)
})

test('no password makes the rules fall over', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ minLength: 1 }), (password, username) => {
      whyNotPassword(password, username)
    }),
  )
})
