/** What was asked for was refused, failed, or came out different: exit code 1, its message is the whole explanation. */
export class Refused extends Error {}

/** The command was not written as it must be: exit code 2. */
export class WrongUse extends Error {}
