import { Module } from '@nestjs/common';
import { DemoController } from './demo.controller.js';

/** What only a demo answers to. */
@Module({ controllers: [DemoController] })
export class DemoModule {}
