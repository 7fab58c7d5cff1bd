/** People in the order of their turns, and who shall have the present one; the wish goes with the person it names. */
export interface TurnOrder {
  users: number[]
  /** An index into users; null: whoever it falls to. */
  wishedTurn: number | null
}

export function added({ users, wishedTurn }: TurnOrder, user: number): TurnOrder {
  return { users: [...users, user], wishedTurn }
}

export function removed({ users, wishedTurn }: TurnOrder, index: number): TurnOrder {
  const left = users.filter((_, at) => at !== index)
  if (wishedTurn === null || wishedTurn === index) return { users: left, wishedTurn: null }
  return { users: left, wishedTurn: wishedTurn > index ? wishedTurn - 1 : wishedTurn }
}

/** The two change places. */
export function swapped({ users, wishedTurn }: TurnOrder, index: number, other: number): TurnOrder {
  const at = (place: number) => (place === index ? other : place === other ? index : place)
  return {
    users: users.map((_, place) => users[at(place)] as number),
    wishedTurn: wishedTurn === null ? null : at(wishedTurn),
  }
}
