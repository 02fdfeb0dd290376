/**
 * Before each test file: what modules of ours hold in memory begins anew, as in a process of its own, while packages
 * stay loaded and warm in the worker that runs one file after the other.
 */
import { vi } from 'vitest'
import { withCheapScrypt } from './cheap-scrypt.ts'

vi.resetModules()
// What a password costs is tested where the real one is taken back: core/identity/password.test.ts.
vi.mock('node:crypto', async (original) => withCheapScrypt(await original()))
