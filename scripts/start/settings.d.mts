export interface Settings {
  PORT: string;
  HOST: string;
  DATA_DIR: string;
  REDIS_URL?: string;
  NEO4J_URI?: string;
  NEO4J_USER?: string;
  NEO4J_PASSWORD?: string;
}

export function checkSettings(given: Record<string, string | undefined>, root: string): Settings;
