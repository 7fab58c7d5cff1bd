import type { SVGProps } from 'react'

/** Drawn here rather than taken from a package: these few are all that is used. Decorative, for there is always a word. */
const stroke = (path: string) => (props: SVGProps<SVGSVGElement>) => (
  <svg
    viewBox="0 0 24 24"
    width="1.15em"
    height="1.15em"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.9}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
    {...props}
  >
    <path d={path} />
  </svg>
)

export const BellIcon = stroke('M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4')
export const RingingIcon = stroke(
  'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4M2.5 8a8 8 0 0 1 3-5M21.5 8a8 8 0 0 0-3-5',
)
export const HandIcon = stroke('M5 12.5l4 4 10-10')
export const DoneIcon = stroke('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8 5.2-5.6')
export const UpIcon = stroke('M12 19V5M6 11l6-6 6 6')
export const DownIcon = stroke('M12 5v14M6 13l6 6 6-6')
export const ChevronIcon = stroke('M6 9.5l6 6 6-6')
export const MoreIcon = stroke('M5 12v.01M12 12v.01M19 12v.01')
export const PlusIcon = stroke('M12 5v14M5 12h14')
export const TrashIcon = stroke('M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5')
export const PencilIcon = stroke('M4 20l1-4L16 5l3 3L8 19zM14 7l3 3')
export const CopyIcon = stroke('M9 9h11v11H9zM5 15H4V4h11v1')
export const MenuIcon = stroke('M4 7h16M4 12h16M4 17h16')
export const CloseIcon = stroke('M6 6l12 12M18 6L6 18')
export const PhoneIcon = stroke(
  'M5 4h4l1.5 5-2.5 1.5a12 12 0 0 0 5.5 5.5l1.5-2.5 5 1.5v4c0 .6-.4 1-1 1A16 16 0 0 1 4 5c0-.6.4-1 1-1z',
)
export const MailIcon = stroke('M3.5 6h17v12h-17zM4 7l8 6 8-6')
export const SmsIcon = stroke('M4 5h16v11h-9l-4 4v-4H4z')
export const PushIcon = stroke('M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2')
export const PlugIcon = stroke('M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4')
export const LevelsIcon = stroke('M4 19h5v-5h5V9h6M16 5l4 4-4 4')
export const PeopleIcon = stroke(
  'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5A6.5 6.5 0 0 1 21.5 20',
)
export const WarningIcon = stroke('M12 4l9 16H3zM12 10v4.5M12 17.3v.2')
export const SettingsIcon = stroke('M4 8h9M17 8h3M4 16h3M11 16h9M15 5.5v5M9 13.5v5')
export const LinkIcon = stroke('M14 5h5v5M19 5l-8 8M17 14v5H5V7h5')
export const CalendarIcon = stroke('M4 6h16v14H4zM4 10.5h16M8.5 3v5M15.5 3v5')
export const WrenchIcon = stroke(
  'M15.5 4.5a4.5 4.5 0 0 0-5.7 5.9L4 16.2V20h3.8l5.8-5.8a4.5 4.5 0 0 0 5.9-5.7L16.5 11.5 13 11l-.5-3.5z',
)
export const OnCallIcon = stroke('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.3l3.5 2')
