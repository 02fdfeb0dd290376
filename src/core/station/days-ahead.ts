let days = 7

/** Says of how many days ahead devices are told, loudspeakers and boards; 7 unless said. */
export function tellDevicesAhead(given: number): void {
  days = given
}

/** Of so many days ahead devices hold what they are to play and show, for when their network is gone. */
export function daysAhead(): number {
  return days
}

/** So many days what they were told holds: a day more, for it is said anew as its days move on. */
export function daysHeld(): number {
  return days + 1
}
