// Draws what lies on this device: each activity with its state in words, and what can be done about it.
import { allItems, isUnsent } from './proof-queue.js'

const TONES = { waiting: 'waiting', sending: 'waiting', sent: 'done', refused: 'problem', signed_out: 'problem' }

/** Shows the queue of one person; of others on the same device only how many there are. */
export async function showQueue(section, personId, { edit, drop, retry }) {
  const items = await allItems()
  const own = items.filter((item) => item.personId === personId && item.state !== 'draft').reverse()
  const others = items.filter((item) => item.personId !== personId && isUnsent(item)).length
  section.hidden = own.length === 0 && others === 0
  section
    .querySelector('[data-queue-list]')
    .replaceChildren(...own.map((item) => line(section.dataset, item, { edit, drop, retry })))
  const note = section.querySelector('[data-queue-others]')
  note.hidden = others === 0
  note.textContent = section.dataset.others.replace('#', String(others))
}

function line(words, item, { edit, drop, retry }) {
  const stateWords = JSON.parse(words.words)
  const entry = element('li', { className: 'queue-item' })
  entry.dataset.activity = item.id
  entry.dataset.state = item.state
  const title = element('strong', { textContent: item.title })
  const state = element('span', { className: 'state', textContent: stateWords[item.state] ?? item.state })
  state.dataset.tone = TONES[item.state] ?? 'plain'
  entry.append(title, ' ', state)
  if (item.files.length > 0) {
    const sent = item.files.filter(({ done }) => done).length
    const files = words.files.replace('#', String(sent)).replace('##', '').replace('%', String(item.files.length))
    entry.append(element('span', { className: 'small quiet', textContent: files }))
  }
  if (item.problem) entry.append(element('p', { className: 'error', textContent: item.problem }))
  if (item.path) entry.append(element('a', { href: item.path, textContent: words.open }))
  if (item.state === 'refused') {
    entry.append(
      button(words.edit, () => edit(item.id)),
      button(words.drop, () => drop(item.id)),
    )
  }
  if (item.state === 'signed_out')
    entry.append(
      element('a', {
        href: `/sign-in?to=${encodeURIComponent(location.pathname)}`,
        textContent: stateWords.signed_out,
      }),
    )
  if (item.state === 'waiting') entry.append(button(stateWords.waiting, retry, true))
  return entry
}

function button(words, act, quiet = false) {
  const made = element('button', { type: 'button', className: 'btn btn-quiet', textContent: words })
  made.hidden = quiet
  made.addEventListener('click', act)
  return made
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties)
}
