import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begins with the files whose paths hold one of these, in their order: what takes long and comes last is waited for alone. */
export function longestFirst(longest: readonly string[]) {
  const rankOf = ({ moduleId }: TestSpecification) => {
    const rank = longest.findIndex((part) => moduleId.includes(part))
    return rank < 0 ? longest.length : rank
  }
  return class extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
    }
  }
}
