import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Roles, Who, type Caller } from '../auth/roles.js';
import { OwnRecord } from '../citizen/own-record.js';
import { maxCodeLength } from '../events.js';
import { Documented } from '../http/openapi.js';
import { ZodBody } from '../http/zod.js';
import { Scope } from '../people/scope.js';
import { Certificates, type Linked, type Shown } from './certificates.service.js';

const shown = z.strictObject({ code: z.string().min(1).max(maxCodeLength) });
type Body = z.output<typeof shown>;

/** EU certificates: shown first, linked once somebody says whose they are. */
@Controller()
export class CertificatesController {
  constructor(
    private readonly certificates: Certificates,
    private readonly own: OwnRecord,
    private readonly scope: Scope,
  ) {}

  @Post('me/certificates/preview')
  @HttpCode(200)
  @Roles('citizen')
  @Documented({ summary: 'Check a certificate and compare its holder with oneself; nothing is kept', body: shown })
  async previewOwn(@Who() caller: Caller, @ZodBody(shown) { code }: Body): Promise<Shown> {
    return this.certificates.show(await this.own.find(caller), code);
  }

  @Post('me/certificates')
  @Roles('citizen')
  @Documented({ summary: 'Take a certificate of one’s own name and birth date as evidence', body: shown })
  async linkOwn(@Who() caller: Caller, @ZodBody(shown) { code }: Body): Promise<Linked> {
    return this.certificates.link(await this.own.find(caller), code, { by: caller, isOwn: true });
  }

  @Post('people/:id/certificates/preview')
  @HttpCode(200)
  @Roles('tracer', 'head', 'admin')
  @Documented({ summary: 'Check a certificate and compare its holder with a person; nothing is kept', body: shown })
  async preview(@Who() caller: Caller, @Param('id') id: string, @ZodBody(shown) { code }: Body): Promise<Shown> {
    const person = await this.scope.get(caller, id);
    return this.certificates.show(person.id, code);
  }

  @Post('people/:id/certificates')
  @Roles('tracer', 'head', 'admin')
  @Documented({ summary: 'Take a certificate as evidence of the person who shows it', body: shown })
  async link(@Who() caller: Caller, @Param('id') id: string, @ZodBody(shown) { code }: Body): Promise<Linked> {
    const person = await this.scope.get(caller, id);
    return this.certificates.link(person.id, code, { by: caller, isOwn: false });
  }
}
