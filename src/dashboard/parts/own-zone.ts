/**
 * Of the device that the dashboard is looked at with: in it times are shown to whoever looks. The zone of their profile is for
 * messages, which are read elsewhere.
 */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
