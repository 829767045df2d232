/** Who is logged in: the token, and until when it is good. */
export interface Session {
  token: string;
  expiresAt: string;
}

/** Where sessions are kept. */
export interface Sessions<S extends Session> {
  /** Undefined when there is none, or it is over. */
  read: () => S | undefined;
  keep: (session: S) => void;
  end: () => void;
}

/** Staff and people with a phone do not share a place. */
export const sessionsIn = <S extends Session>(store: () => Storage, name: string): Sessions<S> => ({
  read() {
    try {
      const session = JSON.parse(store().getItem(name) ?? 'null') as S | null;
      return session && Date.parse(session.expiresAt) > Date.now() ? session : undefined;
    } catch {
      return undefined;
    }
  },
  keep: (session) => store().setItem(name, JSON.stringify(session)),
  end: () => store().removeItem(name),
});

/** The session of this device by phone. */
export const phoneSession = sessionsIn<Session>(() => localStorage, 'vetxanh.session');
