import { Controller, Delete, Get, HttpCode, Ip, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { normalisePhone } from '../domain/identity/phone.js';
import { Documented } from '../http/openapi.js';
import { Problem } from '../http/problem.js';
import { ZodBody } from '../http/zod.js';
import { Accounts } from './accounts.service.js';
import { roles, type Caller } from './caller.js';
import { Otp } from './otp.js';
import { Public, Roles, Who } from './roles.js';
import { Session, type LoggedIn } from './session.js';
import { Tries } from './tries.js';

/** How long people stay logged in: a working day for staff, a month for a phone (assumptions). */
const staffSeconds = 12 * 3_600;
const phoneSeconds = 30 * 86_400;

/** A phone number in any of the forms people write it in; `+84…` when read. */
export const phone = z
  .string()
  .max(40)
  .transform((text, context) => normalisePhone(text) ?? (context.addIssue('a phone number'), z.NEVER));
const login = z.strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) });
const otp = z.strictObject({ phone });
export const otpVerify = z.strictObject({ phone, code: z.string().regex(/^\d{6}$/, 'six digits') });
const newUser = z.strictObject({
  username: z.string().regex(/^[\p{L}\p{N}._-]{1,100}$/u, 'letters, digits, dots, dashes'),
  roles: z.array(z.enum(roles)).min(1),
  unit: z.string().min(1).max(64).optional(),
});

/** Logging in: staff by name and password, citizens and owners by phone (API.md). */
@Controller('auth')
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly otps: Otp,
    private readonly tries: Tries,
    private readonly session: Session,
  ) {}

  @Public()
  @Post('login')
  @HttpCode(200)
  @Documented({ summary: 'Staff log in', body: login })
  async login(
    @ZodBody(login) { username, password }: z.output<typeof login>,
    @Ip() address: string,
  ): Promise<LoggedIn> {
    // The address first: one that has to wait must not cost the accounts it names their tries.
    const caller = await this.tries.guess(
      [
        ['login-address', address],
        ['login-account', username],
      ],
      () => this.accounts.byPassword(username, password),
    );
    if (!caller) throw new Problem(401, 'wrong-login', 'Name or password are wrong.');
    await this.tries.forget('login-account', username);
    return this.session.open(caller, staffSeconds);
  }

  @Public()
  @Post('otp')
  @HttpCode(202)
  @Documented({ summary: 'Send a one-time code to a phone', body: otp })
  async otp(@ZodBody(otp) body: z.output<typeof otp>, @Ip() address: string): Promise<void> {
    await this.otps.send(body.phone, address);
  }

  @Public()
  @Post('otp/verify')
  @HttpCode(200)
  @Documented({ summary: 'Log in with a one-time code', body: otpVerify })
  async verify(@ZodBody(otpVerify) body: z.output<typeof otpVerify>): Promise<LoggedIn> {
    const fits = await this.otps.verify(body.phone, body.code);
    const caller = fits ? await this.accounts.byPhone(body.phone) : undefined;
    if (!caller) throw new Problem(401, 'wrong-code', 'The code is wrong or too old.');
    return this.session.open(caller, phoneSeconds);
  }

  @Roles('citizen', 'owner', 'tracer', 'head', 'admin', 'auditor', 'gate', 'checkpoint')
  @Get('me')
  @Documented({ summary: 'Who a token stands for' })
  me(@Who() { id, kind, roles: mine, unit, venue }: Caller) {
    return { id, kind, roles: mine, unit, venue };
  }
}

/** Accounts of staff, made by administrators. */
@Controller('users')
export class UsersController {
  constructor(private readonly accounts: Accounts) {}

  @Roles('admin')
  @Post()
  @Documented({ summary: 'Make a staff account; the password is shown once', body: newUser })
  async create(@ZodBody(newUser) user: z.output<typeof newUser>) {
    const made = await this.accounts.create({ ...user, unit: user.unit });
    if (!made) throw new Problem(409, 'username-taken', 'There is an account of this name already.');
    return { ...made, username: user.username, roles: user.roles, unit: user.unit };
  }

  @Roles('admin')
  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'Disable an account; its tokens die within ten seconds' })
  async disable(@Param('id') id: string): Promise<void> {
    if (!(await this.accounts.disable(id))) throw new Problem(404, 'user-unknown', 'There is no such account.');
  }
}
