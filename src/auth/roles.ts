import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Caller, Role } from './caller.js';

export type { Caller, Role } from './caller.js';

/** Metadata key of the roles a route asks for; the empty list means that everybody may. */
export const ROLES = 'roles';

/** Who may call a route: one of these roles is enough. */
export const Roles = (first: Role, ...more: Role[]) => SetMetadata(ROLES, [first, ...more]);

/** A route that asks for no token. */
export const Public = () => SetMetadata(ROLES, []);

/** A request after the guard: it knows its caller. */
export type Authenticated = Request & { caller: Caller };

/** The caller of a route. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return context.switchToHttp().getRequest<Authenticated>().caller;
});
