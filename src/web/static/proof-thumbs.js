// A small picture of each photograph that was taken, with a button to leave it out.

/** Adds one to the list; drawn, so that no address of it is needed. */
export async function addThumb(list, file, content, remove) {
  const line = document.createElement('li')
  const canvas = document.createElement('canvas')
  canvas.width = 120
  canvas.height = 90
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', file.fileName)
  try {
    const picture = await createImageBitmap(new Blob([content]))
    const scale = Math.max(120 / picture.width, 90 / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    canvas.getContext('2d').drawImage(picture, (120 - width) / 2, (90 - height) / 2, width, height)
    picture.close()
  } catch {
    // What cannot be drawn here is looked at by the office.
  }
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-quiet'
  button.textContent = list.dataset.remove
  button.setAttribute('aria-label', `${list.dataset.remove}: ${file.fileName}`)
  button.addEventListener('click', () => {
    line.remove()
    remove()
  })
  line.append(canvas, button)
  list.append(line)
}
