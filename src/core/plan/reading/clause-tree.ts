import { wordsIn, type Block } from './ground.ts'
import type { Clause } from './reading.ts'

type Branch = { -readonly [K in keyof Clause]: Clause[K] } & { children: Branch[] }

/** The flat blocks as the tree that a reading shows. */
export function clauseTree(text: string, blocks: readonly Block[]): Clause[] {
  const branches: Branch[] = []
  const top: Branch[] = []
  for (const block of blocks) {
    const words = wordsIn(text, block.bodyStart, block.end)
    const branch: Branch = {
      path: block.path,
      marker: block.marker,
      heading: block.heading ? words : null,
      text: block.heading ? '' : words,
      span: [block.start, block.end],
      children: [],
    }
    branches.push(branch)
    const parent = block.parent === null ? undefined : branches[block.parent]
    ;(parent?.children ?? top).push(branch)
  }
  // Last to first, so that the end of a child is known before its parent asks for it.
  for (let i = branches.length - 1; i >= 0; i -= 1) {
    const branch = branches[i]
    const lastChild = branch?.children.at(-1)
    if (branch && lastChild) branch.span = [branch.span[0], Math.max(branch.span[1], lastChild.span[1])]
  }
  return top
}
