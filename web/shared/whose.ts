/** Whose session it is: the subject of its token, or the token where that cannot be read. */
export function whose({ token }: { token: string }): string {
  try {
    const claims = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(claims)) as { sub?: string }).sub ?? token;
  } catch {
    return token;
  }
}
