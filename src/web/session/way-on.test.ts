import { expect, test } from 'vitest'
import { wayOn } from './way-on.ts'

test('after signing in one goes on only inside the console', () => {
  expect(wayOn('/plans?at=1')).toBe('/plans?at=1')
  for (const crafted of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:1',
    '/sign-out',
    null,
  ]) {
    expect(wayOn(crafted)).toBe('/')
  }
})
