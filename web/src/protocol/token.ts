// The token comes in the address behind "#token=", which no server and no log sees; it is kept for
// this tab only, and the address is cleaned at once.

const kKey = 'callmill.token';

interface Place {
  hash: string;
  pathname: string;
  search: string;
}

export function takeToken(place: Place, store: Storage, clean: (url: string) => void): string {
  const found = /(?:^#|&)token=([^&]*)/.exec(place.hash);
  if (found?.[1]) {
    let token = found[1];
    try {
      token = decodeURIComponent(token);
    } catch {
      // not percent-encoded: taken as it is
    }
    store.setItem(kKey, token);
    clean(place.pathname + place.search);
  }
  return store.getItem(kKey) ?? '';
}
