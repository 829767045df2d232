import { applyDecorators, type INestApplication } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/** What the documentation tells of a route: the same schema that checks the request describes it. */
export function Documented(of: {
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  consumes?: string;
}): MethodDecorator {
  const decorators: MethodDecorator[] = [ApiOperation({ summary: of.summary })];
  if (of.body) decorators.push(ApiBody({ schema: schemaOf(of.body) as never }));
  for (const [name, field] of Object.entries(of.query?.shape ?? {})) {
    const required = !(field as z.ZodType).safeParse(undefined).success;
    decorators.push(ApiQuery({ name, required, schema: schemaOf(field as z.ZodType) as never }));
  }
  return applyDecorators(...decorators);
}

function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

/** The description of the whole HTTP interface, OpenAPI 3.1. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('VetXanh')
    .setDescription(
      'Contact tracing and exposure risk with live venue check-in. Errors are application/problem+json (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the description at `/api/v1/openapi.json` and a readable form of it at `/docs`. */
export function serveDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    customSiteTitle: 'VetXanh API',
  });
}
