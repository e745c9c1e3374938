/** True for the host of a URL that leads to this machine and nowhere else. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** True for an http or https URL of this machine: an origin, without a path, a name or a password. */
export function isLoopbackOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isLoopback(url.hostname)) return false;
  return (url.protocol === 'http:' || url.protocol === 'https:') && `${url.origin}/` === url.href;
}
