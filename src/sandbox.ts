/** The name of the one object that plays all carriers. */
export const SANDBOX_CARRIER_NAME = 'carrier'
