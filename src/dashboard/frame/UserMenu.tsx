import { SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CurrentUser, signOut } from '../data/session.ts'
import { fullName } from '../data/users.ts'
import { announce } from '../parts/announce.tsx'
import { ChevronIcon } from '../parts/icons.tsx'
import classes from './UserMenu.module.css'

/** One's own things, behind one's name. */
export function UserMenu({ user }: { user: CurrentUser }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState(false)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} })
      queryClient.clear()
    },
    onError: (error) => announce(error.message),
  })

  return (
    <section className={classes.menu} aria-label="Account">
      {open && (
        <div id="account" className={classes.items}>
          <Link to="/profile" className={classes.item}>
            Your profile
          </Link>
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="Appearance"
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme === 'light' || scheme === 'dark' ? scheme : 'auto')}
            data={[
              { value: 'auto', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
          <UnstyledButton className={classes.item} onClick={() => leave.mutate()}>
            Sign out
          </UnstyledButton>
        </div>
      )}
      <UnstyledButton
        className={classes.user}
        aria-expanded={open}
        aria-controls={open ? 'account' : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.name}>
          <span>
            <span className="sr-only">Account of </span>
            {fullName(user)}
          </span>
          <span className={classes.email}>{user.organisation ?? user.email}</span>
        </span>
        <ChevronIcon className={classes.chevron} />
      </UnstyledButton>
    </section>
  )
}
