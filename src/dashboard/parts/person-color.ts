/** Told apart by day and by night, beneath text in the page's own colour (at least 6:1) and with an edge that stands out. */
export interface PersonColor {
  fill: string
  edge: string
}

/**
 * The colour of each person of a schedule, by the position among its people: it stays the same whatever days are shown.
 * Somebody else, such as a stand-in from another team, has one by their id.
 */
export function personColors(people: number[]): (user: number) => PersonColor {
  const positions = new Map(people.map((user, position) => [user, position]))
  return (user) => COLORS[(positions.get(user) ?? people.length + user) % COLORS.length] as PersonColor
}

/** No red, which is for gaps. Neighbours differ in hue and in lightness. */
const COLORS: PersonColor[] = [
  ['#b8dfff', '#1a3f63', '#1f6cb0', '#73b6fa'],
  ['#f0d8a6', '#4f3900', '#8b6100', '#d4ab4f'],
  ['#e9cffe', '#49315a', '#8050a0', '#c89bea'],
  ['#b0eacf', '#014933', '#007f56', '#5bc99e'],
  ['#75d4eb', '#005e70', '#007a97', '#3bc4e0'],
  ['#b6cf8b', '#485a21', '#587502', '#a0be66'],
  ['#eeacd8', '#713f61', '#984780', '#e492c9'],
  ['#f1b783', '#73471a', '#9c5400', '#e79f5c'],
  ['#a4eae5', '#004946', '#007f79', '#35c9c2'],
  ['#b8beff', '#4a4c80', '#5c5db1', '#a2a8fc'],
].map(([light, dark, edgeByDay, edgeByNight]) => ({
  fill: `light-dark(${light}, ${dark})`,
  edge: `light-dark(${edgeByDay}, ${edgeByNight})`,
}))
