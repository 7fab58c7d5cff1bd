import type { Invitation } from '../../data/users.ts'
import { CopyField } from '../../parts/CopyField.tsx'
import { ExactTime } from '../../parts/time.tsx'

export function InvitationLink({ name, invitation }: { name: string; invitation: Invitation }) {
  return (
    <div role="status">
      <p>
        Send {name} this link: it lets them choose a password. It works once, until{' '}
        <ExactTime instant={invitation.expiresAt} />, and is shown only now.
      </p>
      <CopyField label="Link" value={invitation.url} />
    </div>
  )
}
