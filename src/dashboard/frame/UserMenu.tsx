import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type CurrentUser, signOut } from '../data/session.ts'
import { fullName } from '../data/users.ts'
import { ChevronIcon, HandIcon } from '../parts/icons.tsx'
import classes from './UserMenu.module.css'

const SCHEMES = { auto: 'As the system', light: 'Light', dark: 'Dark' } as const

export function UserMenu({ user }: { user: CurrentUser }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: {} })
      queryClient.clear()
    },
    onError: (error) => notifications.show({ message: error.message }),
  })

  return (
    <Menu position="top-start" width={208}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <span className={classes.name}>
            <span>
              <span className="sr-only">Account of </span>
              {fullName(user)}
            </span>
            <span className={classes.email}>{user.email}</span>
          </span>
          <ChevronIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item renderRoot={(props) => <Link to="/profile" {...props} />}>Your profile</Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            rightSection={colorScheme === scheme && <HandIcon />}
            onClick={() => setColorScheme(scheme)}
          >
            {SCHEMES[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
