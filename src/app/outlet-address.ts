import { Refusal } from '../core/kernel/index.ts'
import type { Outlet } from '../core/outlet/index.ts'
import { checkAddress, type GuardedFaultKind } from '../platform/http/index.ts'
import { openedLoa } from './opened.ts'

/**
 * Looks where the address of an outlet leads now, by the same rules as when something is sent there. Sends nothing.
 *
 * @throws Refusal `webhook.…`, as the call itself would end
 */
export async function checkOutletAddress({ address }: Pick<Outlet, 'address'>): Promise<void> {
  const fault = await checkAddress(address, { policy: openedLoa().networks })
  if (fault) throw refusalOf(fault)
}

function refusalOf(kind: GuardedFaultKind): Refusal {
  switch (kind) {
    case 'bad_address':
      return new Refusal('webhook.bad_address')
    case 'private_network':
      return new Refusal('webhook.private_network')
    case 'plain_http':
      return new Refusal('webhook.plain_http')
    default:
      return new Refusal('webhook.no_name')
  }
}
