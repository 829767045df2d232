/** Errors by which the drivers say that their server cannot be reached or cannot write now. */
const redisAway =
  /Stream isn't writeable|Connection is closed|Command timed out|max retries per request|MISCONF|OOM command|LOADING|READONLY|CLUSTERDOWN/i;
const neo4jAway = /ServiceUnavailable|SessionExpired|DatabaseUnavailable|TransactionTerminated|ForsetiClient/;

/** Which service an error says is away; undefined when it says something else. */
export function awayService(error: unknown): 'redis' | 'neo4j' | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = String((error as { code?: unknown }).code ?? '');
  if (neo4jAway.test(code) || /Connection acquisition timed out|Pool is closed|no answer within/.test(error.message))
    return 'neo4j';
  if (redisAway.test(error.message) || /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code)) return 'redis';
  return undefined;
}
