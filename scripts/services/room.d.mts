export function needRoom(folder: string, disk?: (path: string) => { bavail: number; bsize: number }): void;
