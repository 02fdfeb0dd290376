// Smooths the reading of a plan; everything here also goes by links and buttons.
// j and k walk the items, Enter says "right"; hover and focus light the words an item was read from.
const root = document.querySelector('[data-walk]')
const items = [...document.querySelectorAll('.item')]
let at = items.findIndex((item) => `#${item.id}` === location.hash)

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) return
  if (event.key === 'j' || event.key === 'k') {
    at = Math.min(items.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1)))
    items[at]?.focus({ preventScroll: true })
    items[at]?.scrollIntoView({ block: 'nearest' })
  }
  if (event.key === 'Enter' && event.target.matches('.item')) event.target.querySelector('[data-right]')?.click()
})

for (const item of items) {
  const id = item.id.slice('item-'.length)
  const words = root?.querySelectorAll(`[data-items~="${id}"]`) ?? []
  const light = (on, follow = false) => {
    for (const word of words) word.classList.toggle('lit', on)
    if (follow) words[0]?.scrollIntoView({ block: 'nearest' })
  }
  item.addEventListener('mouseenter', () => light(true))
  item.addEventListener('mouseleave', () => light(false))
  item.addEventListener('focusin', () => light(true, true))
  item.addEventListener('focusout', () => light(false))
}

for (const word of root?.querySelectorAll('mark[data-items]') ?? []) {
  const item = document.getElementById(`item-${word.dataset.items.split(' ')[0]}`)
  word.addEventListener('mouseenter', () => item?.classList.add('lit'))
  word.addEventListener('mouseleave', () => item?.classList.remove('lit'))
}
