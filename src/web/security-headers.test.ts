import { expect, test } from 'vitest'
import { OWN_PAGE } from './routes/(public)/cong/own-page.ts'
import { addPublicHeaders } from './security-headers.ts'

const ID = '0190f5c0-7a5b-7cc1-8f3e-2b1a4c5d6e7f'

test.each([
  ['/cong?in=en', 200, 'public, no-cache'],
  [`/cong/${ID}`, 200, 'public, no-cache'],
  [`/cong/${ID}`, 410, 'public, no-cache'],
  ['/cong/atom.xml', 200, 'public, no-cache'],
  [`/cong/${ID}`, 404, 'no-store'],
  ['/cong', 500, 'no-store'],
  ['/cong/nhan-tin/abc', 200, 'no-store'],
  ['/cong/dang-ky', 200, 'no-store'],
])('%s answered with %s is told to be kept: %s', (path, status, kept) => {
  const response = new Response('', { status })
  addPublicHeaders(response, new URL(path, 'http://cong.example'))
  expect(response.headers.get('cache-control')).toBe(kept)
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
})

test('what a page says of its own keeping stands', () => {
  const response = new Response('', { headers: { 'cache-control': 'private, max-age=3600' } })
  addPublicHeaders(response, new URL('http://cong.example/cong'))
  expect(response.headers.get('cache-control')).toBe('private, max-age=3600')
})

test('a page with a form names itself to us, or its form would be taken for another site’s', () => {
  const response = new Response('', { headers: OWN_PAGE })
  addPublicHeaders(response, new URL('http://cong.example/cong/dang-ky'))
  expect(response.headers.get('referrer-policy')).toBe('same-origin')
})
