import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Id } from '../kernel/index.ts'
import { icsOf } from './calendar.ts'
import {
  daysLeft,
  isOpen,
  TASK_MAY,
  titleOf,
  whyNotFinish,
  whyNotLetGo,
  whyNotReopen,
  whyNotTask,
  type Task,
  type TaskDeed,
  type TaskState,
} from './task.ts'

const STATES: readonly TaskState[] = ['set', 'accepted', 'returned', 'done', 'withdrawn']
const DEEDS = Object.keys(TASK_MAY) as TaskDeed[]
const anyState = fc.constantFrom(...STATES)

describe('the table of states', () => {
  test('allows exactly what it lists and names the state that forbids', () => {
    for (const deed of DEEDS) {
      for (const state of STATES) {
        const allowed = (TASK_MAY[deed] as readonly TaskState[]).includes(state)
        expect(whyNotTask({ state }, deed)?.code ?? null).toBe(allowed ? null : `task.is_${state}`)
      }
    }
  })

  test('leaves a withdrawn task alone', () => {
    for (const deed of DEEDS) expect(whyNotTask({ state: 'withdrawn' }, deed)).not.toBeNull()
  })
})

describe('a whole with parts', () => {
  test('is never finished, given back or handed over while a part is open', () => {
    fc.assert(
      fc.property(fc.array(anyState, { maxLength: 8 }), fc.nat(3), (states, outputs) => {
        const parts = states.map((state) => ({ state }))
        const open = parts.filter(isOpen).length
        const finish = whyNotFinish({ state: 'accepted' }, outputs, parts)
        if (open > 0) {
          expect(finish).toMatchObject({ code: 'task.parts_open', facts: { count: open } })
          expect(whyNotLetGo({ state: 'accepted' }, 'handOver', parts)?.code).toBe('task.parts_open')
          expect(whyNotLetGo({ state: 'accepted' }, 'return', parts)?.code).toBe('task.parts_open')
        } else if (finish === null) {
          expect(outputs > 0 || states.includes('done')).toBe(true)
        } else {
          expect(finish.code).toBe('task.no_output')
        }
      }),
    )
  })

  test('whose parts were all done without needs an output of its own', () => {
    const waived = [{ state: 'withdrawn' as const }]
    expect(whyNotFinish({ state: 'accepted' }, 0, waived)?.code).toBe('task.no_output')
    expect(whyNotFinish({ state: 'accepted' }, 1, waived)).toBeNull()
  })

  test('that is done keeps its parts closed', () => {
    expect(whyNotReopen({ state: 'done' }, { state: 'done' })?.code).toBe('task.whole_closed')
    expect(whyNotReopen({ state: 'done' }, { state: 'accepted' })).toBeNull()
    expect(whyNotReopen({ state: 'done' }, null)).toBeNull()
  })
})

test('overdue is asked of the day, and only of what is open', () => {
  expect(daysLeft({ state: 'accepted', dueOn: '2024-02-28' }, '2024-03-01')).toBe(-2)
  expect(daysLeft({ state: 'done', dueOn: '2024-02-28' }, '2024-03-01')).toBeNull()
  expect(daysLeft({ state: 'set', dueOn: null }, '2024-03-01')).toBeNull()
})

test('a title is one line, ends between words and is never empty', () => {
  expect(titleOf('Phối hợp với các trường học tổ chức nói chuyện; báo cáo trước 15/11.')).toBe(
    'Phối hợp với các trường học tổ chức nói chuyện',
  )
  expect(titleOf('a'.repeat(300)).length).toBeLessThan(115)
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 400 }), (detail) => {
      if (detail.trim() === '') return
      expect(titleOf(detail)).not.toMatch(/\n/)
      expect(titleOf(detail).length).toBeGreaterThan(0)
      expect(titleOf(detail).length).toBeLessThanOrEqual(112)
    }),
  )
})

test('a calendar holds 75 octets a line, loses no letter and keeps one id a task', () => {
  const words = fc.string({
    unit: fc.constantFrom('ệ', 'a', ' ', '🔊', ',', ';', '\\', '\n', '\r\n'),
    minLength: 1,
    maxLength: 300,
  })
  fc.assert(
    fc.property(words, (detail) => {
      const ics = icsOf([{ ...plainTask, detail }], { now: new Date(0), origin: 'http://loa', name: 'Loa' })
      const lines = ics.split('\r\n')
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/[\n\r\ufffd]/)
      }
      const logical = ics.replaceAll('\r\n ', '').split('\r\n')
      expect(logical).toContain(`UID:${plainTask.id}@loa`)
      expect(logical).toContain('DTSTAMP:19700101T000000Z')
      const said = logical.find((line) => line.startsWith('DESCRIPTION:'))?.slice('DESCRIPTION:'.length)
      expect(said?.replace(/\\(.)/g, (_all, letter: string) => (letter === 'n' ? '\n' : letter))).toBe(
        detail.replaceAll('\r\n', '\n'),
      )
    }),
  )
})

const plainTask: Task = {
  id: '01980000-0000-7000-8000-000000000001' as Id<'task'>,
  originKind: 'test',
  originId: null,
  originKey: 'test',
  campaignId: null,
  clause: 'III.1',
  title: 'Treo băng rôn',
  detail: 'Treo băng rôn',
  role: 'all',
  mode: 'ordered',
  channels: [],
  outputs: [],
  dueOn: '2024-07-30',
  dueWords: null,
  rhythm: null,
  organisationId: '01980000-0000-7000-8000-000000000002' as Id<'organisation'>,
  assignedBy: '01980000-0000-7000-8000-000000000003' as Id<'organisation'>,
  parentId: null,
  state: 'set',
  escalatedTo: null,
  setAt: new Date(0),
  revision: 1,
}
