/** MLflow's client, as far as it is needed here. */
export class MLflow {
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/api/2.0/mlflow`;
  }

  async experiment(name: string): Promise<string> {
    const made = await post<{ experiment_id: string }>(`${this.#url}/experiments/create`, { name });
    return made.experiment_id;
  }

  async run(experiment: string, name: string, begin: number): Promise<string> {
    const body = { experiment_id: experiment, run_name: name, start_time: begin, user_id: "ada" };
    const made = await post<{ run: { info: { run_id: string } } }>(`${this.#url}/runs/create`, body);
    return made.run.info.run_id;
  }

  log(
    run: string,
    what: { params?: Record<string, string>; metrics?: Record<string, number>; tags?: Record<string, string> },
    step = 0,
  ): Promise<unknown> {
    const pairs = (values: Record<string, string> = {}) => Object.entries(values).map(([key, value]) => ({ key, value }));
    return post(`${this.#url}/runs/log-batch`, {
      run_id: run,
      params: pairs(what.params),
      tags: pairs(what.tags),
      metrics: Object.entries(what.metrics ?? {}).map(([key, value]) => ({ key, value, timestamp: Date.now(), step })),
    });
  }

  async curve(run: string, key: string, steps: number, begin: number, of: (step: number) => number): Promise<void> {
    const points = Array.from({ length: steps }, (_, step) => ({ key, value: of(step), step, timestamp: begin + step * 150 }));
    for (let from = 0; from < steps; from += 1000) {
      await post(`${this.#url}/runs/log-batch`, { run_id: run, metrics: points.slice(from, from + 1000) });
    }
  }

  end(run: string, status: string, at: number): Promise<unknown> {
    return post(`${this.#url}/runs/update`, { run_id: run, status, end_time: at });
  }

  async file(experiment: string, run: string, path: string, text: string, type: string): Promise<void> {
    const url = `${this.#url}-artifacts/artifacts/${experiment}/${run}/artifacts/${path}`;
    const answer = await fetch(url, { method: "PUT", body: text, headers: { "content-type": type } });
    if (!answer.ok) {
      throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    }
  }
}

export async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }

  return (await answer.json()) as T;
}
