import { randomUUID } from 'node:crypto';

/** Lists in each other: whatever calls itself on each level breaks on enough of them. */
export const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** Routes that take a JSON body, each with the fields that it knows. */
export async function routesWithBody({ url, routes }: Asked): Promise<{ route: string; fields: string[] }[]> {
  const { paths } = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: BodySchema }> } }>>;
  };
  return routes.flatMap((route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody;
    const schema = body?.content['application/json']?.schema;
    return schema ? [{ route, fields: fieldsOf(schema) }] : [];
  });
}

/** An API and its routes, such as `POST /api/v1/cases`. */
interface Asked {
  url: string;
  routes: string[];
}

interface BodySchema {
  properties?: Record<string, unknown>;
  oneOf?: BodySchema[];
  anyOf?: BodySchema[];
}

const fieldsOf = ({ properties = {}, oneOf = [], anyOf = [] }: BodySchema): string[] => [
  ...new Set([...Object.keys(properties), ...[...oneOf, ...anyOf].flatMap(fieldsOf)]),
];

/** What a route answers to a text as its body, with an `Idempotency-Key` if `once`: `status where: expected, got|…`. */
export async function answerTo(
  route: string,
  { url, body, token, once }: { url: string; body: string; token: string; once: boolean },
): Promise<string> {
  const [method = '', path = ''] = route.split(' ');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', purpose: 'care' };
  const response = await fetch(url + path.replace(/:\w+/g, 'no-such-thing'), {
    method,
    headers: { ...headers, ...(once && { 'idempotency-key': randomUUID() }) },
    body,
  });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text || '{}') as { errors?: { path: string; expected: string; got: string }[] };
  return `${response.status} ${errors.map(({ path: where, expected, got }) => `${where}: ${expected}, ${got}`).join('|')}`;
}
