const PATIENCE_MS = 20_000

/** What RabbitMQ takes in as a file or by its management: users by their hashes, and what each may do in one virtual host. */
export interface RabbitMqDefinitions {
  readonly users: readonly {
    readonly name: string
    /** Base64 of four bytes of salt and the SHA-512 of salt and password. */
    readonly password_hash: string
    readonly hashing_algorithm: 'rabbit_password_hashing_sha512'
    readonly tags: string
  }[]
  /** Regular expressions over the names of queues and exchanges. */
  readonly permissions: readonly {
    readonly user: string
    readonly vhost: string
    readonly configure: string
    readonly write: string
    readonly read: string
  }[]
  /** Regular expressions over routing keys: a topic of MQTT with `.` in the place of `/`. */
  readonly topic_permissions: readonly {
    readonly user: string
    readonly vhost: string
    readonly exchange: string
    readonly write: string
    readonly read: string
  }[]
}

/** The management of a RabbitMQ (plugin `rabbitmq_management`), as far as accounts go. */
export interface RabbitMqApi {
  /** Names of all its users. */
  users(): Promise<string[]>
  /** Adds these and puts them in the place of those of the same names. */
  put(definitions: RabbitMqDefinitions): Promise<void>
  /** Takes users away and ends their sessions. */
  remove(names: readonly string[]): Promise<void>
  /** Ends the sessions of these users: their connections, and what was kept for their clients of the same name. */
  cut(names: readonly string[]): Promise<void>
}

/** `address`: `http(s)://name:secret@host:15672` of a user with the tag `administrator`. */
export function rabbitMqApi(address: string): RabbitMqApi {
  const { origin, username, password } = new URL(address)
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  async function ask(path: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<Response> {
    const answer = await fetch(new URL(path, origin), {
      method,
      headers: { authorization: `Basic ${secret}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const isGone = method === 'DELETE' && answer.status === 404
    if (!answer.ok && !isGone) throw new Error(`RabbitMQ answers ${answer.status} to ${method} ${path}`)
    return answer
  }
  async function cut(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await ask(`/api/connections/username/${encodeURIComponent(name)}`, 'DELETE')
      // What it was bound to it would go on hearing, whatever rights it has now.
      for (const qos of [0, 1]) await ask(`/api/queues/%2F/mqtt-subscription-${name}qos${qos}`, 'DELETE')
    }
  }
  return {
    cut,
    async users() {
      const found = (await (await ask('/api/users?columns=name', 'GET')).json()) as { readonly name: string }[]
      return found.map(({ name }) => name)
    },
    async put(definitions) {
      await ask('/api/definitions', 'POST', definitions)
    },
    async remove(names) {
      await ask('/api/users/bulk-delete', 'POST', { users: names })
      await cut(names)
    },
  }
}
