export function needRoom(folder: string, disk?: (path: string) => { bavail: number; bsize: number }): void;
export function needRoomForFirst(
  dir: string,
  given?: { REDIS_URL?: string; NEO4J_URI?: string },
  disk?: (path: string) => { bavail: number; bsize: number },
): void;
