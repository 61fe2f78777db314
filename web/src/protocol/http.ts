// Requests to the server that the page came from. Errors are RFC 9457 problems.

import type { ProblemError } from './types';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: ProblemError[],
    readonly detailZh = '',
  ) {
    super(detail || title);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as {
      title?: string;
      detail?: string;
      detail_zh?: string;
      errors?: ProblemError[];
    };
    return new Problem(
      response.status,
      body.title ?? '',
      body.detail ?? '',
      body.errors ?? [],
      body.detail_zh ?? '',
    );
  } catch {
    return new Problem(response.status, response.statusText, '', []);
  }
}

export class Http {
  constructor(
    private readonly token: string,
    private readonly onUnauthorised: () => void,
  ) {}

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (this.token) headers['Authorization'] = `Bearer ${this.token}`;
    const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit' };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, init);
    } catch {
      throw new Problem(0, 'unreachable', '', []);
    }
    if (response.status === 401) this.onUnauthorised();
    if (!response.ok) throw await problemOf(response);
    if (response.status === 204) return undefined as T;
    return (await response.json()) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('POST', path, body);
  }
}
