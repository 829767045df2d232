/** One server of a pair; `kill` is `kill -9`, and starting the pair again brings it back. */
export interface Server {
  pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface Pair {
  env: { REDIS_URL: string; NEO4J_URI: string; NEO4J_USER: string; NEO4J_PASSWORD: string };
  /** Undefined when the environment named a server of one's own. */
  redis?: Server;
  neo4j?: Server;
  stop(): Promise<void>;
}

export function startPair(dir: string, given?: { REDIS_URL?: string; NEO4J_URI?: string }): Promise<Pair>;
export function stopPair(dir: string): Promise<void>;
