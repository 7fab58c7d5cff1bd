import type { Schedule } from '../../../api/schemas/schedule.ts'
import { ScheduleFeeds } from '../../parts/CalendarFeeds.tsx'
import { Dialog } from '../../parts/Dialog.tsx'

export function FeedsDialog({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  return (
    <Dialog title={`${schedule.name} in your calendar`} onClose={onClose}>
      <ScheduleFeeds scheduleId={schedule.id} />
    </Dialog>
  )
}
