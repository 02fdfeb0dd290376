import fc from 'fast-check'
import { expect, test } from 'vitest'
import { paths, taskOfToken } from './paths.ts'

test('the square on a sheet leads to its task, whatever its id', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const path = paths.proofShort(id)
      expect(path).toMatch(/^\/g\/[\w-]{22}$/)
      expect(taskOfToken(path.slice('/g/'.length))).toBe(id)
    }),
  )
  for (const none of ['', 'x', '../../etc/passwd', 'a'.repeat(23), '$'.repeat(22)]) expect(taskOfToken(none)).toBeNull()
})
