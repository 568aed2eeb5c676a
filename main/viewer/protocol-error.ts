/** The page broke the protocol: its host closes the connection. */
export class ProtocolError extends Error {}
