/** The text of an EU Digital COVID Certificate (SPEC 2.5); `certificate/read.ts` takes it apart. */
export interface CertificateCode {
  kind: 'certificate';
  /** With its prefix, `HC1:`. */
  text: string;
}

export const certificatePrefix = 'HC1:';

/** The letters of Base45 (RFC 9285), in their order. */
export const base45Letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** A prefix of the same form in front of a long text, or a long text of such letters without one (assumption: 80). */
const lookAlike = /^([A-Z]{2}\d:.{80}|[0-9A-Z $%*+\-./:]{80})/s;

export const isCertificate = (text: string): boolean => text.startsWith(certificatePrefix);

/** Whether a text is what a certificate looks like whose prefix is missing or another's. */
export const isLikeCertificate = (text: string): boolean => lookAlike.test(text);
