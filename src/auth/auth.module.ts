import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Accounts } from './accounts.service.js';
import { AuthController, UsersController } from './auth.controller.js';
import { RolesGuard } from './guard.js';
import { Otp } from './otp.js';
import { Session } from './session.js';
import { Tokens } from './tokens.js';
import { Tries } from './tries.js';

/** Who may come in, and as whom. */
@Global()
@Module({
  controllers: [AuthController, UsersController],
  providers: [Accounts, Otp, Session, Tokens, Tries, { provide: APP_GUARD, useClass: RolesGuard }],
  exports: [Accounts, Otp, Session, Tokens],
})
export class AuthModule {}
