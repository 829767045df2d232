/** The oldest Node that can load what the product is made of (DESIGN section 6). */
const oldest = [20, 19];

/** Why a version of Node cannot be used, in one line with a way on; undefined when it can. */
export function nodeFault(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
  return `VetXanh needs Node ${oldest.join('.')} or newer, this is ${version}: install one from https://nodejs.org, or put REDIS_PASSWORD=… and NEO4J_PASSWORD=… into .env and run \`docker compose up\`.`;
}
