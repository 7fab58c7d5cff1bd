import { useMutation, useQueryClient } from '@tanstack/react-query'
import { replyTo, type SandboxReply } from '../../data/sandbox.ts'
import { announce } from '../../parts/announce.tsx'

/** Answers a message as its user would. What they are told comes back as a message too. */
export function useAnswer(messageId: string | undefined) {
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation({
    mutationFn: async (reply: SandboxReply) => messageId && replyTo(messageId, reply),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sandbox'] }),
    onError: (error) => announce(error.message),
  })
  return { answer: mutate, answering: isPending }
}
