import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../http/problem.js';
import { Accounts } from './accounts.service.js';
import { ROLES, type Authenticated, type Role } from './roles.js';
import { Tokens } from './tokens.js';

/** Stands before every route: a route without a role is open to nobody. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly accounts: Accounts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const wanted = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (wanted?.length === 0) return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    const caller = await this.tokens.verify(bearer(request.headers.authorization));
    if (!caller || !(await this.accounts.isAlive(caller))) {
      throw new Problem(401, 'unauthorized', 'A valid token is needed: Authorization: Bearer <token>.');
    }
    if (!wanted?.some((role) => caller.roles.includes(role))) {
      throw new Problem(403, 'forbidden', 'Your role does not allow this.');
    }
    request.caller = caller;
    return true;
  }
}

const bearer = (header = ''): string => /^Bearer (\S+)$/i.exec(header)?.[1] ?? '';
