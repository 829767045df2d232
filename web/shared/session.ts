/** Who is logged in on this device by phone: the token, and until when it is good. */
export interface Session {
  token: string;
  expiresAt: string;
}

const storedAs = 'vetxanh.session';

/** The session of this device; undefined when there is none, or it is over. */
export function readSession(): Session | undefined {
  try {
    const session = JSON.parse(localStorage.getItem(storedAs) ?? 'null') as Session | null;
    return session && Date.parse(session.expiresAt) > Date.now() ? session : undefined;
  } catch {
    return undefined;
  }
}

export const keepSession = (session: Session): void => localStorage.setItem(storedAs, JSON.stringify(session));
export const endSession = (): void => localStorage.removeItem(storedAs);
